"""Records that wait until a name is right again, by the name."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import held as table


class Held:
    """Kept until they were made due. Losing one costs time only: each record is due again by itself, later."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, kind: str, key: str, names: Collection[str]) -> None:
        now = self._clock.now()
        rows = [{"name": name, "kind": kind, "key": key, "at": now} for name in names]
        insert = self._database.insert(table)
        upsert = insert.on_conflict_do_update(
            index_elements=[table.c.name, table.c.kind, table.c.key], set_={"at": insert.excluded.at}
        )
        with self._database.write(durable=False) as connection:
            connection.execute(upsert, rows)

    def names(self) -> frozenset[str]:
        """Those that anything waits for."""
        with self._database.read() as connection:
            return frozenset(connection.scalars(select(table.c.name).distinct()))

    def waiting(self, name: str, until: datetime) -> list[tuple[str, str]]:
        """(kind, key) of all that began to wait for this name by then."""
        statement = select(table.c.kind, table.c.key).where(table.c.name == name, table.c.at <= until)
        with self._database.read() as connection:
            return sorted((row.kind, row.key) for row in connection.execute(statement))

    def forget(self, name: str, until: datetime) -> None:
        """What `waiting` told; whoever has begun to wait anew since stays."""
        statement = delete(table).where(table.c.name == name, table.c.at <= until)
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(statement)
