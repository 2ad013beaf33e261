"""`streak-infor customer`: all about one customer, over both systems."""

import sys
from typing import TYPE_CHECKING

import click
from rich.table import Table

from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.tables import FRESH, amount, shown, worked_out

if TYPE_CHECKING:
    from streak_infor_orchestration.analytics.customer_360.look import CustomerView


@click.command()
@click.argument("key_or_name")
@click.option("--newest", default=20, show_default=True, help="Entries of the timeline.")
@FRESH
def command(key_or_name: str, newest: int, fresh: bool) -> None:
    """One customer: who they are in both systems, what they ordered, owe and were told. By customer number, by a key
    of Streak's, or by words of the name."""
    from streak_infor_orchestration.analytics.customer_360.look import find, look_at

    parts, screen = worked_out("order_to_cash", "customer_360", fresh=fresh), Screen()
    found = find(parts.warehouse, key_or_name)
    if len(found) == 1:
        view = look_at(parts.warehouse, found[0], newest=newest)
        _row(view, screen)
        _lists(view, screen)
        return
    if not found:
        screen.print(f"no customer is called {key_or_name}", style="yellow")
    several = Table("customer", "name", "in Streak", "orders")
    for row in found:
        several.add_row(row["customer_key"], row["name"], row["party"], str(row["orders"]))
    if found:
        screen.rows(several)
    sys.exit(1)


def _row(view: "CustomerView", screen: Screen) -> None:
    """The customer at a glance."""
    from streak_infor_orchestration.analytics.customer_360.look import AGES

    row, company = view.row, view.row["company_currency"]
    facts = Table("", "", title=row["name"] or row["customer_key"], show_header=False)
    for name, value in (
        ("in the ERP", " ".join(filter(None, (row["customer_id"], row["status"])))),
        ("in Streak", row["party"]),
        ("owner", row["owner"]),
        ("open deals", f"{row['open_deals']}, worth {amount(row['open_pipeline'], company)}"),
        ("orders", f"{row['orders']}, {row['open_orders']} open, {amount(row['ordered'], company)}"),
        ("invoiced", amount(row["invoiced"], company)),
        ("paid", amount(row["paid"], company)),
        ("balance", amount(row["balance"], company)),
        *((f"  {label}", amount(row[age], company)) for age, label in AGES.items() if row[age]),
        ("days to pay", shown(row["days_to_pay"], lambda days: f"{days:.1f}")),
        ("credit limit", shown(row["credit_limit"], lambda limit: amount(limit, row["currency"]))),
        ("last contact", shown(row["last_contact"], lambda at: f"{at:%Y-%m-%d %H:%M}")),
        ("last order", shown(row["last_order"])),
        ("next task", shown(row["next_task"], lambda at: f"{at:%Y-%m-%d} {row['next_task_text']}")),
        ("bought", ", ".join(row["products"])),
    ):
        if value:
            facts.add_row(name, value)
    screen.rows(facts)
    for risk in row["risks"]:
        screen.print(f"! {risk}", style="red", soft_wrap=True)


def _lists(view: "CustomerView", screen: Screen) -> None:
    if view.contacts:
        people = Table("contact", "name", "e-mail", "open deals", title="Contacts")
        for one in view.contacts:
            people.add_row(one["contact_key"], one["name"], ", ".join(one["emails"]), str(one["open_deals"]))
        screen.rows(people)
    if view.orders:
        orders = Table("order", "status", "ordered", "invoiced", "paid", "balance", title="Orders")
        for one in view.orders:
            sums = (amount(one[name], one["currency"]) for name in ("ordered", "invoiced", "paid", "balance"))
            orders.add_row(one["order_id"], one["status"], *sums)
        screen.rows(orders)
    timeline = Table("when", "system", "what", "amount", "", title="Timeline, newest first")
    for one in view.timeline:
        timeline.add_row(
            f"{one['at']:%Y-%m-%d %H:%M}",
            one["system"],
            one["what"].replace("_", " "),
            amount(one["amount"], one["currency"]),
            one["text"],
        )
    screen.rows(timeline)
