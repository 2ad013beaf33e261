"""Lists of M3 in pages. Its lists have no cursor: the next page begins at the last key of the one before (the list's
key field is a start value, contract B.8)."""

from collections.abc import Iterator, Mapping

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.values import Row, text


def pages(
    mi: Mi,
    program: str,
    transaction: str,
    *,
    start: str,
    key: str,
    columns: str,
    record: Mapping[str, str] | None = None,
    first: str = "",
) -> Iterator[tuple[Row, ...]]:
    """Every record once, in the order of `key`, a page at a time in memory. `start` is the input that says where to
    begin, at `first`.

    Raises `Transient` where a page brings what the one before did: M3 does not take the key for a start then, and what
    follows would be missed.
    """
    last, before, size = first, frozenset[str](), mi.section.page_size
    while True:
        asked = {**(record or {}), **({start: last} if last else {})}
        found = mi.rows(program, MiCall(transaction, asked, columns), most=size)
        keys = [text(row, key) for row in found]
        new = tuple(row for row, its in zip(found, keys, strict=True) if its not in before)
        if new:
            yield new
        if len(found) < size:
            return
        if not new or (before & set(keys)) - {last}:
            raise Transient(
                f"M3: {program}/{transaction} does not go on from {start}; make erp.page_size larger than the list",
                code=SystemCode.ENDLESS_LIST,
                system="infor",
            )
        last, before = keys[-1], frozenset(keys)
