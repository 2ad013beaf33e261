"""What every group of operations shares: the HTTP client, Streak's error body and its list envelopes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.streak.models import Page, Slice
from streak_infor_orchestration.streak.vocabulary import SYSTEM
from streak_infor_orchestration.streak.wire import Wire
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.outcomes import Refusal, explain_plainly

METADATA_LIFE = timedelta(minutes=5)
_PAGES = 1000
T = TypeVar("T")
W = TypeVar("W", bound=Wire)


class Api:
    """`http` has the base URL up to and including `/api`; the paths begin with the version."""

    def __init__(self, http: HttpClient, clock: Clock | None = None) -> None:
        self.http = http
        self._clock = clock or Clock()


def explain(body: Any) -> Refusal:
    """`{"success": false, "error": text, "errorCode": 801}`, any of them missing (Streak API contract §5)."""
    said = explain_plainly(body)
    code = body.get("errorCode") if isinstance(body, dict) else None
    return Refusal(said.message, code=f"streak_{code}") if code is not None else said


def every(fetch: Callable[[int], Page[T]]) -> tuple[T, ...]:
    """All items of a list that is paged by number from 0. Raises `Transient` rather than answer a part of it."""
    found: list[T] = []
    for number in range(_PAGES):
        items, more = fetch(number)
        found += items
        if not more:
            return tuple(found)
    raise Transient(f"{SYSTEM}: a list of more than {_PAGES} pages", code="endless_list", system=SYSTEM)


def one(wire: type[W]) -> Callable[[Answer], W]:
    return lambda answer: wire.model_validate(answer.body)


def page_of(wire: type[W], limit: int | None = None) -> Callable[[Answer], Page[W]]:
    """An array or `{"results", "hasNextPage"}`: both exist, also for one address (contract §2.5).

    Without `hasNextPage` a page as long as `limit` is taken to have a successor, which may be empty.
    """

    def decode(answer: Answer) -> Page[W]:
        body = answer.body
        wrapped = isinstance(body, dict)
        found = body["results"] if wrapped else body
        if not isinstance(found, list):
            raise TypeError("a list")
        items = tuple(wire.model_validate(item) for item in found)
        more = body.get("hasNextPage") if wrapped else None
        return Page(items, bool(more) if more is not None else limit is not None and len(items) >= limit)

    return decode


def slice_of(wire: type[W]) -> Callable[[Answer], Slice[W]]:
    """`{"results", "cursor"}`; no cursor at the end (contract §2.5)."""

    def decode(answer: Answer) -> Slice[W]:
        found, cursor = answer.body["results"], answer.body.get("cursor")
        if not isinstance(found, list) or not isinstance(cursor, str | None):
            raise TypeError("a slice")
        return Slice(tuple(wire.model_validate(item) for item in found), cursor or "")

    return decode


def by_key(wire: type[W]) -> Callable[[Answer], dict[str, W]]:
    """An object keyed by key: the batch gets (contract §2.5)."""
    return lambda answer: {key: wire.model_validate(item) for key, item in answer.body.items()}


def success(answer: Answer) -> None:
    """`{"success": true}` (contract §2.4)."""
    if answer.body["success"] is not True:
        raise ValueError("no success")
