"""Keeps the tables of `analytics/` like the systems they show: what changed since the last time, a stretch of time, or
everything there is."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from streak_infor_orchestration.analytics.delta import Delta
from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.analytics.schema import Window
from streak_infor_orchestration.analytics.warehouse import Published, Warehouse
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Transient, Unreadable
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.domain.span import EVERYTHING, Span, before
from streak_infor_orchestration.infor.products import product_of
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.tables.extract import SOURCES, Extract, Row
from streak_infor_orchestration.sync.tables.reading import Reading

STREAK_OVERLAP = timedelta(minutes=5)
"""Read again each time: a change may be committed after others that carry a later time. For the ERP it is a setting."""

CONFIRMED_AT_MOST = 500


def read(
    reading: Reading, warehouse: Warehouse, name: str, *, whole: bool = False, window: Window | None = None
) -> Delta:
    """What is to be merged into the table `name`: what changed since its watermark, unless `whole` or a `window` is
    wanted, or there is no table yet, or one of an older release. Raises what the systems' reads raise."""
    source = SOURCES[name]
    if window is not None and not source.table.windows:
        raise Misconfigured(
            f"{name} cannot be read by a stretch of time; read it whole", code=SetupCode.NO_WINDOWS
        )
    watermark = reading.store.watermarks.get(watermark_name(name))
    known = warehouse.handle(source.table) is not None and watermark is not None and source.incremental
    if warehouse.is_outdated(source.table):
        known, window = False, None
    recently = Span(start=before(watermark, _overlap(name, reading))) if watermark else None
    if window is not None:
        # a record that is changed while the window is read leaves it, so recent changes are read with it
        spans = [Span(window.start, window.end), *([recently] if recently else [])]
    else:
        spans = [recently if known and recently and not whole else EVERYTHING]
    delta = warehouse.delta(source.table, whole=spans == [EVERYTHING] and not source.by_box, window=window)
    try:
        for span in spans:
            _fill(delta, source, reading, warehouse, span)
        _take_up(delta, source, reading)
        _confirm(delta, source, reading, warehouse)
    except BaseException:
        delta.discard()
        raise
    return delta


def publish(store: Store, warehouse: Warehouse, delta: Delta) -> Published:
    """The table first, its watermark second: a death in between reads the same changes again, which is harmless."""
    try:
        published = warehouse.publish(delta)
        if delta.watermark is not None and delta.window is None:
            # a record dated in the future must not hide what changes until then
            store.watermarks.set(watermark_name(delta.table.name), min(delta.watermark, store.clock.now()))
    finally:
        delta.discard()
    return published


def unkept(config: Integration, name: str) -> str:
    """What to tell of a table that stays empty because the ERP keeps no such thing; "" of any other."""
    entity = next((entity for entity, table in INFOR_TABLES.items() if table.name == name), None)
    return "" if entity is None else product_of(config.erp).lacks(entity)


def watermark_name(table: str) -> str:
    return f"table:{table}"


def _overlap(table: str, reading: Reading) -> timedelta:
    return STREAK_OVERLAP if table.startswith("streak/") else reading.config.erp.overlap


def _fill(delta: Delta, source: Extract[Any], reading: Reading, warehouse: Warehouse, span: Span) -> None:
    for portion in source.read(reading, warehouse, span):
        _add(delta, portion.rows, reading)
        if portion.scopes:
            delta.add_scopes(portion.scopes)
        if portion.latest is not None:
            delta.seen(portion.latest)


def _add(delta: Delta, rows: Iterable[Row], reading: Reading) -> None:
    """A row that the table cannot hold is left out, and told."""
    fitting = []
    for one in rows:
        try:
            delta.table.check(one)
            fitting.append(one)
        except Rejected as error:
            system, _, entity = delta.table.name.partition("/")
            key = ":".join(str(one[name]) for name in delta.table.key)
            reading.store.left_out.tell(LeftOut(system=system, entity=entity, key=key, why=error.message))
    delta.add(fitting)


def _take_up(delta: Delta, source: Extract[Any], reading: Reading) -> None:
    """Records that could not be read before and can be since the last time: nothing else would read them again."""
    last = reading.store.watermarks.moved_at(watermark_name(delta.table.name))
    if source.one is None or last is None:
        return
    for record in reading.store.left_out.closed_since(last - _overlap(delta.table.name, reading)):
        if f"{record.system}/{record.entity}" == delta.table.name:
            found = _one(source, reading, record.key)
            _add(delta, [found] if found else [], reading)


def _one(source: Extract[Any], reading: Reading, key: str) -> Row | None:
    """None also for one that cannot be read: it is left out as before."""
    assert source.one is not None
    with suppress(Unreadable):
        return source.one(reading, key)
    return None


def _confirm(delta: Delta, source: Extract[Any], reading: Reading, warehouse: Warehouse) -> None:
    """A list that shifts while it is read may miss a record: what seems gone is asked for by its key.

    Of more than `CONFIRMED_AT_MOST` only so many are: when all of these are gone, somebody has cleaned up.
    """
    if not source.shifts:
        return
    vanished = warehouse.vanished(delta, CONFIRMED_AT_MOST + 1)
    found = [row for key in vanished[:CONFIRMED_AT_MOST] if (row := _one(source, reading, key)) is not None]
    if found and len(vanished) > CONFIRMED_AT_MOST:
        raise Transient(
            f"{delta.table.name}: more than {CONFIRMED_AT_MOST} records seem to be gone, but some are not; read again",
            code=SystemCode.SHIFTING_LIST,
        )
    _add(delta, found, reading)
