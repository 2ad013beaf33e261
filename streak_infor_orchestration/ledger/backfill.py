"""Deals that were there before the integration: what was decided of each that stood where an order is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import backfill as table


class Standing(StrEnum):
    """What became of a deal that was there before the integration."""

    LINKED = "linked"  # its order was found in the ERP
    ASKED = "asked"  # orders were found that may be its own: a person says which
    LEFT = "left"  # it has no order, and gets none by itself
    WANTED = "wanted"  # a person wants its order made, as of any deal


@dataclass(frozen=True, slots=True)
class Backfilled:
    """`orders`: the number of the one it is linked to, or those that a person has to choose from. `shown`: its box
    shows by now what the ERP knows of it."""

    box_key: str
    standing: Standing
    orders: tuple[str, ...] = ()
    shown: bool = False


_OF = select(table.c.box_key, table.c.standing, table.c.orders, table.c.shown).where(
    table.c.box_key.in_(bindparam("keys", expanding=True))
)


class Backfill:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, box_keys: Collection[str]) -> dict[str, Backfilled]:
        """Those of the deals of which anything was decided."""
        with self._database.read() as connection:
            return {
                row.box_key: Backfilled(row.box_key, Standing(row.standing), tuple(row.orders), row.shown)
                for row in connection.execute(_OF, {"keys": list(box_keys)})
            }

    def put(self, deals: Iterable[Backfilled]) -> None:
        """What is decided now, in the place of what was before."""
        rows = [
            {
                "box_key": deal.box_key,
                "standing": deal.standing.value,
                "orders": list(deal.orders),
                "shown": deal.shown,
                "at": self._clock.now(),
            }
            for deal in deals
        ]
        if not rows:
            return
        insert = self._database.insert(table)
        latest = {name: insert.excluded[name] for name in ("standing", "orders", "shown", "at")}
        upsert = insert.on_conflict_do_update(index_elements=[table.c.box_key], set_=latest)
        with self._database.write() as connection:
            connection.execute(upsert, rows)

    def showed(self, box_key: str) -> None:
        with self._database.write(durable=False, alone=True) as connection:
            connection.execute(update(table).where(table.c.box_key == box_key).values(shown=True))
