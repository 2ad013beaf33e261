"""What every group of operations shares: the HTTP client, Streak's error body and its list envelopes."""

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from itertools import islice
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
PAGE = 100
PAGES = 1000
BATCH = 100
_NOT_OFFERED = (404, 405)
T = TypeVar("T")
W = TypeVar("W", bound=Wire)


class _NotOffered(Exception):
    """A list that Streak does not have."""


class Api:
    """`http` has the base URL up to and including `/api`; the paths begin with the version."""

    def __init__(self, http: HttpClient, clock: Clock | None = None) -> None:
        self.http = http
        self._clock = clock or Clock()

    def _all(self, path: str, wire: type[W]) -> tuple[W, ...]:
        """A whole list that is paged by number. Raises `Transient` rather than answer a part of it."""

        def fetch(number: int) -> Page[W]:
            params = {"page": number, "limit": PAGE}
            return self.http.read("GET", path, params=params, decode=page_of(wire, PAGE), explain=explain)

        return every(fetch)

    def _all_where_offered(self, path: str, wire: type[W]) -> tuple[W, ...] | None:
        """As `_all`; None where Streak does not have this list."""

        def fetch(number: int) -> Page[W]:
            params = {"page": number, "limit": PAGE}
            page = self._where_offered("GET", path, decode=page_of(wire, PAGE), params=params)
            if page is None:
                raise _NotOffered
            return page

        try:
            return every(fetch)
        except _NotOffered:
            return None

    def _where_offered(
        self, method: str, path: str, *, decode: Callable[[Answer], T], **content: Any
    ) -> T | None:
        """A read by one of the newest operations. None where Streak itself says that there is no such thing: it has
        them only since 2026, and perhaps not for every plan (contract §0, §10.11)."""

        def decode_offered(answer: Answer) -> T | None:
            if answer.status not in _NOT_OFFERED:
                return decode(answer)
            if answer.body is not None and not isinstance(answer.body, dict):
                raise ValueError("an error page of something else")
            return None

        return self.http.read(
            method, path, decode=decode_offered, explain=explain, accept=_NOT_OFFERED, **content
        )


def explain(body: Any) -> Refusal:
    """`{"success": false, "error": text, "errorCode": 801}`, any of them missing (Streak API contract §5)."""
    said = explain_plainly(body)
    code = body.get("errorCode") if isinstance(body, dict) else None
    return Refusal(said.message, code=f"streak_{code}") if code is not None else said


def every(fetch: Callable[[int], Page[T]]) -> tuple[T, ...]:
    """All items of a list that is paged by number from 0. Raises `Transient` rather than answer a part of it."""
    found: list[T] = []
    for number in range(PAGES):
        items, more = fetch(number)
        found += items
        if not more:
            return tuple(found)
    raise Transient(f"{SYSTEM}: a list of more than {PAGES} pages", code="endless_list", system=SYSTEM)


def batches(keys: Collection[str]) -> Iterator[list[str]]:
    """Each key once, so many at a time as one call may ask for."""
    distinct = iter(dict.fromkeys(keys))
    while batch := list(islice(distinct, BATCH)):
        yield batch


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
