"""`streak-infor amounts`: every cent from the deal to the bank, and the cause of each difference."""

import sys
from typing import Any

import click
from rich.table import Table

from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.tables import FRESH, amount, worked_out

_STYLES = {"amount": "bold", "unexplained": "red"}


@click.command()
@click.argument("key", required=False)
@FRESH
def command(key: str | None, fresh: bool) -> None:
    """What the orders come to, by currency, and which amounts have no cause; with KEY the steps of one order, or of the
    orders of one deal. Ends with 1 where a cent has no cause."""
    from streak_infor_orchestration.analytics.order_to_cash.look import explained, order_amounts

    parts, screen = worked_out("order_to_cash", fresh=fresh), Screen()
    if key is not None:
        rows = order_amounts(parts.warehouse, key)
        if not rows:
            screen.print(f"no order and no deal {key} in the tables", style="yellow")
            sys.exit(1)
        for row in rows:
            _steps(row, screen)
        sys.exit(any(row["unexplained"] for row in rows))
    told = explained(parts.warehouse)
    sums = Table(
        "currency", "orders", "ordered", "invoiced", "credited", "paid", "balance", "without a cause"
    )
    for row in told.currencies:
        names = ("ordered", "invoiced", "credited", "paid", "balance", "unexplained")
        sums.add_row(
            row["currency"], str(row["orders"]), *(amount(row[name], row["currency"]) for name in names)
        )
    screen.rows(sums)
    if not told.unexplained:
        screen.print(f"{told.orders} orders, every cent has a cause", style="green")
        return
    screen.print(f"{told.unexplained} of {told.orders} orders have amounts without a cause", style="red")
    wrong = Table("order", "deal", "without a cause")
    for row in told.first:
        wrong.add_row(row["order_id"], row["box_key"], amount(row["unexplained"], row["currency"]))
    screen.rows(wrong)
    sys.exit(1)


def _steps(row: dict[str, Any], screen: Screen) -> None:
    from streak_infor_orchestration.analytics.order_to_cash.look import steps_of

    steps = Table(
        "", "amount", title=f"Order {row['order_id']} of customer {row['customer_id']}, {row['status']}"
    )
    for what, value, kind in steps_of(row):
        indent = "" if kind == "amount" else "  "
        steps.add_row(
            indent + what, amount(value, row["currency"]) or "no deal asked", style=_STYLES.get(kind)
        )
    screen.rows(steps)
