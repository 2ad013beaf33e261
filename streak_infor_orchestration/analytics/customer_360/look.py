"""A customer as people look at one: for the terminal and for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.analytics.engine import asked, engine, quoted
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
    if not words.strip():
        return []
    with engine(warehouse.work) as connection:
        _views(warehouse, connection, "customer_360")
        named = "customer_key = $words OR customer_id = $words OR party = $words OR split_part(party, ':', 2) = $words"
        rows = asked(connection, f"FROM customer_360 WHERE {named}", words=words)
        if rows:
            return rows
        parts = " AND ".join(f"contains(lower(name), lower({quoted(word)}))" for word in words.split())
        return asked(connection, f"FROM customer_360 WHERE {parts} ORDER BY name, customer_key LIMIT {FOUND}")


def look_at(warehouse: Warehouse, row: Row, *, newest: int = NEWEST) -> CustomerView:
    """All of the customer of this row."""
    key = row["customer_key"]
    with engine(warehouse.work) as connection:
        _views(warehouse, connection, "customer_timeline", "order_to_cash", "contact_360")
        return CustomerView(
            row,
            asked(
                connection,
                f'FROM customer_timeline WHERE customer_key = $key ORDER BY "at" DESC, record_id LIMIT {newest}',
                key=key,
            ),
            asked(
                connection,
                f"FROM order_to_cash WHERE customer_id = $key ORDER BY order_date DESC, order_id LIMIT {newest}",
                key=key,
            ),
            asked(connection, "FROM contact_360 WHERE list_contains(customers, $key) ORDER BY name", key=key),
        )


def _views(warehouse: Warehouse, connection: "DuckDBPyConnection", *names: str) -> None:
    for name in names:
        warehouse.needed(f"analytics/{name}").relation(connection).create_view(name)


AGES = {
    "not_due": "not due yet",
    "overdue_30": "up to 30 days",
    "overdue_60": "31 to 60 days",
    "overdue_90": "61 to 90 days",
    "overdue_older": "more than 90 days",
}
"""Columns of analytics/customer_360, in words."""


@dataclass(frozen=True)
class Owing:
    """What all customers owe, by age, in the company's currency; `first` the rows of those who owe most."""

    customers: int
    at_risk: int
    ages: dict[str, Decimal]
    first: Sequence[Row]


def owing(warehouse: Warehouse) -> Owing:
    sums = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in AGES)
    with engine(warehouse.work) as connection:
        _views(warehouse, connection, "customer_360")
        (row,) = asked(
            connection,
            f"SELECT count(*) AS customers, count(*) FILTER (len(risks) > 0) AS at_risk, {sums} FROM customer_360",
        )
        first = asked(
            connection,
            f"FROM customer_360 WHERE balance > 0 ORDER BY balance DESC, customer_key LIMIT {FOUND}",
        )
    return Owing(row["customers"], row["at_risk"], {name: row[name] for name in AGES}, first)
