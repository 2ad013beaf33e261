"""Which key each of Streak's names had when it was first seen: who bears the name later may be another."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from streak_infor_orchestration.ledger.audit import Audit
from streak_infor_orchestration.ledger.database import Database
from streak_infor_orchestration.ledger.schema import pin as table


class Pins:
    """Kept as long as the configuration names them."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def all(self) -> dict[str, str]:
        with self._database.read() as connection:
            return {row.name: row.key for row in connection.execute(select(table.c.name, table.c.key))}

    def add(self, keys: Mapping[str, str]) -> None:
        """Pin what is not pinned yet; what is stays as it is."""
        new = {name: key for name, key in keys.items() if name not in self.all()}
        if not new:
            return
        rows = [{"name": name, "key": key} for name, key in sorted(new.items())]
        with self._database.write() as connection:
            connection.execute(self._database.insert(table).on_conflict_do_nothing(), rows)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget what the configuration names no more."""
        gone = self.all().keys() - set(names)
        if gone:
            with self._database.write() as connection:
                connection.execute(delete(table).where(table.c.name.in_(gone)))

    def forget(self, names: Collection[str], *, by: str) -> None:
        """A person says that these names mean something else from now on, or nothing. Audited."""
        with self._database.write() as connection:
            connection.execute(delete(table).where(table.c.name.in_(names)))
            for name in sorted(names):
                self._audit.write_in(connection, by, "name accepted", name, {})
