"""`streak-infor sync deal KEY`: the same stages as a run, in the foreground."""

import sys
import uuid

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.domain.shown import on_one_line
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
    """Read both sides of these deals and do what is missing.

    Exit code 1 when one needs attention, else with --dry-run 2 when something would be done.
    """
    ports = wiring().ports
    if not dry_run:
        enqueue(ports, box_keys)
    batch = run(_batch(box_keys, dry_run), ports)
    well = _tell(box_keys, batch)
    ports.close()
    sys.exit(_exit_code(batch, well=well))


@command.command()
@click.argument("link_keys", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be done; writes nowhere.")
def customer(link_keys: tuple[str, ...], dry_run: bool) -> None:
    """The same for organizations and contacts, written organization:KEY or contact:KEY."""
    from streak_infor_orchestration.sync import customer_stages

    ports = wiring().ports
    if not dry_run:
        enqueue(ports, link_keys, kind=customer_stages.KIND)
    batch = customer_stages.run(_batch(link_keys, dry_run), ports)
    well = _tell(link_keys, batch)
    ports.close()
    sys.exit(_exit_code(batch, well=well))


def _batch(keys: tuple[str, ...], dry_run: bool) -> Batch:
    return Batch(
        run_id=f"cli-{uuid.uuid4()}",
        limit=len(keys),
        only=keys,
        lanes=("live", "manual", "bulk"),
        dry_run=dry_run,
    )


def _exit_code(batch: Batch, *, well: bool) -> int:
    """A dry run's trail is what would be done; a remark about what is short is one of it."""
    would = batch.dry_run and any(work.trail for work in batch.items)
    return 1 if not well else 2 if would else 0


def _tell(keys: tuple[str, ...], batch: Batch) -> bool:
    """Whether none needs attention."""
    worked = {work.claim.key: work for work in batch.items}
    well = [_say(key, worked.get(key)) for key in keys]  # all are told of, well or not
    return all(well)


def _say(key: str, work: Work | None) -> bool:
    if work is None:
        say(f"{key}: another run is working on it, or its system is paused")
        return False
    say(f"{key}: {on_one_line(work.name) or 'nothing by that key'}")
    for step in work.trail:
        say(f"  {on_one_line(step)}")
    if work.verdict is None:
        say("  in step" if not work.trail else "  done")
        return True
    say(f"  {work.verdict.status.value}: {work.verdict.reason}")
    for problem in work.verdict.problems:
        value = f" = {problem.value!r}" if problem.value else ""
        where = f"{problem.where}{value}: " if problem.where else ""
        rule = f" ({problem.rule})" if problem.rule else ""
        say(f"  - {on_one_line(f'{where}{problem.message} {problem.fix}{rule}')}")
    return work.verdict.status in _WELL
