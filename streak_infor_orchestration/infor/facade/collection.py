"""Reading the façade's collections (Infor façade contract, Collections)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.facade.problem import explain
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient

LIMIT = 500  # the most the contract allows
_PAGES = 10_000
T = TypeVar("T")
Read = Callable[[Sequence[Any]], tuple[T, ...]]
"""What becomes of a page's items: the records of those that can be read, or of all."""


class CollectionPage(NamedTuple, Generic[T]):
    """`{"Items": […], "NextCursor": string|null}`."""

    items: tuple[T, ...]
    cursor: str | None


def page(
    http: HttpClient,
    collection: str,
    read: Read[T],
    filters: Mapping[str, str],
    cursor: str | None = None,
    limit: int | None = None,
) -> CollectionPage[T]:
    """Ordered by ModifiedAt, then key."""

    def decode(answer: Answer) -> CollectionPage[T]:
        items, following = answer.body["Items"], answer.body["NextCursor"]
        # A probe concludes "not there" from an empty list: nothing else may pass for one
        if not isinstance(items, list) or not isinstance(following, str | None):
            raise TypeError("a page")
        return CollectionPage(read(items), following)

    params = {**filters, "limit": str(limit or LIMIT)} | ({"cursor": cursor} if cursor else {})
    return http.read("GET", f"/{collection}", params=params, decode=decode, explain=explain)


def pages(
    http: HttpClient, collection: str, read: Read[T], filters: Mapping[str, str]
) -> Iterator[tuple[T, ...]]:
    """Page by page, one at a time in memory; one may be empty, and only the last has no cursor. Raises `Transient`
    when there is no end."""
    cursor: str | None = None
    for _ in range(_PAGES):
        items, cursor = page(http, collection, read, filters, cursor)
        yield items
        if not cursor:
            return
    raise Transient(
        f"{http.system}: {collection} has no end", code=SystemCode.ENDLESS_LIST, system=http.system
    )


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
