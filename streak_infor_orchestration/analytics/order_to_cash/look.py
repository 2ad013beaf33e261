"""The amounts as people look at them: what the amounts come to by currency, what has no cause, one order."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.analytics.engine import engine
from streak_infor_orchestration.analytics.warehouse import Warehouse

Row = dict[str, Any]
SHOWN = 20

AMOUNTS = ("ordered", "invoiced", "credited", "paid", "balance")
CAUSES = {
    "ordered": ("quantity", "price", "discount", "rounding", "tax", "freight"),
    "invoiced": ("tax", "freight", "rounding"),
}
STILL = ("undelivered", "uninvoiced", "overdelivered", "cancelled")


@dataclass(frozen=True)
class Explained:
    """Sums by currency, of `AMOUNTS`, of each cause and of what has none; and the orders that have such, the first
    `SHOWN`. `orders` and `unexplained` count."""

    currencies: list[Row]
    first: list[Row]
    orders: int
    unexplained: int


def explained(warehouse: Warehouse) -> Explained:
    causes = [f"{step}_{cause}" for step, names in CAUSES.items() for cause in names]
    names = ("asked", *AMOUNTS, *causes, *STILL, "unexplained", "invoiced_fx", "paid_fx", "rounding_company")
    sums = ", ".join(f"sum({name}) AS {name}" for name in names)
    wrong = "unexplained <> 0 OR unexplained_company <> 0"
    with engine(warehouse.work) as connection:
        warehouse.needed("analytics/order_to_cash").relation(connection).create_view("amounts")
        found = connection.execute(
            f"SELECT currency, count(*) AS orders, {sums} FROM amounts GROUP BY currency ORDER BY orders DESC, currency"
        )
        columns = [column[0] for column in found.description or ()]
        currencies = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        (count,) = connection.execute(f"SELECT count(*) FROM amounts WHERE {wrong}").fetchall()[0]
        found = connection.execute(
            f"FROM amounts WHERE {wrong} ORDER BY unexplained DESC, order_id LIMIT {SHOWN}"
        )
        columns = [column[0] for column in found.description or ()]
        first = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return Explained(currencies, first, sum(row["orders"] for row in currencies), int(count))


def order_amounts(warehouse: Warehouse, key: str) -> list[Row]:
    """The amounts of the order with this number, or of the orders of this deal."""
    with engine(warehouse.work) as connection:
        warehouse.needed("analytics/order_to_cash").relation(connection).create_view("amounts")
        found = connection.execute(
            "FROM amounts WHERE order_id = $key OR box_key = $key ORDER BY order_id", {"key": key}
        )
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def steps_of(row: Row) -> list[tuple[str, Decimal | None, str]]:
    """One order from step to step, for people: what, amount, and the kind of line: amount, cause, or open."""
    lines: list[tuple[str, Decimal | None, str]] = [("asked by the deal", row["asked"], "amount")]
    lines += [(cause, row[f"ordered_{cause}"], "cause") for cause in CAUSES["ordered"]]
    lines += [
        ("without a cause", row["ordered_unexplained"], "unexplained"),
        ("ordered", row["ordered"], "amount"),
    ]
    lines += [(name, -row[name], "cause") for name in STILL]
    lines += [(f"{cause} of invoices", -row[f"invoiced_{cause}"], "cause") for cause in CAUSES["invoiced"]]
    lines += [
        ("without a cause", -row["invoiced_unexplained"], "unexplained"),
        ("invoiced", row["invoiced"], "amount"),
    ]
    lines += [("credited", -row["credited"], "cause"), ("paid", -row["paid"], "cause")]
    lines += [
        ("balance", row["balance"], "amount"),
        ("without a cause", row["balance_unexplained"], "unexplained"),
    ]
    return [line for line in lines if line[2] == "amount" or line[1]]
