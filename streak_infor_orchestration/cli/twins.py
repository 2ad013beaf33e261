"""`streak-infor twins`: both simulators in the foreground, and what a second terminal needs to work with them."""

import json
import signal
import sys
import threading
from pathlib import Path

import click

from streak_infor_orchestration.cli.erp_option import erp_option
from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.demo.company import USERS, Acme
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.demo.places import WEBHOOK_SECRET, DemoPlaces
from streak_infor_orchestration.stack import PortTaken, StackError
from streak_infor_orchestration.twins import streak
from streak_infor_orchestration.twins.harness import serve

STATE_DIR = Path(".demo")


@click.command()
@erp_option
@click.option("--no-seed", is_flag=True, help="Empty systems: no pipeline, no configuration, no deals.")
def command(erp: DemoErp, no_seed: bool) -> None:
    """Run the simulators of Streak and Infor until Ctrl-C, with a small company in them."""
    try:
        places = DemoPlaces.choose(STATE_DIR, erp=erp)
        places.wipe()
    except (PortTaken, StackError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    with (
        serve(streak.create_app(USERS), port=places.streak_port),
        serve(erp.app(), port=places.infor_port),
    ):
        say(f"# Streak {places.streak}, Infor {places.infor}")
        say("# In a second terminal, in the project's folder:")
        if sys.prefix != sys.base_prefix:
            say(f". {sys.prefix}/bin/activate")
        for name, value in places.product().items():
            if not (no_seed and name == "STREAK_INFOR_CONFIG"):
                say(f'export {name}="{value}"')
        if not no_seed:
            _explain(_settle_in(places))
        _until_interrupted()


def _settle_in(places: DemoPlaces) -> str:
    """Acme with its deals, one of them accepted: that one's box key. Webhooks go to where `up` has its gateway."""
    places.configure(places.erp.configuration(places.infor))
    acme = Acme(places.streak, places.infor, places.erp)
    acme.settle_in(places.gateway, WEBHOOK_SECRET)
    (deal,) = acme.deals("brakes for the winter", 1)
    return acme.streak.open_deal(deal, "Proposal Accepted")


def _explain(box: str) -> None:
    config = json.dumps({"ops": {"claim": {"config": {"only": [box]}}}})
    say(f"# A deal whose proposal was accepted: {box}")
    say("# Dagster with its UI and sensors:")
    say("dg dev")
    say("# That deal, now; once more, and nothing happens twice:")
    say(f"dg launch --job order_to_cash --config-json '{config}'")
    say("# The same without Dagster:")
    say(f"streak-infor sync deal {box}")
    say("# Or everything, webhooks too:")
    say("streak-infor up")


def _until_interrupted() -> None:
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    interrupted.wait()
