"""`GET /load/{ido}`: which rows, in which order, how many, and the way to the next page. Contract, C.1 to C.3."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.twins.syteline.bookmark import Bookmark, read_bookmark
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.conditions import Condition
from streak_infor_orchestration.twins.syteline.filters import read_filter
from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.table import Record

DEFAULT_CAP = 200
FORWARD, BACKWARD = ("FIRST", "NEXT"), ("LAST", "PREVIOUS", "PREV")


@dataclass(frozen=True)
class LoadRequest:
    """``names`` None: all. ``order``: (property, descending). ``cap`` 0: no end."""

    names: tuple[str, ...] | None = None
    condition: str = ""
    order: tuple[tuple[str, bool], ...] = ()
    cap: int = DEFAULT_CAP
    load_type: str = "FIRST"
    bookmark: str = ""
    distinct: bool = False
    read_only: bool = False


def load(company: Company, ido: Ido, request: LoadRequest) -> dict[str, Any]:
    """The answer's body. Raises Refusal."""
    names = request.names if request.names is not None else tuple(ido.names())
    for name in (*names, *(name for name, _ in request.order)):
        ido.kind(name)
    order = _whole_order(ido, request.order)
    rows = _sorted(company, ido, _found(company, ido, read_filter(ido, request.condition)), order)
    page, more = _page(company, ido, rows, order, request)
    items = [_item(company, ido, row, names, request.read_only) for row in page]
    if request.distinct:
        items = [dict(pairs) for pairs in dict.fromkeys(tuple(item.items()) for item in items)]
    return {
        "Success": True,
        "Message": None,
        "Items": items,
        "Bookmark": _mark(company, ido, page, order) if page else None,
        "MoreRowsExist": more,
    }


def item_text(company: Company, ido: Ido, row: Record, name: str) -> str | None:
    return ido.kind(name).write(ido.value(company, row, name))


def _item(
    company: Company, ido: Ido, row: Record, names: Iterable[str], read_only: bool
) -> dict[str, str | None]:
    item = {name: item_text(company, ido, row, name) for name in names}
    return item if read_only else {**item, "_ItemId": company.table(ido).item_id(row)}


def _found(company: Company, ido: Ido, condition: Condition) -> list[Record]:
    def holds(row: Record) -> bool:
        return condition.holds(lambda name: _sortable(company, ido, row, name)) is True

    table = company.table(ido)
    found = []
    for row in table.candidates(condition.wanted()):
        if holds(row):
            double = table.doubles.get(row["RowPointer"])
            found += [row] if double is None else [row, {**row, **double}]
    return found


def _sortable(company: Company, ido: Ido, row: Record, name: str) -> Any:
    return ido.kind(name).sortable(ido.value(company, row, name))


def _whole_order(ido: Ido, asked: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
    """The keys decide between rows that are alike in what was asked for."""
    named = {name for name, _ in asked}
    return (*asked, *((name, False) for name in ido.keys if name not in named))


def _sorted(
    company: Company, ido: Ido, rows: list[Record], order: tuple[tuple[str, bool], ...]
) -> list[Record]:
    for name, descending in reversed(order):
        rows = sorted(rows, key=lambda row: _place(_sortable(company, ido, row, name)), reverse=descending)
    return rows


def _place(value: Any) -> tuple[bool, Any]:
    """Null comes first, as in T-SQL."""
    return (value is not None, "" if value is None else value)


def _page(
    company: Company,
    ido: Ido,
    rows: list[Record],
    order: tuple[tuple[str, bool], ...],
    request: LoadRequest,
) -> tuple[list[Record], bool]:
    backward = request.load_type in BACKWARD
    if request.load_type in ("NEXT", "PREVIOUS", "PREV"):
        mark = read_bookmark(request.bookmark)
        if tuple(zip(mark.names, mark.descending, strict=True)) != order:
            raise Refusal("The bookmark does not belong to this order", "bookmark")
        edge = _values(ido, order, mark.first if backward else mark.last)
        beyond = -1 if backward else 1
        rows = [row for row in rows if _compared(company, ido, row, edge, order) == beyond]
    cap = request.cap or len(rows)
    page = rows[-cap:] if backward and cap else rows[:cap]
    return page, len(rows) > len(page)


def _values(ido: Ido, order: tuple[tuple[str, bool], ...], texts: tuple[str | None, ...]) -> list[Any]:
    pairs = zip(order, texts, strict=True)
    return [None if text is None else ido.kind(name).literal(name, text) for (name, _), text in pairs]


def _compared(
    company: Company, ido: Ido, row: Record, edge: list[Any], order: tuple[tuple[str, bool], ...]
) -> int:
    """-1, 0, 1: where the row stands against the edge in this order."""
    for (name, descending), at in zip(order, edge, strict=True):
        here, there = _place(_sortable(company, ido, row, name)), _place(at)
        if here != there:
            return -1 if (here < there) != descending else 1
    return 0


def _mark(company: Company, ido: Ido, page: list[Record], order: tuple[tuple[str, bool], ...]) -> str:
    names, descending = zip(*order, strict=True)
    first, last = (tuple(item_text(company, ido, row, name) for name in names) for row in (page[0], page[-1]))
    return Bookmark(names, descending, first, last).text()
