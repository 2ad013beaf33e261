"""How far a source has been read. A watermark never moves back."""

from datetime import datetime

from sqlalchemy import Connection, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.columns import greater
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import watermark as table


class Watermarks:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, name: str) -> datetime | None:
        with self._database.read() as connection:
            return connection.scalar(select(table.c.value).where(table.c.name == name))

    def moved_at(self, name: str) -> datetime | None:
        """When it was last set."""
        with self._database.read() as connection:
            return connection.scalar(select(table.c.at).where(table.c.name == name))

    def set(self, name: str, value: datetime) -> None:
        """An older value than the stored one changes nothing."""
        with self._database.write() as connection:
            self.set_in(connection, name, value)

    def set_in(self, connection: Connection, name: str, value: datetime) -> None:
        """`set` within the caller's transaction."""
        insert = self._database.insert(table).values(name=name, value=value, at=self._clock.now())
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=[table.c.name],
                set_={"value": greater(table.c.value, insert.excluded.value), "at": insert.excluded.at},
            )
        )

    def all(self) -> dict[str, datetime]:
        with self._database.read() as connection:
            return {row.name: row.value for row in connection.execute(select(table).order_by(table.c.name))}
