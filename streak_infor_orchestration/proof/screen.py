"""A campaign on the terminal: progress while it goes on, and its figures at the end."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from streak_infor_orchestration.proof.campaign import Campaign
from streak_infor_orchestration.proof.diary import Result, total
from streak_infor_orchestration.proof.report import write
from streak_infor_orchestration.proof.wrong import KINDS_OF_WRONG

SHOWN = 40
"""Findings printed at most; the report has all."""


def perform(
    campaign: Campaign, replay: int | None, console: Console, *, verbose: bool = False
) -> list[Result]:
    """All rounds of the campaign, or of `replay` only that one. Raises what a round raises."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[now]}"), console=console) as progress:
        if replay is not None:
            plan = campaign.replay(replay)
            task = progress.add_task(f"seed {replay}", total=1, now="")
            return [campaign.play(plan, _teller(progress, task, verbose=verbose))]
        done = campaign.done()
        task = progress.add_task("rounds", total=len(campaign.plans), completed=len(done), now="")
        for plan, result in campaign.rounds(_teller(progress, task, verbose=verbose)):
            progress.advance(task)
            progress.console.print(_line(plan.seed, result), soft_wrap=True)
    return campaign.done()


def conclude(results: list[Result], report: Path, console: Console) -> bool:
    """Prints the figures, writes the report; whether everything is at zero."""
    for finding in [finding for result in results for finding in result.findings][:SHOWN]:
        console.print(f"✗ {finding}", style="red", markup=False, soft_wrap=True)
    table = Table("", "", box=None, show_header=False)
    table.add_row("deals", f"{sum(r.deals for r in results)} in {sum(r.steps for r in results)} steps")
    made = (sum(getattr(r, what) for r in results) for what in ("orders", "invoices", "customers"))
    table.add_row("in the ERP", "{} orders, {} invoices, {} customers".format(*made))
    table.add_row("writes", f"{sum(r.sent_again for r in results)} were sent more than once")
    for what in ("kills", "stops", "faults"):
        sums = total(results, what)
        table.add_row(f"{sums.total()} {what}", ", ".join(f"{n} {name}" for name, n in sums.items()))
    table.add_row("seeds", ", ".join(str(r.seed) for r in results))
    table.add_row("time", "; ".join(_times(r) for r in results))
    console.print(table)
    wrong = total(results, "wrong")
    good = all(result.is_good for result in results)
    verdict = ", ".join(f"{wrong[kind]} {kind}" for kind in KINDS_OF_WRONG)
    console.print(f"{'✓' if good else '✗'} {verdict}", style="bold green" if good else "bold red")
    write(results, report)
    console.print(f"report: {report}", soft_wrap=True)
    return good


def _teller(progress: Progress, task: TaskID, *, verbose: bool) -> Callable[[str], None]:
    def tell(line: str) -> None:
        if verbose:
            progress.console.print(line, style="dim", markup=False, highlight=False, soft_wrap=True)
        progress.update(task, now=line[:70])

    return tell


def _line(seed: int, result: Result) -> str:
    mark = "[green]✓[/]" if result.is_good else "[red]✗[/]"
    done = f"{result.deals} deals, {result.killed} kills, {len(result.findings)} wrong"
    return f"{mark} seed {seed}: {done}; {_times(result)}"


def _times(result: Result) -> str:
    return (
        f"start {result.starting:.0f} s, storm {result.storm:.0f} s, at rest after {result.convergence:.0f} s, "
        f"load {result.load}"
    )
