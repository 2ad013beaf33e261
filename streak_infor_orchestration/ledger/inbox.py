"""The inbox: one row per record to look at. Nothing else decides what is worked on.

A row is open while `due_at` is set. An event raises `seq`; a claim remembers the `seq` it saw; settling closes the
row only if the two are still equal, so what arrives while a record is worked on is never lost.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Boolean, Select, and_, case, func, literal, select, type_coerce, union_all

from streak_infor_orchestration.ledger.columns import LANES, UNKNOWN, greater
from streak_infor_orchestration.ledger.inbox_rows import Backlog, Claimed, Due, Event, Pending, Received
from streak_infor_orchestration.ledger.intake import Intake
from streak_infor_orchestration.ledger.leases import LEASE_SECONDS, Leases
from streak_infor_orchestration.ledger.schema import inbox

__all__ = [
    "LANES",
    "LEASE_SECONDS",
    "UNKNOWN",
    "Backlog",
    "Claimed",
    "Due",
    "Event",
    "Inbox",
    "Pending",
    "Received",
]


MOST_COUNTED = 1000

_PORTION = 500


class Inbox(Intake, Leases):
    def due(self, kinds: Sequence[str], now: datetime | None = None) -> Due:
        """What could be claimed now: all that decides whether a run is started.

        At most `MOST_COUNTED` records per lane are counted, so that asking stays cheap beside a large backlog; unknown
        ones when it is their turn.
        """
        at = now or self._clock.now()
        with self._database.read() as connection:
            found = connection.execute(union_all(*(self._due_in(lane, kinds, at) for lane in LANES))).all()
        rows = [row for row in found if row.records]
        by_lane = {LANES[row.lane]: row.records for row in rows}
        return Due(sum(by_lane.values()), min((row.oldest for row in rows), default=None), by_lane)

    def _due_in(self, lane: str, kinds: Sequence[str], at: datetime) -> Select[int, int, datetime]:
        wanted = [inbox.c.lane == lane, inbox.c.kind.in_(kinds), inbox.c.due_at <= at, self._free()]
        if lane == UNKNOWN:
            wanted.append(self._strangers_turn())
        due = select(inbox.c.due_at).where(*wanted).order_by(inbox.c.due_at).limit(MOST_COUNTED).subquery()
        return select(
            literal(LANES.index(lane)).label("lane"),
            func.count().label("records"),
            func.min(due.c.due_at).label("oldest"),
        ).select_from(due)

    def lag(self) -> float:
        """Seconds the oldest live record that nobody works on has been due; 0 when there is none."""
        now = self._clock.now()
        oldest_first = (
            select(inbox.c.due_at)
            .where(inbox.c.lane == LANES[0], inbox.c.due_at <= now, self._free())
            .order_by(inbox.c.due_at)
            .limit(1)
        )
        with self._database.read() as connection:
            oldest = connection.scalar(oldest_first)
        return (now - oldest) / timedelta(seconds=1) if oldest else 0.0

    def behind(self, kind: str, versions: Mapping[str, int]) -> set[str]:
        """Those of the records whose given version is newer than any event or own write told us of."""
        known: dict[str, int] = {}
        for start in range(0, len(versions), _PORTION):
            keys = list(versions)[start : start + _PORTION]
            statement = select(
                inbox.c.key, greater(inbox.c.min_version, inbox.c.own_version).label("version")
            )
            with self._database.read() as connection:
                rows = connection.execute(statement.where(inbox.c.kind == kind, inbox.c.key.in_(keys)))
                known.update({row.key: row.version for row in rows})
        return {key for key, version in versions.items() if version > known.get(key, -1)}

    def pending(self, kind: str, key: str) -> Pending | None:
        """The row of a record; None if no event ever named it."""
        columns = [inbox.c[name] for name in Pending.__dataclass_fields__ if name != "leased"]
        statement = select(*columns, type_coerce(~self._free(), Boolean).label("leased")).where(
            inbox.c.kind == kind, inbox.c.key == key
        )
        with self._database.read() as connection:
            row = connection.execute(statement).mappings().one_or_none()
        return Pending(**row) if row else None

    def waiting_among(self, kind: str, keys: Collection[str]) -> set[str]:
        """Those of the records that are to be looked at, now or later, or are under a lease."""
        among = and_(inbox.c.kind == kind, inbox.c.key.in_(keys), inbox.c.due_at.is_not(None))
        with self._database.read() as connection:
            return set(connection.scalars(select(inbox.c.key).where(among)))

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
