"""`streak-infor demo`: the story of one deal, on simulators of both systems and the real everything else."""

import sys
import time
from pathlib import Path

import click

from streak_infor_orchestration.cli import INTERRUPTED
from streak_infor_orchestration.cli.erp_option import erp_option
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.demo.performance import Performance
from streak_infor_orchestration.demo.places import DemoPlaces
from streak_infor_orchestration.stack import PortTaken, Stack, StackError

STATE_DIR = Path(".demo")


@click.command()
@erp_option
@click.option("--once", is_flag=True, help="End after the verdict, which is the exit code.")
def command(erp: DemoErp, once: bool) -> None:
    """Start everything, tell the story of one deal, time twenty more, judge, and stay up until Ctrl-C."""
    console = Screen(markup=True)
    try:
        places = DemoPlaces.choose(STATE_DIR, erp=erp)
        places.wipe()
        stack = places.stack(
            erp.configuration(places.infor),
            say=lambda line: console.print(line, style="dim", highlight=False, markup=False, soft_wrap=True),
        )
        started = time.monotonic()

        def play() -> None:
            console.print(f"everything runs after {time.monotonic() - started:.1f} s", highlight=False)
            well = Performance(places, stack.webserver_url, console).play()
            if once:
                sys.exit(0 if well else 1)
            _invite(console, places, stack)

        stack.run(play)
        if once:
            sys.exit(INTERRUPTED)  # before there was a verdict
    except (PortTaken, StackError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def _invite(console: Screen, places: DemoPlaces, stack: Stack) -> None:
    console.print()
    for what, url in (
        ("Dagster", stack.webserver_url),
        ("its tables", f"{stack.webserver_url}/assets"),
        ("gateway", f"{places.gateway}/metrics"),
        ("Streak twin", f"{places.streak}/__twin__/state"),
        ("Infor twin", f"{places.infor}/__twin__/state"),
        ("logs", str(stack.folders.logs)),
    ):
        console.print(f"  {what:<12} {url}", highlight=False, soft_wrap=True)
    console.print("\nCtrl-C stops it all.", highlight=False)
