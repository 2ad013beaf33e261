"""`streak-infor preview`: the last deals through the mapping, nothing written."""

import sys
from pathlib import Path

import click
from rich.progress import Progress
from rich.table import Table

from streak_infor_orchestration.cli.say import say_json
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.onboarding.compare import Difference, changes, file_changes
from streak_infor_orchestration.onboarding.in_use import recall
from streak_infor_orchestration.onboarding.preview import Previewed, Prospect, last_deals, preview
from streak_infor_orchestration.onboarding.preview_page import preview_page, problems, summary, total
from streak_infor_orchestration.wiring import Wiring, wiring

_STYLES = {Prospect.ORDER: "green", Prospect.PROBLEM: "red"}


@click.command()
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 5000), help="So many deals.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Another integration.yaml; else the one `up` last ran with here.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page to this file.")
def command(last: int, against: Path | None, as_json: bool, html: Path | None) -> None:
    """Show what the pipeline's last deals would become: orders, problems, money, and what a changed file changes.

    Nothing is written, to neither system nor the ledger. Exit code 1 when a deal that should be ordered cannot be,
    else 2 when --against is given and a deal would become anything else than by that file.
    """
    parts = wiring()
    other = FORMAT.load(against) if against else recall(parts.settings)
    console = Screen(stderr=as_json)
    now, before = _look(parts, other, last, console)
    changed = changes(before, now) if before else ()
    in_file = file_changes(other, parts.config) if other else ()
    if as_json:
        say_json(_document(now, changed, in_file))
    else:
        _print(now, changed, in_file, console, compared=other is not None)
    if html:
        html.write_text(
            preview_page(
                now, changed, in_file, f"{parts.config.streak.pipeline}: the last {len(now.rows)} deals"
            ),
            encoding="utf-8",
        )
    sys.exit(1 if now.count(Prospect.PROBLEM) else 2 if against and changed else 0)


def _look(
    parts: Wiring, other: Integration | None, last: int, console: Screen
) -> tuple[Previewed, Previewed | None]:
    boxes = last_deals(parts, last)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("deals", total=len(boxes) * (2 if other else 1))
        now = preview(parts, parts.config, boxes, lambda n: progress.advance(task, n))
        before = preview(parts, other, boxes, lambda n: progress.advance(task, n)) if other else None
    return now, before


def _document(now: Previewed, changed: tuple[Difference, ...], in_file: tuple[str, ...]) -> dict[str, object]:
    return {
        "deals": [
            {
                "key": row.key,
                "name": row.name,
                "stage": row.stage,
                "standing": row.standing.value,
                "customer": row.customer,
                "order": row.draft.model_dump(mode="json") if row.draft else None,
                "total": str(row.draft.total) if row.draft else None,
                "problems": [problem.model_dump(mode="json") for problem in row.problems],
                "reason": row.reason,
            }
            for row in now.rows
        ],
        "money": {
            standing.value: {code: str(amount) for code, amount in now.money(standing).items()}
            for standing in (Prospect.ORDER, Prospect.NOT_YET)
        },
        "changes": [vars(change) for change in changed],
        "file_changes": list(in_file),
    }


def _print(
    now: Previewed,
    changed: tuple[Difference, ...],
    in_file: tuple[str, ...],
    console: Screen,
    *,
    compared: bool,
) -> None:
    table = Table("deal", "key", "stage", "", "customer", "lines", "total", "problems", box=None)
    table.columns[6].justify = "right"
    for row in now.rows:
        lines = str(len(row.draft.lines)) if row.draft else ""
        style = _STYLES.get(row.standing, "dim")
        told = "\n".join(problems(row))
        cells = (row.name, row.key, row.stage, row.standing.value, row.customer, lines, total(row), told)
        table.add_row(*cells, style=style)
    console.rows(table)
    console.print(f"\n{summary(now)} Nothing was written.")
    if not compared:
        return
    if not in_file:
        console.print("The file says what the mapping says that runs now.")
        return
    console.print("\nAgainst the mapping that runs now:")
    for line in in_file:
        console.print(f"  {line}", style="red" if line[0] == "-" else "green")
    if not changed:
        console.print("No deal looked at becomes anything else by it.")
        return
    differences = Table("deal", "key", "what", "now", "then", box=None)
    for change in changed:
        differences.add_row(change.name, change.key, change.field, change.before, change.after)
    console.rows(differences)
