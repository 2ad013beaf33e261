"""What Streak calls things, fetched once for all processes: who needs it finds it here while it is new enough."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.nudges import Nudges
from streak_infor_orchestration.ledger.schema import metadata as table

_FETCH_SECONDS = 30.0
"""Seconds. A process that fetches and dies is replaced by another after so long."""


@dataclass(frozen=True, slots=True)
class KeptMetadata:
    """`content` is JSON; `asked` is when the question left."""

    asked: datetime
    content: Any


class Metadata:
    """One row per thing, overwritten. Losing it costs one call."""

    def __init__(self, database: Database, clock: Clock, nudges: Nudges) -> None:
        self._database = database
        self._clock = clock
        self._nudges = nudges

    def recall(self, name: str) -> KeptMetadata | None:
        statement = select(table.c.asked_at, table.c.content).where(table.c.name == name)
        with self._database.read() as connection:
            row = connection.execute(statement).one_or_none()
        return KeptMetadata(row.asked_at, row.content) if row else None

    def keep(self, name: str, asked: datetime, content: Any) -> None:
        latest = {"content": content, "asked_at": asked}
        insert = self._database.insert(table).values(name=name, **latest)
        statement = insert.on_conflict_do_update(index_elements=[table.c.name], set_=latest)
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(statement)

    def forget(self, name: str) -> None:
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(delete(table).where(table.c.name == name))

    def may_fetch(self, name: str) -> bool:
        """True for one at a time of all processes and threads; `fetched` lets the next one."""
        return self._nudges.acquire(f"metadata:{name}", _FETCH_SECONDS)

    def fetched(self, name: str) -> None:
        self._nudges.clear(f"metadata:{name}")
