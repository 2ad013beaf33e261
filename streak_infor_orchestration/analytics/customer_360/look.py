"""A customer as people look at one: for the terminal and for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.warehouse import Warehouse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
NEWEST = 50
FOUND = 20


@dataclass(frozen=True)
class CustomerView:
    """`row` is that of analytics/customer_360; `timeline` its newest entries, newest first; `orders` the rows of
    analytics/order_to_cash, newest first; `contacts` those of analytics/contact_360."""

    row: Row
    timeline: Sequence[Row]
    orders: Sequence[Row]
    contacts: Sequence[Row]


def find(warehouse: Warehouse, words: str) -> list[Row]:
    """Customers by their key or a link key, else by name: that of which each word is a part. The first `FOUND`, by
    name."""
    with engine(warehouse.work) as connection:
        _views(warehouse, connection, "customer_360")
        named = "customer_key = $words OR customer_id = $words OR party = $words OR split_part(party, ':', 2) = $words"
        rows = _rows(connection, f"FROM customer_360 WHERE {named}", words=words)
        if rows or not words.split():
            return rows
        parts = " AND ".join(f"contains(lower(name), lower({quoted(word)}))" for word in words.split())
        return _rows(connection, f"FROM customer_360 WHERE {parts} ORDER BY name, customer_key LIMIT {FOUND}")


def look_at(warehouse: Warehouse, row: Row, *, newest: int = NEWEST) -> CustomerView:
    """All of the customer of this row."""
    key = row["customer_key"]
    with engine(warehouse.work) as connection:
        _views(warehouse, connection, "customer_timeline", "order_to_cash", "contact_360")
        return CustomerView(
            row,
            _rows(
                connection,
                f'FROM customer_timeline WHERE customer_key = $key ORDER BY "at" DESC, record_id LIMIT {newest}',
                key=key,
            ),
            _rows(
                connection,
                f"FROM order_to_cash WHERE customer_id = $key ORDER BY order_date DESC, order_id LIMIT {newest}",
                key=key,
            ),
            _rows(connection, "FROM contact_360 WHERE list_contains(customers, $key) ORDER BY name", key=key),
        )


def _views(warehouse: Warehouse, connection: "DuckDBPyConnection", *names: str) -> None:
    for name in names:
        warehouse.needed(f"analytics/{name}").relation(connection).create_view(name)


def _rows(connection: "DuckDBPyConnection", question: str, **values: str) -> list[Row]:
    found = connection.execute(question, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
