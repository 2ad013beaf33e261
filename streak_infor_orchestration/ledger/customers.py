"""The directory: what every customer of the ERP can be found by, so that look-alikes are found at all.

A copy, as old as its last refresh: whatever is found here is confirmed by its key in the ERP before it is used.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select

from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import customer as table

Searched = Literal["bare_name", "email", "domain", "tax_id"]

_PORTION = 2000


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer by its number. `bare_name`, `email`, `domain` and `tax_id` in canonical spelling, "" where unknown."""

    erp_key: str
    name: str
    bare_name: str
    email: str
    domain: str
    tax_id: str
    city: str
    modified_at: datetime


class Customers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, listed: Sequence[Listed]) -> None:
        """New ones, and what changed of those known. Can be redone: not flushed to disk at once."""
        if not listed:
            return
        insert = self._database.insert(table)
        latest = {name: insert.excluded[name] for name in Listed.__slots__ if name != "erp_key"}
        in_order = sorted(
            listed, key=lambda customer: customer.erp_key
        )  # or two writers could wait for each other
        statement = insert.on_conflict_do_update(index_elements=[table.c.erp_key], set_=latest)
        with self._database.write(durable=False) as connection:
            connection.execute(statement, [asdict(customer) for customer in in_order])

    def find(self, column: Searched, value: str, limit: int = 20) -> list[Listed]:
        """Those with exactly this value, by number; none for "", which means unknown."""
        if not value:
            return []
        statement = select(table).where(table.c[column] == value).order_by(table.c.erp_key).limit(limit)
        with self._database.read() as connection:
            return [Listed(**row) for row in connection.execute(statement).mappings()]

    def names(self, shortest: float, longest: float) -> Iterator[tuple[str, str]]:
        """Number and bare name of all whose bare name has between `shortest` and `longest` characters, a portion
        at a time in memory."""
        length = func.length(table.c.bare_name)
        statement = (
            select(table.c.erp_key, table.c.bare_name)
            .where(length >= shortest, length <= longest)
            .order_by(table.c.erp_key)
            .limit(_PORTION)
        )
        last = ""
        while True:
            with self._database.read() as connection:
                rows = connection.execute(statement.where(table.c.erp_key > last)).all()
            yield from ((row.erp_key, row.bare_name) for row in rows)
            if len(rows) < _PORTION:
                return
            last = rows[-1].erp_key

    def count(self) -> int:
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0
