"""`streak-infor cancellations`: orders that would be cancelled, and wait for somebody to say whether that is meant."""

import getpass

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.deals.cancelling import CANCELLING
from streak_infor_orchestration.sync.desk.cancellations import decide, waiting
from streak_infor_orchestration.wiring import wiring


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Many orders would be cancelled at once: look which, then allow or refuse them."""
    if context.invoked_subcommand is None:
        store = begun(wiring()).store
        _list(store)
        store.close()


@command.command()
@click.argument("orders", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every one that waits.")
def allow(orders: tuple[str, ...], everything: bool) -> None:
    """It is meant: cancel these ORDERS in the ERP."""
    _decide(orders, everything, allowed=True)


@command.command()
@click.argument("orders", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every one that waits.")
def refuse(orders: tuple[str, ...], everything: bool) -> None:
    """It is not meant: these ORDERS stay, and their deals wait for a person."""
    _decide(orders, everything, allowed=False)


def _decide(orders: tuple[str, ...], everything: bool, *, allowed: bool) -> None:
    if bool(orders) == everything:
        raise click.UsageError("name the orders, or say --all")
    store = begun(wiring()).store
    for effect in decide(store, orders, allowed=allowed, actor=getpass.getuser()):
        say(f"order {effect.body['order']} {'is cancelled' if allowed else 'stays'}: {effect.subject} is due")
    _list(store)
    store.close()


def _list(store: Store) -> None:
    paused = store.pauses.state(CANCELLING)
    for effect in waiting(store):
        say(
            f"order {effect.body['order']} of deal {effect.subject}, since {effect.created_at:%Y-%m-%d %H:%M} UTC"
        )
    say(f"cancelling is stopped: {paused.reason}" if paused else "cancelling is not stopped")
