"""Records that wait until a name is right again, by the name."""

from collections.abc import Collection

from sqlalchemy import delete

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import held as table


class Held:
    """Kept until the name is right. Losing one costs time only: each record is due again by itself, later."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, kind: str, key: str, names: Collection[str]) -> None:
        now = self._clock.now()
        rows = [{"name": name, "kind": kind, "key": key, "at": now} for name in names]
        with self._database.write(durable=False) as connection:
            connection.execute(self._database.insert(table).on_conflict_do_nothing(), rows)

    def release(self, name: str) -> list[tuple[str, str]]:
        """(kind, key) of all that wait for this name, and no longer do."""
        statement = delete(table).where(table.c.name == name).returning(table.c.kind, table.c.key)
        with self._database.write(durable=False, alone=True) as connection:
            return sorted((row.kind, row.key) for row in connection.execute(statement))
