"""The inbox: one row per record to look at. Nothing else decides what is worked on.

A row is open while `due_at` is set. An event raises `seq`; a claim remembers the `seq` it saw; settling closes the
row only if the two are still equal, so what arrives while a record is worked on is never lost.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Boolean, and_, case, func, select, type_coerce

from streak_infor_orchestration.ledger.columns import LANES
from streak_infor_orchestration.ledger.inbox_rows import Backlog, Claimed, Due, Event, Pending, Received
from streak_infor_orchestration.ledger.intake import Intake
from streak_infor_orchestration.ledger.leases import LEASE_SECONDS, Leases
from streak_infor_orchestration.ledger.schema import inbox

__all__ = ["LANES", "LEASE_SECONDS", "Backlog", "Claimed", "Due", "Event", "Inbox", "Pending", "Received"]


class Inbox(Intake, Leases):
    def due(self, kinds: Sequence[str], now: datetime | None = None) -> Due:
        """What could be claimed now: all that decides whether a run is started."""
        statement = (
            select(inbox.c.lane, func.count().label("records"), func.min(inbox.c.due_at).label("oldest"))
            .where(inbox.c.kind.in_(kinds), inbox.c.due_at <= (now or self._clock.now()), self._free())
            .group_by(inbox.c.lane)
        )
        with self._database.read() as connection:
            rows = connection.execute(statement).all()
        by_lane = {row.lane: row.records for row in rows}
        return Due(sum(by_lane.values()), min((row.oldest for row in rows), default=None), by_lane)

    def lag(self) -> float:
        """Seconds the oldest live record that nobody works on has been due; 0 when there is none."""
        now = self._clock.now()
        statement = select(func.min(inbox.c.due_at)).where(
            inbox.c.lane == LANES[0], inbox.c.due_at <= now, self._free()
        )
        with self._database.read() as connection:
            oldest = connection.scalar(statement)
        return (now - oldest) / timedelta(seconds=1) if oldest else 0.0

    def pending(self, kind: str, key: str) -> Pending | None:
        """The row of a record; None if no event ever named it."""
        columns = [inbox.c[name] for name in Pending.__dataclass_fields__ if name != "leased"]
        statement = select(*columns, type_coerce(~self._free(), Boolean).label("leased")).where(
            inbox.c.kind == kind, inbox.c.key == key
        )
        with self._database.read() as connection:
            row = connection.execute(statement).mappings().one_or_none()
        return Pending(**row) if row else None

    def counts(self) -> list[Backlog]:
        """The open rows per kind and lane."""
        free = self._free()
        due = and_(free, inbox.c.due_at <= self._clock.now())
        statement = (
            select(
                inbox.c.kind,
                inbox.c.lane,
                func.count().label("waiting"),
                func.sum(case((due, 1), else_=0)).label("due"),
                func.sum(case((free, 0), else_=1)).label("leased"),
            )
            .where(inbox.c.due_at.is_not(None))
            .group_by(inbox.c.kind, inbox.c.lane)
            .order_by(inbox.c.kind, inbox.c.lane)
        )
        with self._database.read() as connection:
            return [Backlog(**row) for row in connection.execute(statement).mappings()]
