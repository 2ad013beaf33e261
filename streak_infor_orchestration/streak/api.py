"""What every group of operations shares: the HTTP client, Streak's error body and its list envelopes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from itertools import chain, islice
from typing import Any, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.streak.models import Page, Slice
from streak_infor_orchestration.streak.vocabulary import SYSTEM
from streak_infor_orchestration.streak.wire import Wire
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.outcomes import Refusal, explain_plainly

METADATA_LIFE = timedelta(seconds=30)
PAGE = 100
PAGES = 10_000
BATCH = 100
_NOT_OFFERED = (404, 405)
T = TypeVar("T")
W = TypeVar("W", bound=Wire)
Read = Callable[[Sequence[Any]], tuple[T, ...]]
"""What becomes of the items of an answer: the records of those that can be read, or of all."""


class _NotOffered(Exception):
    """A list that Streak does not have."""


class Api:
    """`http` has the base URL up to and including `/api`; the paths begin with the version."""

    def __init__(self, http: HttpClient, clock: Clock | None = None) -> None:
        self.http = http
        self._clock = clock or Clock()

    def _readable(self, entity: str, decode: Callable[[Any], T]) -> Read[T]:
        """For lists that are walked: one record that is not as promised is left out, and told."""
        return lambda items: self.http.records.readable(entity, items, decode, key_of)

    def _whole(self, entity: str, decode: Callable[[Any], T]) -> Read[T]:
        """For lists that answer a question. Reading raises `Unreadable` rather than leave a record out."""
        return lambda items: self.http.records.all(entity, items, decode, key_of)

    def _found(self, entity: str, wire: type[W]) -> Callable[[Answer], W]:
        """For one record. Reading raises `Unreadable` for one that is there and not as promised."""
        return lambda answer: self.http.records.one(entity, answer.body, wire.model_validate, key_of)

    def _all(self, path: str, read: Read[T]) -> tuple[T, ...]:
        """A whole list that is paged by number. Raises `Transient` rather than answer a part of it."""

        def fetch(number: int) -> Page[T]:
            params = {"page": number, "limit": PAGE}
            return self.http.read("GET", path, params=params, decode=page_of(read, PAGE), explain=explain)

        return tuple(chain.from_iterable(numbered(fetch)))

    def _all_where_offered(self, path: str, read: Read[T]) -> tuple[T, ...] | None:
        """As `_all`; None where Streak does not have this list."""

        def fetch(number: int) -> Page[T]:
            params = {"page": number, "limit": PAGE}
            page = self._where_offered("GET", path, decode=page_of(read, PAGE), params=params)
            if page is None:
                raise _NotOffered
            return page

        try:
            return tuple(chain.from_iterable(numbered(fetch)))
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


def numbered(fetch: Callable[[int], Page[T]], first: int = 0) -> Iterator[tuple[T, ...]]:
    """The pages of a list that is paged by number from 0. An empty one may have a next. Raises `Transient` when there
    is no end."""
    for number in range(first, first + PAGES):
        items, more = fetch(number)
        yield items
        if not more:
            return
    raise _endless()


def sliced(fetch: Callable[[str], Slice[T]]) -> Iterator[tuple[T, ...]]:
    """As `numbered`, of a list that is paged by cursor."""
    cursor = ""
    for _ in range(PAGES):
        items, cursor = fetch(cursor)
        yield items
        if not cursor:
            return
    raise _endless()


def _endless() -> Transient:
    return Transient(
        f"{SYSTEM}: a list of more than {PAGES} pages", code=SystemCode.ENDLESS_LIST, system=SYSTEM
    )


def key_of(item: Any) -> str:
    """Of a record as it came, whatever else of it cannot be read."""
    key: str = item.get("key") or item["newsfeedItemKey"]
    return key


def batches(keys: Collection[str]) -> Iterator[list[str]]:
    """Each key once, so many at a time as one call may ask for."""
    distinct = iter(dict.fromkeys(keys))
    while batch := list(islice(distinct, BATCH)):
        yield batch


def one(wire: type[W]) -> Callable[[Answer], W]:
    return lambda answer: wire.model_validate(answer.body)


def page_of(read: Read[T], limit: int | None = None) -> Callable[[Answer], Page[T]]:
    """An array or `{"results", "hasNextPage"}`: both exist, also for one address (contract §2.5).

    Without `hasNextPage` a page as long as `limit` is taken to have a successor, which may be empty.
    """

    def decode(answer: Answer) -> Page[T]:
        body = answer.body
        wrapped = isinstance(body, dict)
        found = body["results"] if wrapped else body
        if not isinstance(found, list):
            raise TypeError("a list")
        more = body.get("hasNextPage") if wrapped else None
        return Page(
            read(found), bool(more) if more is not None else limit is not None and len(found) >= limit
        )

    return decode


def slice_of(read: Read[T]) -> Callable[[Answer], Slice[T]]:
    """`{"results", "cursor"}`; no cursor at the end (contract §2.5)."""

    def decode(answer: Answer) -> Slice[T]:
        found, cursor = answer.body["results"], answer.body.get("cursor")
        if not isinstance(found, list) or not isinstance(cursor, str | None):
            raise TypeError("a slice")
        return Slice(read(found), cursor or "")

    return decode


def by_key(read: Read[T]) -> Callable[[Answer], tuple[T, ...]]:
    """The values of an object keyed by key: the batch gets (contract §2.5)."""
    return lambda answer: read([*answer.body.values()])


def success(answer: Answer) -> None:
    """`{"success": true}` (contract §2.4)."""
    if answer.body["success"] is not True:
        raise ValueError("no success")
