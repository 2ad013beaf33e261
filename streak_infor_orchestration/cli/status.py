"""`streak-infor status`: the ledger at a glance."""

from datetime import datetime

import click
from rich.table import Table

from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.left_out import KIND as LEFT_OUT
from streak_infor_orchestration.ledger.pauses import Paused
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.desk.story import Story, story
from streak_infor_orchestration.sync.ports.names import CONFIGURATION
from streak_infor_orchestration.wiring import wiring

_OPEN = {
    Kind.DEAL: "deals wait for a person",
    Kind.CUSTOMER: "customers wait for a person",
    CONFIGURATION: "names of the configuration wait for an administrator",
    LEFT_OUT: "records that are left out wait to be corrected in their system",
}
"""What the open dead letters of a kind are."""


@click.command()
@click.argument("box_key", required=False)
def command(box_key: str | None) -> None:
    """What waits, what is stuck, what is paused; with BOX_KEY the story of one deal."""
    store = begun(wiring()).store
    console = Screen()
    if box_key:
        _deal(story(store, box_key), console)
    else:
        show(store, console)
    store.close()


def show(store: Store, console: Screen) -> None:
    backlog = Table("records", "lane", "waiting", "due", "being worked on", title="Inbox")
    for row in store.inbox.counts():
        backlog.add_row(row.kind, row.lane, str(row.waiting), str(row.due), str(row.leased))
    console.rows(backlog)
    console.print(f"oldest due live record waits {store.inbox.lag():.0f} s; {store.links.count()} links")
    for paused in store.pauses.all():
        console.print(_told(paused, store.clock.now()), style="yellow", soft_wrap=True)
    unsettled = store.effects.unsettled()
    if unsettled:
        writes = Table(
            "write",
            "state",
            "age",
            "next probe",
            title="Writes without an answer, or to be verified",
        )
        now = store.clock.now()
        for effect in unsettled:
            age = f"{(now - effect.sent_at).total_seconds():.0f} s" if effect.sent_at else ""
            looked_for = f"in {(effect.next_look - now).total_seconds():.0f} s" if effect.next_look else ""
            writes.add_row(effect.key, effect.state, age, looked_for)
        console.rows(writes)
    for (system, entity), count in sorted(store.left_out.counts().items()):
        console.print(f"{count} of {system}'s {entity} cannot be read and are left out", style="red")
    for kind, count in sorted(store.dead_letters.counts().items()):
        console.print(f"{count} {_OPEN[kind]}: streak-infor dead-letters list", style="red", soft_wrap=True)


def _told(paused: Paused, now: datetime) -> str:
    if paused.until == paused.since:
        return f"{paused.system} is stopped: {paused.reason}"
    if paused.is_over(now):
        return f"{paused.system} is to be tried with the next record; when it was tried last: {paused.reason}"
    return f"{paused.system} is paused until {paused.until:%H:%M:%S} UTC: {paused.reason}"


def _deal(told: Story, console: Screen) -> None:
    console.print(f"{told.name or 'deal'} {told.box_key}: order {told.order or 'none'}", soft_wrap=True)
    for reason in told.letter.reasons if told.letter else ():
        console.print(f"waits for a person: {reason}", style="red", soft_wrap=True)
    runs = Table("finished", "status", "run", "what", title="Runs, newest first")
    for outcome in told.outcomes:
        what = "; ".join(outcome.summary.get("trail", [])) or outcome.summary.get("reason", "")
        runs.add_row(f"{outcome.finished_at:%Y-%m-%d %H:%M:%S}", outcome.status, outcome.run_id, what)
    console.rows(runs)
    writes = Table("write", "state", "attempt", "record", title="Writes")
    for effect in told.effects:
        writes.add_row(effect.key, effect.state, str(effect.attempt), effect.external_id or "")
    console.rows(writes)
