"""`streak-infor sync deal KEY`: the same stages as a run, in the foreground."""

import sys
import uuid

import click

from streak_infor_orchestration.sync.claim import enqueue
from streak_infor_orchestration.sync.stages import run
from streak_infor_orchestration.sync.work import Batch, Status, Work
from streak_infor_orchestration.wiring import wiring

_WELL = (Status.CONVERGED, Status.WAITING)


@click.group()
def command() -> None:
    """Look at one record now, in the foreground."""


@command.command()
@click.argument("box_keys", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be done; writes nowhere.")
def deal(box_keys: tuple[str, ...], dry_run: bool) -> None:
    """Read both sides of these deals and do what is missing. Exit code 1 when one needs attention."""
    ports = wiring().ports
    if not dry_run:
        enqueue(ports, box_keys)
    well = _tell(box_keys, run(_batch(box_keys, dry_run), ports))
    ports.close()
    sys.exit(0 if well else 1)


@command.command()
@click.argument("link_keys", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be done; writes nowhere.")
def customer(link_keys: tuple[str, ...], dry_run: bool) -> None:
    """The same for organizations and contacts, written organization:KEY or contact:KEY."""
    from streak_infor_orchestration.sync import customer_stages

    ports = wiring().ports
    if not dry_run:
        enqueue(ports, link_keys, kind=customer_stages.KIND)
    well = _tell(link_keys, customer_stages.run(_batch(link_keys, dry_run), ports))
    ports.close()
    sys.exit(0 if well else 1)


def _batch(keys: tuple[str, ...], dry_run: bool) -> Batch:
    return Batch(
        run_id=f"cli-{uuid.uuid4()}",
        limit=len(keys),
        only=keys,
        lanes=("live", "manual", "bulk"),
        dry_run=dry_run,
    )


def _tell(keys: tuple[str, ...], batch: Batch) -> bool:
    """Whether none needs attention."""
    worked = {work.claim.key: work for work in batch.items}
    well = [_say(key, worked.get(key)) for key in keys]  # all are told of, well or not
    return all(well)


def _say(key: str, work: Work | None) -> bool:
    if work is None:
        click.echo(f"{key}: another run is working on it, or its system is paused")
        return False
    name = work.customer.name if work.customer else work.box.name if work.box else ""
    click.echo(f"{key}: {name or 'nothing by that key'}")
    for step in work.trail:
        click.echo(f"  {step}")
    if work.verdict is None:
        click.echo("  in step" if not work.trail else "  done")
        return True
    click.echo(f"  {work.verdict.status.value}: {work.verdict.reason}")
    for problem in work.verdict.problems:
        where = f"{problem.field} = {problem.value!r}: " if problem.field else ""
        rule = f" ({problem.rule})" if problem.rule else ""
        click.echo(f"  - {where}{problem.message} {problem.fix}{rule}")
    return work.verdict.status in _WELL
