"""Orders that are read again because the ERP keeps no list of changes: as each was seen last, and when it is next."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import link
from streak_infor_orchestration.ledger.schema import reread as table


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """`changed_at`: when it was first seen to be as it is; `next_at`: when it is read again."""

    erp_key: str
    fingerprint: str
    changed_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class OrderDue:
    """An order of a deal, and as it was seen last; None: never."""

    erp_key: str
    streak_key: str
    last: OrderSeen | None


class Rereads:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def due(self, limit: int) -> list[OrderDue]:
        """Linked orders that are to be read again by now: first those that never were, then who has waited longest."""
        statement = (
            select(
                link.c.erp_key, link.c.streak_key, table.c.fingerprint, table.c.changed_at, table.c.next_at
            )
            .select_from(link.outerjoin(table, table.c.erp_key == link.c.erp_key))
            .where(
                and_(
                    link.c.kind == "order", table.c.next_at.is_(None) | (table.c.next_at <= self._clock.now())
                )
            )
            .order_by(table.c.next_at.is_not(None), table.c.next_at, link.c.erp_key)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [
                OrderDue(
                    row.erp_key,
                    row.streak_key,
                    None
                    if row.next_at is None
                    else OrderSeen(row.erp_key, row.fingerprint, row.changed_at, row.next_at),
                )
                for row in connection.execute(statement)
            ]

    def saw_in(self, connection: Connection, seen: Sequence[OrderSeen]) -> None:
        """Within the caller's transaction, in which what it means for their deals is noted too."""
        if not seen:
            return
        insert = self._database.insert(table)
        upsert = insert.on_conflict_do_update(
            index_elements=[table.c.erp_key],
            set_={name: insert.excluded[name] for name in ("fingerprint", "changed_at", "next_at")},
        )
        connection.execute(upsert, [asdict(one) for one in seen])
