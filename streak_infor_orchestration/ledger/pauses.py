"""A system that is down is paused: its work waits, no attempt is burnt, one probe at a time may reopen it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.columns import greater
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.lease_clock import LeaseClock
from streak_infor_orchestration.ledger.schema import pause as table

_ALL = select(table.c.system, table.c.since, table.c.until, table.c.reason).order_by(table.c.system)


@dataclass(frozen=True, slots=True)
class Paused:
    """`since` is when the outage began, `until` when it may be probed next."""

    system: str
    since: datetime
    until: datetime
    reason: str

    def is_over(self, now: datetime) -> bool:
        """Whether it may be probed: nobody is kept from the system any more. One without an end, which `until` tells
        by being `since`, is never over by itself."""
        return self.since < self.until <= now


class Pauses:
    def __init__(self, database: Database, clock: Clock, lease_clock: LeaseClock) -> None:
        self._database = database
        self._clock = clock
        self._lease_clock = lease_clock

    def pause(self, system: str, reason: str, seconds: float | None) -> Paused:
        """Pauses for `seconds` from now, or longer if it already was; a failed probe calls this again. None: until
        somebody calls `resume`."""
        now = self._clock.now()
        insert = self._database.insert(table).values(
            system=system, since=now, until=now + timedelta(seconds=seconds or 0), reason=reason
        )
        statement = insert.on_conflict_do_update(
            index_elements=[table.c.system],
            set_={
                "until": table.c.since if seconds is None else greater(table.c.until, insert.excluded.until),
                "reason": insert.excluded.reason,
                "probe_until": None,
                "probe_clock": None,
            },
        ).returning(table.c.system, table.c.since, table.c.until, table.c.reason)
        with self._database.write(durable=False, alone=True) as connection:
            return Paused(**connection.execute(statement).mappings().one())

    def state(self, system: str) -> Paused | None:
        """Paused until somebody calls `resume`, even when `until` has passed."""
        return next((paused for paused in self.all() if paused.system == system), None)

    def all(self) -> list[Paused]:
        with self._database.read() as connection:
            return [Paused(**row) for row in connection.execute(_ALL).mappings()]

    def may_probe(self, system: str, life: float = 30.0) -> bool:
        """True for exactly one caller at a time once `until` has passed; a prober that died is replaced after
        `life` seconds."""
        now, identity = self._lease_clock.now(), self._lease_clock.identity
        nobody_probes = or_(
            table.c.probe_until.is_(None), table.c.probe_clock != identity, table.c.probe_until <= now
        )
        statement = (
            update(table)
            .where(table.c.system == system, table.c.until <= self._clock.now(), nobody_probes)
            .values(probe_until=now + life, probe_clock=identity)
        )
        with self._database.write(durable=False, alone=True) as connection:
            return connection.execute(statement).rowcount == 1

    def resume(self, system: str) -> bool:
        """The system answers again. False if it was not paused: somebody else has noticed first."""
        with self._database.write(durable=False, alone=True) as connection:
            return connection.execute(delete(table).where(table.c.system == system)).rowcount == 1
