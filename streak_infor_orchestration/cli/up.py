"""`streak-infor up`: everything on this machine, supervised, against the configured systems."""

import os
import sys
from collections.abc import MutableMapping

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.onboarding.checks.names import wrong_names
from streak_infor_orchestration.onboarding.in_use import ever_ran, remember
from streak_infor_orchestration.stack.gateway_service import gateway
from streak_infor_orchestration.stack.ports import PortTaken, choose_port
from streak_infor_orchestration.stack.stack import Stack
from streak_infor_orchestration.stack.supervisor import StackError
from streak_infor_orchestration.sync.backfill.deals import undecided_deals
from streak_infor_orchestration.wiring import wiring

_UNDECIDED = (
    "streak-infor: nothing is started. {count} deals stand where an order is due, and would all be ordered now. Set "
    "`streak.since` to the day from which deals count, or run `streak-infor backfill --dry-run` and then `backfill`, "
    "which links them to the orders that the ERP has."
)


@click.command()
@click.option(
    "--profile",
    type=click.Choice(["local", "postgres", "redis"]),
    default="local",
    show_default=True,
    help="Where Dagster keeps its runs and how workers get theirs.",
)
def command(profile: str) -> None:
    """Start the gateway, Dagster's webserver and daemon and the run workers; Ctrl-C stops them all."""
    parts = wiring()
    if wrong := wrong_names(parts):
        click.echo("\n".join(["streak-infor: nothing is started.", *wrong]), err=True)
        sys.exit(1)
    ports = parts.ports  # credentials and both systems are checked before anything is started
    undecided = 0 if ever_ran(parts.settings) else undecided_deals(ports)
    ports.close()
    if undecided:
        click.echo(_UNDECIDED.format(count=undecided), err=True)
        sys.exit(1)
    remember(parts.settings, parts.config)
    spell_out(parts.settings, os.environ)
    try:
        port = choose_port("STREAK_INFOR_GATEWAY_PORT", 8787)
        stack = Stack(parts.settings.state_dir, profile, [gateway(port)], say=say)
        stack.run(lambda: _tell(stack, port))
    except (PortTaken, StackError, ValueError, IntegrationError) as error:
        say(f"streak-infor: {error}", err=True)
        sys.exit(1)


def _tell(stack: Stack, port: int) -> None:
    say(f"Dagster: {stack.webserver_url}")
    say(f"gateway: http://127.0.0.1:{port}")
    say(f"logs: {stack.folders.logs}")
    say("Everything runs; Ctrl-C stops it all.")


def spell_out(settings: Settings, environment: MutableMapping[str, str]) -> None:
    """Addresses that a file holds: Dagster's own settings name the variable, and know no other way."""
    addresses = {
        "STREAK_INFOR_DATABASE_URL": settings.database_url,
        "STREAK_INFOR_REDIS_URL": settings.redis_url,
    }
    for name, address in addresses.items():
        if address is not None:
            environment[name] = address.get_secret_value()
            environment.pop(f"{name}_FILE", None)
