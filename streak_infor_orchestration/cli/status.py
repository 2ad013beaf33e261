"""`streak-infor status`: the ledger at a glance."""

import click
from rich.table import Table

from streak_infor_orchestration.cli.screen import Screen, key_column
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.argument("box_key", required=False)
def command(box_key: str | None) -> None:
    """What waits, what is stuck, what is paused; with BOX_KEY the story of one deal."""
    store = begun(wiring()).store
    console = Screen()
    if box_key:
        _deal(store, box_key, console)
    else:
        show(store, console)
    store.close()


def show(store: Store, console: Screen) -> None:
    backlog = Table("records", "lane", "waiting", "due", "being worked on", title="Inbox")
    for row in store.inbox.counts():
        backlog.add_row(row.kind, row.lane, str(row.waiting), str(row.due), str(row.leased))
    console.print(backlog)
    console.print(f"oldest due live record waits {store.inbox.lag():.0f} s; {store.links.count()} links")
    for paused in store.pauses.all():
        console.print(
            f"{paused.system} is paused until {paused.until:%H:%M:%S} UTC: {paused.reason}", style="yellow"
        )
    unsettled = store.effects.unsettled()
    if unsettled:
        writes = Table(
            key_column("write"),
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
        console.print(writes)
    for (system, entity), count in sorted(store.left_out.counts().items()):
        console.print(f"{count} of {system}'s {entity} cannot be read and are left out", style="red")
    waiting = store.dead_letters.count_open()
    if waiting:
        console.print(f"{waiting} deals wait for a person: streak-infor dead-letters list", style="red")


def _deal(store: Store, box_key: str, console: Screen) -> None:
    order = store.links.erp_key("order", box_key)
    outcomes = store.outcomes.of("deal", box_key)
    name = next((outcome.summary["name"] for outcome in outcomes if outcome.summary.get("name")), "")
    console.print(f"{name or 'deal'} {box_key}: order {order or 'none'}")
    letter = store.dead_letters.of("deal", box_key)
    for reason in letter.reasons if letter else ():
        console.print(f"waits for a person: {reason}", style="red")
    runs = Table("finished", "status", "run", "what", title="Runs, newest first")
    for outcome in outcomes:
        what = "; ".join(outcome.summary.get("trail", [])) or outcome.summary.get("reason", "")
        runs.add_row(f"{outcome.finished_at:%Y-%m-%d %H:%M:%S}", outcome.status, outcome.run_id, what)
    console.print(runs)
    writes = Table(key_column("write"), "state", "attempt", "record", title="Writes")
    for effect in store.effects.of(box_key):
        writes.add_row(effect.key, effect.state, str(effect.attempt), effect.external_id or "")
    console.print(writes)
