"""What each look at a record came to: the story that status and the record's page tell."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select

from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import outcome as table


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: str
    key: str
    run_id: str
    correlation_id: str
    status: str
    started_at: datetime
    finished_at: datetime
    summary: dict[str, Any]


class Outcomes:
    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, outcomes: Sequence[Outcome]) -> None:
        """A whole batch in one transaction. Durable: written before the records are settled, it makes the effects of
        their looks durable as well."""
        if outcomes:
            with self._database.write() as connection:
                connection.execute(insert(table), [asdict(outcome) for outcome in outcomes])

    def of(self, kind: str, key: str, limit: int = 50) -> list[Outcome]:
        """Newest first."""
        return self._list(_newest(limit).where(table.c.kind == kind, table.c.key == key))

    def recent(self, limit: int = 50) -> list[Outcome]:
        return self._list(_newest(limit))

    def _list(self, statement: Select[Any]) -> list[Outcome]:
        with self._database.read() as connection:
            return [Outcome(**row) for row in connection.execute(statement).mappings()]


def _newest(limit: int) -> Select[Any]:
    columns = (table.c[name] for name in Outcome.__dataclass_fields__)
    return select(*columns).order_by(table.c.id.desc()).limit(limit)
