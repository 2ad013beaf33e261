"""Tables that are worked out of others: which they need, and the questions in SQL that make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.exact import MACROS
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.analytics.warehouse import Published, Warehouse
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


MEMORY = "1GB"
"""At most: several tables are joined at once, and a part of each has to be there."""


@dataclass(frozen=True)
class Derivation:
    """`needs`: without one of these there is no answer; `takes`: without one of these it is as if it were empty. Each
    is a view by its name (`infor.invoices`). `steps` are statements, `results` the tables with the query for each.
    Both may ask for DuckDB's variables `company`, the company's currency, and `now`."""

    needs: tuple[str, ...]
    steps: tuple[str, ...]
    results: tuple[tuple[EntityTable, str], ...]
    takes: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return (*self.needs, *self.takes)


def derive(
    warehouse: Warehouse, derivation: Derivation, *, company: str, now: datetime
) -> dict[str, Published]:
    """Works the tables out and puts them in their places. Raises Misconfigured while a table that is needed was not
    read yet."""
    with engine(warehouse.work, MEMORY) as connection:
        as_views(warehouse, connection, derivation.needs, derivation.takes)
        for macro in MACROS:
            connection.execute(macro)
        connection.execute(f"SET VARIABLE company = {quoted(company)}")
        connection.execute(f"SET VARIABLE now = {quoted(now.isoformat())}::TIMESTAMP WITH TIME ZONE")
        for step in derivation.steps:
            connection.execute(step)
        return {
            table.name: warehouse.replace(connection, table, query) for table, query in derivation.results
        }


def as_views(
    warehouse: Warehouse, connection: "DuckDBPyConnection", needs: Sequence[str], takes: Sequence[str] = ()
) -> None:
    """The tables by their names, those that are only taken empty where they were not read. Raises Misconfigured while
    one that is needed was not."""
    unread: list[str] = []
    for name in (*needs, *takes):
        handle = warehouse.handle_of(name)
        table = warehouse.table_of(name)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.partition('/')[0]}")
        if handle is not None and handle.is_current(connection):
            connection.execute(f"CREATE VIEW {table.view} AS FROM read_parquet({quoted(handle.local())})")
        elif name in needs:
            unread.append(name)
        else:
            columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
            connection.execute(f"CREATE TABLE {table.view} ({columns})")
    if unread:
        raise Misconfigured(
            f"not read yet: {', '.join(unread)}", code=SetupCode.UNREAD_TABLE, value=", ".join(unread)
        )
