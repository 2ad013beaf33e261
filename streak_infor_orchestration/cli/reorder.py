"""`streak-infor reorder`: what becomes of a deal that is accepted again after its order was cancelled."""

import getpass

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.sync.desk.reorder import leave, reorder
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.argument("box_key")
@click.option("--no", "stays", is_flag=True, help="None is wanted: the deal stays as it is.")
def command(box_key: str, stays: bool) -> None:
    """Have a new order made for the deal BOX_KEY, whose order is cancelled."""
    ports = begun(wiring()).ports
    decide = leave if stays else reorder
    number = decide(box_key, actor=getpass.getuser(), ports=ports)
    what = "stays without another order" if stays else "gets a new order"
    say(f"{box_key} {what} after {number}; it is due")
    ports.close()
