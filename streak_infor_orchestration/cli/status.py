"""`streak-infor status`: the ledger at a glance."""

import click
from rich.console import Console
from rich.table import Table

from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.argument("box_key", required=False)
def command(box_key: str | None) -> None:
    """What waits, what is stuck, what is paused; with BOX_KEY the story of one deal."""
    store = wiring().store
    console = Console()
    if box_key:
        _deal(store, box_key, console)
    else:
        show(store, console)
    store.close()


def show(store: Store, console: Console) -> None:
    backlog = Table("records", "lane", "waiting", "due", "being worked on", title="Inbox")
    for row in store.inbox.counts():
        backlog.add_row(row.kind, row.lane, str(row.waiting), str(row.due), str(row.leased))
    console.print(backlog)
    console.print(f"oldest due live record waits {store.inbox.lag():.0f} s; {store.links.count()} links")
    for paused in store.pauses.all():
        console.print(f"[yellow]{paused.system} is paused until {paused.until:%H:%M:%S} UTC: {paused.reason}")
    unsettled = store.effects.unsettled()
    if unsettled:
        writes = Table(
            "write", "state", "age", "next probe", title="Writes without an answer, or to be verified"
        )
        now = store.clock.now()
        for effect in unsettled:
            age = f"{(now - effect.sent_at).total_seconds():.0f} s" if effect.sent_at else ""
            looked_for = f"in {(effect.next_look - now).total_seconds():.0f} s" if effect.next_look else ""
            writes.add_row(effect.key, effect.state, age, looked_for)
        console.print(writes)
    for (system, entity), count in sorted(store.left_out.counts().items()):
        console.print(f"[red]{count} of {system}'s {entity} cannot be read and are left out")
    waiting = store.dead_letters.count_open()
    if waiting:
        console.print(f"[red]{waiting} deals wait for a person: streak-infor dead-letters list")


def _deal(store: Store, box_key: str, console: Console) -> None:
    order = store.links.erp_key("order", box_key)
    console.print(f"order {order or 'none'}")
    runs = Table("finished", "status", "run", "what", title="Runs, newest first")
    for outcome in store.outcomes.of("deal", box_key):
        what = "; ".join(outcome.summary.get("trail", [])) or outcome.summary.get("reason", "")
        runs.add_row(f"{outcome.finished_at:%Y-%m-%d %H:%M:%S}", outcome.status, outcome.run_id, what)
    console.print(runs)
    writes = Table("write", "state", "attempt", "record", title="Writes")
    for effect in store.effects.of(box_key):
        writes.add_row(effect.key, effect.state, str(effect.attempt), effect.external_id or "")
    console.print(writes)
