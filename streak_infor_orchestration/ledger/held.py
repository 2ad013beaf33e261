"""Records that wait until a name is right again, by the name."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import held as table


class HeldRecord(NamedTuple):
    """A record that waits for a name, since `at`."""

    name: str
    kind: str
    key: str
    at: datetime


class HeldRecords:
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

    def waiting(self, name: str) -> list[HeldRecord]:
        """All that wait for this name."""
        statement = select(table).where(table.c.name == name)
        with self._database.read() as connection:
            return sorted(HeldRecord(**row._mapping) for row in connection.execute(statement))

    def forget(self, told: Sequence[HeldRecord]) -> None:
        """What `waiting` told, and nothing else: not who has begun to wait anew since, nor who had begun before and was
        written only after it, because its writer waited for its turn."""
        if not told:
            return
        statement = delete(table).where(*(column == bindparam(f"told_{column.name}") for column in table.c))
        rows = [{f"told_{column}": value for column, value in one._asdict().items()} for one in told]
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(statement, rows)
