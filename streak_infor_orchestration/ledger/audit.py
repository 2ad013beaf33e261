"""What a person or a policy decided: who, what, to which record. Append-only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import audit, meta


@dataclass(frozen=True, slots=True)
class AuditEntry:
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


class Audit:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def write(self, actor: str, action: str, subject: str, detail: dict[str, Any] | None = None) -> None:
        with self._database.write() as connection:
            self.write_in(connection, actor, action, subject, detail)

    def write_in(
        self,
        connection: Connection,
        actor: str,
        action: str,
        subject: str,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """In the transaction of what is audited, so that there is never one without the other."""
        connection.execute(
            insert(audit).values(
                at=self._clock.now(), actor=actor, action=action, subject=subject, detail=detail or {}
            )
        )

    def write_below(
        self, most: int, since: datetime, actor: str, action: str, subject: str, detail: dict[str, Any]
    ) -> bool:
        """`write`, if there are fewer than `most` such entries since then; one caller at a time, over all processes."""
        alike = (audit.c.subject == subject, audit.c.action == action, audit.c.at > since)
        with self._database.write() as connection:
            connection.execute(select(meta.c.value).where(meta.c.name == "epoch").with_for_update())
            if (connection.scalar(select(func.count()).select_from(audit).where(*alike)) or 0) >= most:
                return False
            self.write_in(connection, actor, action, subject, detail)
            return True

    def of(self, subject: str, limit: int = 100) -> list[AuditEntry]:
        """Newest first."""
        return self._list(_newest(limit).where(audit.c.subject == subject))

    def has(self, subject: str, action: str) -> bool:
        """Whether somebody ever decided this."""
        found = select(audit.c.id).where(audit.c.subject == subject, audit.c.action == action).limit(1)
        with self._database.read() as connection:
            return connection.scalar(found) is not None

    def recent(self, limit: int = 100) -> list[AuditEntry]:
        return self._list(_newest(limit))

    def _list(self, statement: Select[Any]) -> list[AuditEntry]:
        with self._database.read() as connection:
            return [AuditEntry(**row) for row in connection.execute(statement).mappings()]


def _newest(limit: int) -> Select[Any]:
    columns = (audit.c[name] for name in AuditEntry.__dataclass_fields__)
    return select(*columns).order_by(audit.c.id.desc()).limit(limit)
