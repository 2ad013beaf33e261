"""Which record stands for one that was merged into it, on either side: asked before every lookup of a link."""

from collections.abc import Collection

from sqlalchemy import Connection, and_, select, update

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.ledger.audit import Audit
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import alias as table

ALIASED = frozenset({"customer"})
"""The kinds of links whose records people merge."""


class Aliases:
    """A retired key leads to the survivor in one step, however often the survivor was merged again."""

    def __init__(self, database: Database, clock: Clock, audit: Audit) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit

    def survivor(self, kind: str, key: str) -> str:
        """The key itself where it was merged into nothing."""
        return self.survivors(kind, [key])[key]

    def survivors(self, kind: str, keys: Collection[str]) -> dict[str, str]:
        """The `survivor` of each of the keys."""
        same = {key: key for key in keys}
        if kind not in ALIASED:
            return same
        statement = select(table.c.retired, table.c.survivor).where(
            table.c.kind == kind, table.c.retired.in_(keys)
        )
        with self._database.read() as connection:
            return same | {row.retired: row.survivor for row in connection.execute(statement)}

    def add_in(self, connection: Connection, kind: str, retired: str, survivor: str, by: str) -> None:
        """Within the caller's transaction, audited. Raises Conflict for a survivor that was merged away itself."""
        gone = select(table.c.survivor).where(table.c.kind == kind, table.c.retired == survivor)
        if (other := connection.scalar(gone)) is not None:
            raise Conflict(
                f"{survivor} was merged into {other} itself",
                code=CustomerCode.MERGED_ALREADY,
                system="ledger",
                value=survivor,
                existing=other,
            )
        latest = {"survivor": survivor, "at": self._clock.now()}
        led_there = and_(table.c.kind == kind, table.c.survivor == retired)
        connection.execute(update(table).where(led_there).values(**latest))
        insert = self._database.insert(table).values(kind=kind, retired=retired, **latest)
        connection.execute(
            insert.on_conflict_do_update(index_elements=[table.c.kind, table.c.retired], set_=latest)
        )
        self._audit.write_in(connection, by, "merged", retired, {"kind": kind, "survivor": survivor})
