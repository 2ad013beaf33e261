"""`streak-infor`: the command line. Each command is a module with one `command`."""

import importlib
import os
import sys

import click

from streak_infor_orchestration.cli.say import say, write_readably
from streak_infor_orchestration.config.state_folder import OURS_ALONE
from streak_infor_orchestration.domain.errors import IntegrationError

INTERRUPTED = 130
"""The exit code that shells know Ctrl-C by."""

_COMMANDS = {
    "init": "Write the first integration.yaml, from what is found in both systems.",
    "check": "What is missing or wrong, each with its cure.",
    "preview": "What the last deals would become; writes nothing.",
    "schema": "What integration.yaml may hold, as JSON Schema for editors.",
    "webhooks": "Where Streak tells us of changes: register, list, remove.",
    "openapi": "Where the ERP may tell us of changes, as OpenAPI for Infor's API Gateway.",
    "conformance": "Do the configured systems keep their contracts?",
    "backfill": "Link what is there in both systems already, before anything is made.",
    "up": "Run the integration: gateway, Dagster and warm workers.",
    "sync": "Look at one deal now, in the foreground.",
    "status": "What waits, what is stuck, what is paused.",
    "amounts": "Every cent from the deal to the bank, and the cause of each difference.",
    "customer": "All about one customer, over both systems.",
    "times": "How long it takes from a won deal to the money, before and after.",
    "export": "A table as CSV or Excel.",
    "customers": "Who may be there twice, and who was merged into whom.",
    "link": "Which customer in the ERP an organization or contact in Streak is.",
    "dead-letters": "What waits for a person.",
    "cancellations": "Orders that would be cancelled, and wait for your word.",
    "reorder": "A new order for a deal whose order was cancelled.",
    "sweep": "Look for what webhooks lost.",
    "reconcile": "Do both systems agree? What does not, and whose it is.",
    "backup": "Copy the state database while everything runs.",
    "recover": "After the ledger was restored from a backup, or lost.",
    "demo": "The story of one deal, on simulators of both systems.",
    "proof": "Nothing lost, nothing twice: a fault campaign on simulators of both systems.",
    "twins": "Run the simulators of Streak and Infor.",
}


class _Lazy(click.Group):
    """Loads a command's module when it is called: `--help` does not import Dagster."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        loaded: click.Command = module.command
        return loaded

    def invoke(self, ctx: click.Context) -> object:
        """Ctrl-C ends in one line. What it was raised with says how to go on."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            say("; ".join(("streak-infor: interrupted", *interrupt.args)), err=True)
            sys.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy)
@click.version_option(package_name="streak_infor_orchestration", message="%(prog)s %(version)s")
def _group() -> None:
    """Streak CRM to Infor ERP, order to cash, on Dagster."""


def main() -> None:
    """Expected errors end in one line and exit code 1, without a traceback. What is written is this user's alone."""
    os.umask(OURS_ALONE)
    write_readably()
    try:
        _group.main(prog_name="streak-infor", standalone_mode=True)
    except IntegrationError as error:
        say(f"streak-infor: {error.message}", err=True)
        sys.exit(1)
