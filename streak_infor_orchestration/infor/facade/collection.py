"""Reading the façade's collections (Infor façade contract, Collections)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.infor.facade.problem import explain
from streak_infor_orchestration.infor.facade.wire import Wire
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient

LIMIT = 500  # the most the contract allows
_PAGES = 10_000
W = TypeVar("W", bound=Wire)


class Page(NamedTuple, Generic[W]):
    """`{"Items": […], "NextCursor": string|null}`."""

    items: list[W]
    cursor: str | None


def page(
    http: HttpClient,
    collection: str,
    wire: type[W],
    filters: Mapping[str, str],
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[W]:
    """Ordered by ModifiedAt, then key."""

    def decode(answer: Answer) -> Page[W]:
        items, following = answer.body["Items"], answer.body["NextCursor"]
        # A probe concludes "not there" from an empty list: nothing else may pass for one
        if not isinstance(items, list) or not isinstance(following, str | None):
            raise TypeError("a page")
        return Page([wire.model_validate(item) for item in items], following)

    params = {**filters, "limit": str(limit or LIMIT)} | ({"cursor": cursor} if cursor else {})
    return http.read("GET", f"/{collection}", params=params, decode=decode, explain=explain)


def pages(http: HttpClient, collection: str, wire: type[W], filters: Mapping[str, str]) -> Iterator[list[W]]:
    """Page by page, one at a time in memory. Raises `Transient` when there is no end."""
    cursor: str | None = None
    for _ in range(_PAGES):
        items, cursor = page(http, collection, wire, filters, cursor)
        yield items
        if not cursor:
            return
    raise Transient(f"{http.system}: {collection} has no end", code="endless_list", system=http.system)


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
