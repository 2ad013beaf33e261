"""`streak-infor sweep`: look for what webhooks lost."""

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.sync.customers.sweep import sweep_customers
from streak_infor_orchestration.sync.watch.left_out import look_again_everywhere
from streak_infor_orchestration.sync.watch.sweep import sweep
from streak_infor_orchestration.wiring import wiring


@click.command()
@click.option(
    "--full", is_flag=True, help="All boxes, which ordered ones are gone, and what the ERP showed late."
)
def command(full: bool) -> None:
    """Put deals into the inbox that changed in Streak without a webhook telling us."""
    ports = begun(wiring()).ports
    swept = sweep(ports, full=full)
    customers = sweep_customers(ports, full=full)
    look_again_everywhere(ports)
    counts = f"{len(swept.repaired)} not announced, {len(swept.gone)} gone, {len(swept.late)} late in the ERP"
    say(f"{swept.looked} boxes looked at, {counts}")
    for key in dict.fromkeys((*swept.repaired, *swept.gone, *swept.late, *customers)):
        say(f"  {key} is due")
    ports.close()
