"""The directory: what every customer of the ERP can be found by, so that look-alikes are found at all.

A copy, as old as its last refresh: whatever is found here is confirmed by its key in the ERP before it is used. One
that we have made ourselves is in it with its confirmation.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, and_, bindparam, func, select

from streak_infor_orchestration.ledger.aliases import Aliases
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import alias, link, shadow
from streak_infor_orchestration.ledger.schema import customer as table

Searched = Literal["bare_name", "email", "domain", "tax_id"]

_PORTION = 2000

_NUMBER = func.coalesce(alias.c.survivor, link.c.erp_key)
_LINKED = (
    select(
        link.c.streak_key,
        _NUMBER.label("erp_key"),
        table.c.closed,
        shadow.c.streak_key.is_not(None).label("has_shadow"),
    )
    .outerjoin(alias, and_(alias.c.kind == link.c.kind, alias.c.retired == link.c.erp_key))
    .outerjoin(table, table.c.erp_key == _NUMBER)
    .outerjoin(
        shadow,
        and_(
            shadow.c.kind == link.c.kind,
            shadow.c.streak_key == link.c.streak_key,
            shadow.c.erp_key == _NUMBER,
        ),
    )
    .where(and_(link.c.kind == "customer", link.c.streak_key.in_(bindparam("keys", expanding=True))))
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer by its number. `bare_name`, `email`, `domain` and `tax_id` (without its country) in canonical
    spelling, "" where unknown."""

    erp_key: str
    bare_name: str
    email: str
    domain: str
    tax_id: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """What is known of a linked customer. `closed` None: it is not in the directory."""

    streak_key: str
    erp_key: str
    closed: bool | None
    has_shadow: bool


class Customers:
    def __init__(self, database: Database, aliases: Aliases) -> None:
        self._database = database
        self._aliases = aliases

    def put(self, listed: Sequence[Listed]) -> None:
        """New ones, and what changed of those known. Can be redone: not flushed to disk at once."""
        if listed:
            with self._database.write(durable=False) as connection:
                self.put_in(connection, listed)

    def put_in(self, connection: Connection, listed: Sequence[Listed]) -> None:
        """`put` within the caller's transaction."""
        insert = self._database.insert(table)
        latest = {name: insert.excluded[name] for name in Listed.__slots__ if name != "erp_key"}
        # in one order everywhere, or two writers could wait for each other
        in_order = sorted(listed, key=lambda customer: customer.erp_key)
        statement = insert.on_conflict_do_update(index_elements=[table.c.erp_key], set_=latest)
        connection.execute(statement, [asdict(customer) for customer in in_order])

    def linked(self, streak_keys: Collection[str]) -> dict[str, Linked]:
        """Those of the organizations and contacts that are linked, by their link keys; of one that was merged, what is
        known of the survivor."""
        survivors = self._aliases.survivors("customer", streak_keys)
        with self._database.read() as connection:
            rows = connection.execute(_LINKED, {"keys": sorted({*survivors.values()})}).mappings()
            found = {row["streak_key"]: Linked(**row) for row in rows}
        return {key: found[survivor] for key, survivor in survivors.items() if survivor in found}

    def find(self, column: Searched, value: str, limit: int = 20) -> list[str]:
        """The numbers of those with exactly this value, in their order; none for "", which means unknown."""
        if not value:
            return []
        statement = select(table.c.erp_key).where(table.c[column] == value)
        with self._database.read() as connection:
            return list(connection.scalars(statement.order_by(table.c.erp_key).limit(limit)))

    def repeated(self, column: Searched) -> Iterator[list[str]]:
        """The numbers of those that have a value in common, by value; none for "", which means unknown."""
        has = table.c[column]
        twice = select(has).where(has != "").group_by(has).having(func.count() > 1).order_by(has)
        with self._database.read() as connection:
            values = list(connection.scalars(twice))
        for value in values:
            yield self.find(column, value)

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
