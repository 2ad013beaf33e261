"""Who is about to be made a customer: of several that may be one company, one at a time.

Announced before the ERP is searched, and in the directory when made: who comes later sees one or the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, literal_column, not_, or_, select, text

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import effect, link
from streak_infor_orchestration.ledger.schema import newcomer as table

_LINKED = exists().where(link.c.kind == "customer", link.c.streak_key == table.c.streak_key)
_ASKED_FOR = exists().where(
    effect.c.key == literal_column("'customer:'").concat(table.c.streak_key),
    effect.c.state.in_(("sent", "unknown")),
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """`identity` by what it is told from others; `at`, since when it is announced."""

    streak_key: str
    identity: dict[str, Any]
    at: datetime


class Newcomers:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def announce(
        self,
        streak_key: str,
        identity: dict[str, Any],
        *,
        seconds: float,
        may_be: Callable[[dict[str, Any]], bool],
    ) -> Newcomer | None:
        """None: it is announced, for `seconds` and as long as the ERP has not answered whether it was made. Else
        another one that it `may_be`, and nothing has changed."""
        now = self._clock.now()
        with self._database.write(durable=False) as connection:
            if not self._database.is_sqlite:  # on SQLite only one transaction writes at a time
                connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
            over = or_(_LINKED, (table.c.until <= now) & not_(_ASKED_FOR))
            connection.execute(delete(table).where(table.c.streak_key != streak_key, over))
            others = select(table.c.streak_key, table.c.identity, table.c.at)
            rows = connection.execute(others.where(table.c.streak_key != streak_key).order_by(table.c.at))
            for row in rows.mappings().all():
                if may_be(row["identity"]):
                    return Newcomer(**row)
            until = now + timedelta(seconds=seconds)
            latest = {"identity": identity, "until": until}
            insert = self._database.insert(table).values(streak_key=streak_key, at=now, **latest)
            connection.execute(insert.on_conflict_do_update(index_elements=[table.c.streak_key], set_=latest))
            return None

    def withdraw(self, streak_key: str) -> None:
        """It is made, is somebody who was there already, or waits for a person."""
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(delete(table).where(table.c.streak_key == streak_key))

    def count(self) -> int:
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0
