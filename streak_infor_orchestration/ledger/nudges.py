"""Who may start a run right now: many events within a few seconds start one."""

from sqlalchemy import delete, or_

from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.lease_clock import LeaseClock
from streak_infor_orchestration.ledger.schema import nudge as table


class Nudges:
    """Beside the inbox, because the gateway asks after every commit. Losing a nudge loses nothing."""

    def __init__(self, database: Database, lease_clock: LeaseClock) -> None:
        self._database = database
        self._lease_clock = lease_clock

    def acquire(self, name: str, life: float = 3.0) -> bool:
        """True for one caller per `life` seconds."""
        now, identity = self._lease_clock.now(), self._lease_clock.identity
        insert = self._database.insert(table).values(name=name, until=now + life, clock=identity)
        statement = insert.on_conflict_do_update(
            index_elements=[table.c.name],
            set_={"until": insert.excluded.until, "clock": insert.excluded.clock},
            where=or_(table.c.until <= now, table.c.clock != identity),
        ).returning(table.c.name)
        with self._database.write(durable=False, alone=True) as connection:
            return connection.scalar(statement) is not None

    def clear(self, name: str) -> None:
        """The next caller may start at once: the run that was nudged has claimed its work, or never started."""
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(delete(table).where(table.c.name == name))
