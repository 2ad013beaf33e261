"""`streak-infor recover`: after the ledger was restored from a backup, or lost."""

import getpass
import sys

import click
from filelock import FileLock, Timeout

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.sync.desk.recover import recover
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.option("--lost", is_flag=True, help="There is no ledger any more: begin a new one.")
def command(lost: bool) -> None:
    """Rebuild the links from the ERP's external references, before anything is written. Stop `up` first."""
    parts = wiring() if lost else begun(wiring(), "; if it was lost, say --lost")
    lock = FileLock(Folders(parts.state_dir.resolve()).lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise click.ClickException("the stack is running on this state folder; stop it first") from None
    with lock:
        found = recover(actor=getpass.getuser(), ports=parts.ports)
    say(f"{found.deals} deals read, {found.known} links were known, {found.added} added")
    say("every deal is due; from now on every write is looked for before it is made")
    for conflict in found.conflicts:
        say(f"a person has to look: {conflict}", err=True)
    parts.ports.close()
    sys.exit(1 if found.conflicts else 0)
