"""How long everything is kept, and what removes it.

Removed in portions with a pause between, because SQLite has one writer at a time; what takes too long goes on the next
night. What the ledger must remember so that nothing is done or told twice is no history, and stays.
"""

import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.intake import BULK_PAUSE_SECONDS, BULK_PORTION
from streak_infor_orchestration.ledger.opening import Databases
from streak_infor_orchestration.ledger.schema import (
    alert,
    dead_letter,
    drift_count,
    effect,
    event,
    inbox,
    outcome,
)
from streak_infor_orchestration.ledger.watermarks import Watermarks

EVENTS = timedelta(days=90)
OUTCOMES = timedelta(days=30)
BODIES = timedelta(days=400)
LETTERS = timedelta(days=400)
ALERTS = timedelta(days=90)
DRIFT_COUNTS = timedelta(days=400)

LIVES = {
    "sio_event": "90 days; that a deal is gone for good, and a feed's last changes until there are newer ones",
    "sio_inbox": "as long as the deal or customer exists; what came from the ERP 90 days",
    "sio_nudge": "overwritten",
    "sio_meta": "for good, a few rows",
    "sio_effect": "for good; what was written shrinks after 400 days to what is compared, never while it is in doubt",
    "sio_link": "as long as the deal or customer",
    "sio_reread": "as long as the deal",
    "sio_alias": "for good: what people merged",
    "sio_customer": "for good, overwritten by each change of the ERP's customer",
    "sio_newcomer": "minutes: until the customer is made or found, or as long as the answer is missing",
    "sio_shadow": "as long as the link",
    "sio_invoice": "as long as the deal",
    "sio_backfill": "for good: which deals were there before the integration, and what was decided of each",
    "sio_dead_letter": "until resolved, and 400 days from then",
    "sio_watermark": "overwritten",
    "sio_pause": "until the system answers",
    "sio_audit": "for good: what people decided",
    "sio_pin": "as long as the configuration names it",
    "sio_metadata": "overwritten",
    "sio_held": "until the name is right again",
    "sio_outcome": "30 days",
    "sio_alert": "90 days, or as long as the incident stands",
    "sio_drift": "until a reconciliation sees it cured",
    "sio_drift_count": "400 days",
}
"""How long the rows of each table live, in the words of docs/operations.md."""

Shrink = Callable[[Effect], tuple[dict[str, Any], dict[str, Any] | None]]
"""What of a confirmed write's body and result is still compared."""

_SHRUNK = "retention:bodies"
_FEED_SHOWS_AGAIN = timedelta(days=1)
_LOOKED_AT_AGAIN = (Kind.DEAL, Kind.CUSTOMER)


class Retention:
    """`deadline` is of the monotonic clock: no portion begins after it."""

    def __init__(self, databases: Databases, clock: Clock, watermarks: Watermarks) -> None:
        self._inbox, self._ledger = databases
        self._clock = clock
        self._watermarks = watermarks

    def prune(self, *, standing: Collection[str], deadline: float) -> dict[str, int]:
        """Removes what has outlived its life; how many rows of each table. `standing` are the names of the incidents
        that stand, besides open letters: their alerts must not be told again."""
        now = self._clock.now()
        # the newest letter stays: SQLite would give its number to the next one, whose alert would count as told
        newest = select(func.max(dead_letter.c.id)).scalar_subquery()
        old = {
            event: and_(event.c.at < now - EVENTS, *self._not_remembered()),
            inbox: _closed_before(now - EVENTS),
            outcome: outcome.c.finished_at < now - OUTCOMES,
            drift_count: drift_count.c.at < now - DRIFT_COUNTS,
            dead_letter: and_(dead_letter.c.resolved_at < now - LETTERS, dead_letter.c.id < newest),
            alert: and_(
                alert.c.opened_at < now - ALERTS, alert.c.incident.not_in(list(standing)), ~_letter_is_open
            ),
        }
        return {table.name: self._remove(table, where, deadline) for table, where in old.items()}

    def shrink(self, shrink: Shrink, deadline: float) -> int:
        """Shrinks writes that were confirmed longer ago than `BODIES`; how many. Each is looked at once, for the
        watermark remembers up to when that is done."""
        before = self._clock.now() - BODIES
        since = self._watermarks.get(_SHRUNK)
        settled = [effect.c.state == "confirmed", effect.c.verify_at.is_(None), effect.c.updated_at < before]
        if since is not None:
            settled.append(effect.c.updated_at >= since)
        shrunk, last = 0, ""
        while time.monotonic() < deadline:
            portion = select(effect).where(effect.c.key > last, *settled).order_by(effect.c.key)
            with self._ledger.read() as connection:
                rows = [Effect(**row) for row in connection.execute(portion.limit(BULK_PORTION)).mappings()]
            if not rows:
                self._watermarks.set(_SHRUNK, before)
                break
            smaller = [(row, *shrink(row)) for row in rows]
            with self._ledger.write(durable=False) as connection:
                for row, body, result in smaller:
                    if (body, result) != (row.body, row.result):
                        same = (effect.c.key == row.key, effect.c.attempt == row.attempt)
                        unmoved = (*same, effect.c.updated_at == row.updated_at)
                        changed = update(effect).where(*unmoved).values(body=body, result=result)
                        shrunk += connection.execute(changed).rowcount
            last = rows[-1].key
            self._clock.sleep(BULK_PAUSE_SECONDS)
        return shrunk

    def _not_remembered(self) -> list[ColumnElement[bool]]:
        """`Inbox.unseen` asks the log whether something was told: by a sweep once for good, by a feed as long as it
        shows its last changes again."""
        last = func.max(event.c.at)
        feeds = select(event.c.name, last.label("at")).where(event.c.source == "erp").group_by(event.c.name)
        with self._inbox.read() as connection:
            rows = connection.execute(feeds).all()
        shown = [and_(event.c.name == row.name, event.c.at >= row.at - _FEED_SHOWS_AGAIN) for row in rows]
        told_once = and_(event.c.source == "sweep", event.c.body_hash != "")
        return [not_(told_once), *([not_(and_(event.c.source == "erp", or_(*shown)))] if shown else [])]

    def _remove(self, table: Table, where: ColumnElement[bool], deadline: float) -> int:
        database: Database = self._inbox if table in (event, inbox) else self._ledger
        key = tuple_(*table.primary_key.columns)
        removed = 0
        while time.monotonic() < deadline:
            portion = select(*table.primary_key.columns).where(where).limit(BULK_PORTION)
            with database.write(durable=False, alone=True) as connection:
                gone = connection.execute(delete(table).where(key.in_(portion))).rowcount
            removed += gone
            if gone < BULK_PORTION:
                break
            self._clock.sleep(BULK_PAUSE_SECONDS)
        return removed


_letter_is_open = exists(
    select(dead_letter.c.id).where(
        dead_letter.c.resolved_at.is_(None),
        alert.c.incident == literal("dead_letter:") + cast(dead_letter.c.id, String),
    )
)


def _closed_before(moment: datetime) -> ColumnElement[bool]:
    """Rows of what the ERP told of: nobody compares their versions any more. A deal's or customer's would be found by
    the next sweep as one that nobody told us of."""
    told_before = or_(inbox.c.first_due_at.is_(None), inbox.c.first_due_at < moment)
    return and_(inbox.c.kind.not_in(_LOOKED_AT_AGAIN), inbox.c.due_at.is_(None), told_before)
