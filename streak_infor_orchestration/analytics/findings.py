"""Asks the rules of the tables there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.rules import FindingRule
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.domain.shown import visible

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHOWN = 10
SETTLING = timedelta(minutes=15)
"""Tables are read one after the other: what changed in between is in one and not yet in the other, and no defect."""


@dataclass(frozen=True)
class Finding:
    """`broken` records, the first few `shown`. `unread`: tables that were not read yet, so that nothing is known."""

    broken: int
    shown: list[dict[str, str]]
    unread: list[str]

    @property
    def holds(self) -> bool:
        return not self.broken and not self.unread


class Inspection:
    """One look at the tables as they are; `now` by the clock of the process."""

    def __init__(self, warehouse: Warehouse, connection: "DuckDBPyConnection", now: datetime) -> None:
        self._warehouse = warehouse
        self._connection = connection
        self._settled = quoted((now - SETTLING).isoformat())

    def ask(self, rule: FindingRule) -> Finding:
        """The records that break the rule."""
        handles = {name: self._warehouse.handle_of(name) for name in (rule.table, *rule.needs)}
        unread = [name for name, handle in handles.items() if handle is None]
        if unread:
            return Finding(0, [], unread)
        for name, handle in handles.items():
            assert handle is not None
            source = f"read_parquet({quoted(handle.local())})"
            only = f'WHERE "{handle.table.changed}" < {self._settled}' if name in rule.settled else ""
            self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('/')[0]}")
            self._connection.execute(f"CREATE OR REPLACE VIEW {handle.table.view} AS FROM {source} {only}")
        question = f"SELECT *, count(*) OVER () AS broken FROM ({rule.sql}) LIMIT {SHOWN}"
        found = self._connection.execute(question)
        names, rows = [column[0] for column in found.description or ()], found.fetchall()
        shown = [
            {name: visible(str(value)) for name, value in zip(names[:-1], row[:-1], strict=True)}
            for row in rows
        ]
        return Finding(int(rows[0][-1]) if rows else 0, shown, [])

    def recall(self, table: str, name: str) -> Finding:
        """One of `EVERYWHERE`: what was found when the table was last merged."""
        handle = self._warehouse.handle_of(table)
        if handle is None:
            return Finding(0, [], [table])
        facts = handle.facts(self._connection)
        if name == "each_key_once":
            return Finding(facts["contradictions"], [], [])
        return Finding(facts["rows_before"] if not facts["rows"] else 0, [], [])


@contextmanager
def inspection(warehouse: Warehouse, now: datetime) -> Iterator[Inspection]:
    with engine(warehouse.work) as connection:
        yield Inspection(warehouse, connection, now)
