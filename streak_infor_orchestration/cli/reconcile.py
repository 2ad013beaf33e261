"""`streak-infor reconcile`: do both systems agree?"""

import sys
from datetime import UTC, datetime

import click
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from streak_infor_orchestration.cli.say import say_json
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.sync.reconcile.kept import drift_delta, row
from streak_infor_orchestration.sync.reconcile.reconcile import (
    TABLES,
    FoundDrift,
    Reconciled,
    Whose,
    reconcile,
)
from streak_infor_orchestration.sync.tables.tables import publish
from streak_infor_orchestration.sync.tables.working_out import read_anew
from streak_infor_orchestration.wiring import Wiring, wiring

_STYLES = {Whose.INBOX: "green", Whose.WAITING: "dim", Whose.PERSON: "red"}
_WHOSE = {
    Whose.INBOX: "is looked at once more",
    Whose.WAITING: "waits for its turn",
    Whose.PERSON: "needs a person",
}


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Only what changed since, in UTC; else everything.",
)
@click.option("--heal", is_flag=True, help="Have each record that disagrees looked at once more.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(since: datetime | None, heal: bool, as_json: bool) -> None:
    """Compare all that both systems have, and read again what seems to disagree.

    Without --heal nothing is changed. Exit code 0 when both are in step, 1 when they disagree.
    """
    parts = begun(wiring())
    console = Screen(stderr=as_json)
    made = _reconciled(parts, since.replace(tzinfo=UTC) if since else None, heal, console)
    if as_json:
        say_json(_document(made))
    else:
        _print(made, console)
    parts.ports.close()
    sys.exit(1 if made.drifts else 0)


def _reconciled(parts: Wiring, since: datetime | None, heal: bool, console: Screen) -> Reconciled:
    """By tables that are read first: what changed since they were read last."""
    ports, warehouse = parts.ports, parts.warehouse
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,.0f}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        for name, table in read_anew(ports, warehouse, TABLES):
            progress.update(task, description=f"{name} read", completed=table.rows)
        made = reconcile(
            ports,
            warehouse,
            whole=since is None,
            since=since,
            heal=heal,
            progress=lambda what, done: progress.update(task, description=what, completed=done),
        )
    publish(ports.store, warehouse, drift_delta(made, warehouse))
    return made


def _document(made: Reconciled) -> dict[str, object]:
    return {
        "at": made.at.isoformat(),
        "whole": made.whole,
        "compared": dict(made.compared),
        "under_way": made.unfinished,
        "not_readable": made.unread,
        "left_for_the_next_run": made.left,
        "drift": [row(found) for found in made.drifts],
    }


def _print(made: Reconciled, console: Screen) -> None:
    """Keys are long: where a row has no room it becomes a block of lines, and nothing is cut off."""
    if made.drifts:
        table = Table("what", "field", "in Streak", "in the ERP", "record", "", box=None)
        for found in made.drifts:
            table.add_row(*_cells(found), style=_STYLES[found.whose])
        console.rows(table)
    compared = ", ".join(f"{count:,} {entity}" for entity, count in made.compared.items())
    console.print(f"{compared} compared, both sides counted.", soft_wrap=True)
    for count, what in (
        (made.unfinished, "have something under way and were left alone"),
        (made.unread, "could not be read again now"),
        (made.left, "wait for the next run"),
    ):
        if count:
            console.print(f"{count:,} {what}", style="yellow", soft_wrap=True)
    if not made.drifts:
        console.print("Both systems are in step.", style="green")
        return
    healed = sum(found.whose is Whose.INBOX for found in made.drifts)
    waiting = sum(found.whose is Whose.WAITING for found in made.drifts)
    console.print(
        f"{len(made.drifts):,} disagree: {healed:,} are looked at once more, {waiting:,} wait"
        f"{' (--heal has them looked at)' if waiting and not healed else ''}, "
        f"{len(made.drifts) - healed - waiting:,} need a person",
        style="red",
        soft_wrap=True,
    )


def _cells(found: FoundDrift) -> tuple[str, ...]:
    drift = found.drift
    keys = " / ".join(filter(None, (drift.streak_key, drift.erp_key)))
    what = f"{drift.entity}: {drift.kind.value}"
    return what, drift.field, drift.streak, drift.infor, keys, _WHOSE[found.whose]
