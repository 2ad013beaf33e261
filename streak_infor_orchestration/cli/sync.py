"""`streak-infor sync deal KEY`: the same phases as a run, in the foreground."""

import getpass
import sys
import uuid
from typing import NoReturn

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.shown import on_one_line
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.desk.asked import ask
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.rows import CUSTOMERS, ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration.wiring import wiring

_NOT_READ = (Status.WAITING, Status.RETRY)


@click.group()
def command() -> None:
    """Look at one record now, in the foreground."""


@command.command()
@click.argument("box_keys", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be done; writes nowhere.")
def deal(box_keys: tuple[str, ...], dry_run: bool) -> None:
    """Read both sides of these deals and do what is missing.

    Exit code 1 when one is not in step then: it needs attention, or waits, or no deal has its key. Else with --dry-run
    2 when something would be done.
    """
    ports = wiring().ports
    strange = frozenset(key for key in box_keys if not _is_known(key, ports.store))
    _look(ORDER_TO_CASH, ports, box_keys, dry_run, strange)


@command.command()
@click.argument("link_keys", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be done; writes nowhere.")
def customer(link_keys: tuple[str, ...], dry_run: bool) -> None:
    """The same for organizations and contacts, written organization:KEY or contact:KEY."""
    _look(CUSTOMERS, wiring().ports, link_keys, dry_run)


def _look(
    row: Row, ports: Ports, keys: tuple[str, ...], dry_run: bool, strange: frozenset[str] = frozenset()
) -> NoReturn:
    """`strange`: keys that nobody has heard of."""
    if not dry_run:
        ask(row, keys, actor=getpass.getuser(), ports=ports)
    batch = row.run(_batch(keys, dry_run), ports)
    well = _tell(keys, batch, strange)
    ports.close()
    sys.exit(_exit_code(batch, well=well))


def _batch(keys: tuple[str, ...], dry_run: bool) -> Batch:
    return Batch(
        run_id=f"cli-{uuid.uuid4()}",
        limit=len(keys),
        only=keys,
        lanes=("live", "manual", "bulk"),
        dry_run=dry_run,
        foreground=True,
    )


def _is_known(box_key: str, store: Store) -> bool:
    """Whether there ever was such a deal, as far as the ledger remembers: somebody told of it, or it was read."""
    return (
        store.inbox.pending(Kind.DEAL, box_key) is not None
        or store.links.erp_key("order", box_key) is not None
        or any(outcome.summary.get("name") for outcome in store.outcomes.of(Kind.DEAL, box_key))
    )


def _exit_code(batch: Batch, *, well: bool) -> int:
    """A dry run's trail is what would be done; a remark about what is short is one of it."""
    would = batch.dry_run and any(work.trail for work in batch.items)
    return 1 if not well else 2 if would else 0


def _tell(keys: tuple[str, ...], batch: Batch, strange: frozenset[str]) -> bool:
    """Whether all are in step."""
    worked = {work.claim.key: work for work in batch.items}
    well = [_say(key, worked.get(key), strange) for key in keys]  # all are told of, well or not
    return all(well)


def _say(key: str, work: Work | None, strange: frozenset[str]) -> bool:
    if work is None:
        say(f"{key}: another run is working on it, or its system is paused")
        return False
    if key in strange and work.verdict is not None and work.verdict.gone:
        say(f"no deal has the key {key}; copy it from what `streak-infor preview` lists")
        return False
    say(f"{key}: {_headline(work)}")
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
    return work.verdict.status is Status.CONVERGED


def _headline(work: Work) -> str:
    """Its name. That there is none is said where that was asked and answered only."""
    if work.box is not None or work.customer is not None:
        return on_one_line(work.name) or "(without a name)"
    verdict = work.verdict
    if verdict is not None and (verdict.error is not None or verdict.status in _NOT_READ):
        return "could not be read"
    return "nothing by that key"
