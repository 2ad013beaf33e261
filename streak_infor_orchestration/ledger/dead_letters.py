"""Records that neither time nor a retry will cure: kept with their diagnosis until somebody resolves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import dead_letter as table

_OPEN_AMONG = select(table.c.key).where(
    table.c.kind == bindparam("kind"),
    table.c.key.in_(bindparam("keys", expanding=True)),
    table.c.resolved_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """`occurrences` is 1 when the incident is new, which is when somebody is told."""

    id: int
    kind: str
    key: str
    error_class: str
    code: str
    message: str
    diagnosis: dict[str, Any]
    attempts: int
    occurrences: int
    correlation_id: str
    opened_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    resolution: str | None

    @property
    def name(self) -> str:
        """What people call the record, "" where nobody could read it."""
        return str(self.diagnosis.get("name", ""))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each of its problems with the field and the box it is about; without any, the message."""
        told = [f"{p.where}: {p.message}" if p.where else p.message for p in self._problems]
        return tuple(told) or (self.message,)

    @property
    def cures(self) -> tuple[str, ...]:
        """What to do about them, once each."""
        return tuple(dict.fromkeys(problem.cure for problem in self._problems))

    @property
    def _problems(self) -> tuple[Problem, ...]:
        return tuple(map(Problem.model_validate, self.diagnosis.get("problems", ())))


class DeadLetters:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def open(
        self,
        kind: str,
        key: str,
        *,
        error_class: str,
        code: str,
        message: str,
        diagnosis: dict[str, Any],
        attempts: int,
        correlation_id: str = "",
    ) -> DeadLetter:
        """One open letter per record: another failure of it updates the diagnosis and counts."""
        now = self._clock.now()
        latest = {
            "error_class": error_class,
            "code": code,
            "message": message,
            "diagnosis": diagnosis,
            "attempts": attempts,
            "correlation_id": correlation_id,
            "updated_at": now,
        }
        insert = self._database.insert(table).values(
            kind=kind, key=key, opened_at=now, occurrences=1, **latest
        )
        statement = insert.on_conflict_do_update(
            index_elements=[table.c.kind, table.c.key],
            index_where=table.c.resolved_at.is_(None),
            set_={**latest, "occurrences": table.c.occurrences + 1},
        ).returning(table)
        with self._database.write(alone=True) as connection:
            return DeadLetter(**connection.execute(statement).mappings().one())

    def resolve(self, kind: str, key: str, *, by: str, how: str) -> bool:
        """False if none is open for this record."""
        statement = (
            update(table)
            .where(table.c.kind == kind, table.c.key == key, table.c.resolved_at.is_(None))
            .values(resolved_at=self._clock.now(), resolved_by=by, resolution=how)
        )
        with self._database.write(alone=True) as connection:
            return connection.execute(statement).rowcount == 1

    def get(self, id: int) -> DeadLetter | None:
        with self._database.read() as connection:
            row = connection.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
        return DeadLetter(**row) if row else None

    def of(self, kind: str, key: str) -> DeadLetter | None:
        """The open letter of a record."""
        statement = select(table).where(
            table.c.kind == kind, table.c.key == key, table.c.resolved_at.is_(None)
        )
        with self._database.read() as connection:
            row = connection.execute(statement).mappings().one_or_none()
        return DeadLetter(**row) if row else None

    def of_code(self, code: str) -> list[DeadLetter]:
        """All open ones with this code."""
        statement = select(table).where(table.c.code == code, table.c.resolved_at.is_(None))
        with self._database.read() as connection:
            return [DeadLetter(**row) for row in connection.execute(statement).mappings()]

    def of_kind(self, kind: str) -> list[DeadLetter]:
        """The open ones, those updated longest ago first."""
        statement = select(table).where(table.c.kind == kind, table.c.resolved_at.is_(None))
        with self._database.read() as connection:
            rows = connection.execute(statement.order_by(table.c.updated_at, table.c.id)).mappings()
            return [DeadLetter(**row) for row in rows]

    def closed_since(self, kind: str, moment: datetime) -> list[DeadLetter]:
        statement = select(table).where(table.c.kind == kind, table.c.resolved_at >= moment)
        with self._database.read() as connection:
            return [DeadLetter(**row) for row in connection.execute(statement).mappings()]

    def open_among(self, kind: str, keys: Sequence[str]) -> set[str]:
        """Those of the records that have an open letter."""
        with self._database.read() as connection:
            return set(connection.scalars(_OPEN_AMONG, {"kind": kind, "keys": list(keys)}))

    def listing(self, open_only: bool = True, limit: int = 1000) -> list[DeadLetter]:
        """Newest first."""
        statement = select(table).order_by(table.c.id.desc()).limit(limit)
        if open_only:
            statement = statement.where(table.c.resolved_at.is_(None))
        with self._database.read() as connection:
            return [DeadLetter(**row) for row in connection.execute(statement).mappings()]

    def count_open(self) -> int:
        return sum(self.counts().values())

    def counts(self) -> dict[str, int]:
        """The open ones by kind."""
        statement = select(table.c.kind, func.count()).where(table.c.resolved_at.is_(None))
        with self._database.read() as connection:
            rows = connection.execute(statement.group_by(table.c.kind))
            return {row[0]: row[1] for row in rows}
