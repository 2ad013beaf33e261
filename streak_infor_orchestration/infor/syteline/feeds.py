"""What changed in SyteLine: four lists by RecordDate that tell of orders and invoices (Infor API contract C.3)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from streak_infor_orchestration.infor.port import Change, Changes
from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME, key_in, naive
from streak_infor_orchestration.infor.syteline.filters import at_least
from streak_infor_orchestration.infor.syteline.ido import Ido, Row
from streak_infor_orchestration.infor.syteline.internal import moment_of
from streak_infor_orchestration.infor.syteline.section import SytelineSection

Stamps = Callable[[Collection[str]], Mapping[str, str]]
"""The version of each order or invoice as it is now, for at most `AT_A_TIME` keys."""


class RecordDateFeed(NamedTuple):
    """`key` is the property with the order's or invoice's number; a row without one concerns neither."""

    ido: str
    key: str
    entity: Literal["order", "invoice"]


FEEDS = {
    "orders": RecordDateFeed("SLCos", "CoNum", "order"),
    "order_lines": RecordDateFeed("SLCoitems", "CoNum", "order"),
    "invoices": RecordDateFeed("SLInvHdrs", "InvNum", "invoice"),
    "open_items": RecordDateFeed("SLArtrans", "ApplyToInvNum", "invoice"),
}


def changed(ido: Ido, section: SytelineSection, feed: str, since: datetime, stamps: Stamps) -> Changes:
    """A page of changes from `since` on, and as many more as it takes to get past that very instant. The watermark is
    the largest time read, never our clock's. An hour earlier around a change of the server's clock."""
    source, zone = FEEDS[feed], section.zone
    where = at_least("RecordDate", naive(since, zone))
    properties = (source.key, "RecordDate")
    rows: list[tuple[str, datetime]] = []
    watermark, bookmark = since, ""
    while True:
        page = ido.page(source.ido, properties, where, order_by="RecordDate", bookmark=bookmark)
        rows += _read(page.rows, source, section)
        if rows:
            watermark = max(watermark, rows[-1][1])
        if not page.more or watermark > since:
            told = [(key, modified) for key, modified in rows if key]
            return Changes(items=_changes(told, source, stamps), watermark=watermark, more=page.more)
        bookmark = page.bookmark


def _read(
    rows: Sequence[Row], source: RecordDateFeed, section: SytelineSection
) -> list[tuple[str, datetime]]:
    return [
        (key_in(row, source.key), moment_of(row["RecordDate"]).replace(tzinfo=section.zone)) for row in rows
    ]


def _changes(
    told: Sequence[tuple[str, datetime]], source: RecordDateFeed, stamps: Stamps
) -> tuple[Change, ...]:
    keys = list(dict.fromkeys(key for key, _ in told))
    known: dict[str, str] = {}
    for start in range(0, len(keys), AT_A_TIME):
        known.update(stamps(keys[start : start + AT_A_TIME]))
    return tuple(
        Change(entity=source.entity, key=key, modified=modified, stamp=known.get(key, ""))
        for key, modified in told
    )
