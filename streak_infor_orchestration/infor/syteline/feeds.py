"""What changed in SyteLine: four lists by RecordDate that tell of orders and invoices (Infor API contract C.3)."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
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


_REMEMBERED = timedelta(hours=2)
"""More than lists overlap, an hour of a change of the clocks with it."""

_SETTLED_SECONDS = 10.0
"""A row may be written again within the same tick of the server's clock; no later than this."""


class ToldVersions:
    """The version in which each row of one list was told. A row that is told again once it has settled costs no call:
    what changed since stands in a newer row. Losing this costs those calls once."""

    def __init__(self, stamps: Stamps, clock: Callable[[], float] = time.monotonic) -> None:
        self._stamps = stamps
        self._clock = clock
        self._told: dict[tuple[str, datetime], tuple[float, str]] = {}

    def of(self, rows: Sequence[tuple[str, datetime]], since: datetime) -> list[str]:
        """In the order of `rows`, keys with their times; "" for what there is no more."""
        now = self._clock()
        kept = {row: told for row, told in self._told.items() if row[1] >= since - _REMEMBERED}
        settled = {row for row, (first, _) in kept.items() if now - first >= _SETTLED_SECONDS}
        new = list(dict.fromkeys(row[0] for row in rows if row not in settled))
        stamps: dict[str, str] = {}
        for start in range(0, len(new), AT_A_TIME):
            stamps.update(self._stamps(new[start : start + AT_A_TIME]))
        for row in rows:
            if row not in settled:
                kept[row] = (kept[row][0] if row in kept else now, stamps.get(row[0], ""))
        self._told = kept
        return [kept[row][1] for row in rows]


def changed(
    ido: Ido, section: SytelineSection, feed: str, since: datetime, versions: ToldVersions
) -> Changes:
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
            items = tuple(
                Change(entity=source.entity, key=key, modified=modified, stamp=stamp)
                for (key, modified), stamp in zip(told, versions.of(told, since), strict=True)
            )
            return Changes(items=items, watermark=watermark, more=page.more)
        bookmark = page.bookmark


def _read(
    rows: Sequence[Row], source: RecordDateFeed, section: SytelineSection
) -> list[tuple[str, datetime]]:
    return [
        (key_in(row, source.key), moment_of(row["RecordDate"]).replace(tzinfo=section.zone)) for row in rows
    ]
