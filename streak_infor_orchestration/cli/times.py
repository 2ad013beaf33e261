"""`streak-infor times`: how long it takes from a won deal to the money, before and after."""

from datetime import datetime

import click
from rich.table import Table

from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.tables import FRESH, worked_out


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day from which on orders are compared with those before; without it: ours with those typed by hand.",
)
@FRESH
def command(since: datetime | None, fresh: bool) -> None:
    """How long each step took, by week; and how much shorter it got."""
    from streak_infor_orchestration.analytics.times.compare import (
        Pace,
        before_and_after,
        by_hand_and_not,
        by_week,
    )

    parts, screen = worked_out("times", fresh=fresh), Screen()
    for step, weeks in by_week(parts.warehouse).items():
        table = Table("week", "median", "orders", title=step)
        for week, hours, orders in weeks:
            table.add_row(week, _took(hours), str(orders))
        screen.rows(table)
    first, second = ("typed by hand", "ours") if since is None else (f"before {since:%Y-%m-%d}", "since then")
    lots = (
        by_hand_and_not(parts.warehouse) if since is None else before_and_after(parts.warehouse, since.date())
    )
    compared = Table("step", first, second, "change", title="Median time (nine of ten took no longer)")

    def told(pace: Pace | None) -> str:
        return f"{_took(pace.median)} ({_took(pace.p90)}) of {pace.orders}" if pace else ""

    for one in lots:
        change = "" if one.change is None else f"{one.change:+.0%}"
        compared.add_row(one.step, told(one.first), told(one.second), change)
    screen.rows(compared)


def _took(hours: float) -> str:
    """In the unit that says most."""
    if hours < 1:
        return f"{hours * 60:.0f} min" if hours >= 1 / 60 else f"{hours * 3600:.1f} s"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"
