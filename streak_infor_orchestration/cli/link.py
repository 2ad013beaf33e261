"""`streak-infor link`: what exists in both systems is told to be the same, before anything is created."""

import getpass
from collections import Counter

import click
from rich.progress import Progress

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.domain.shown import on_one_line
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.existing import (
    CustomerStanding,
    ExistingCustomer,
    link_existing,
)
from streak_infor_orchestration.sync.customers.parties import party_of
from streak_infor_orchestration.sync.desk.linking import declare_new, link_customer, link_order, order_none
from streak_infor_orchestration.wiring import wiring


@click.group(invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Only say what would be linked.")
@click.pass_context
def command(context: click.Context, dry_run: bool) -> None:
    """Link every organization or contact that buys to the customer the rules are certain of.

    Writes to neither system, and may be run again.
    """
    if context.invoked_subcommand is not None:
        return
    ports = begun(wiring()).ports
    counts: Counter[CustomerStanding] = Counter()
    with Progress(console=Screen(stderr=True), transient=True) as progress:
        directory = progress.add_task("customers of the ERP", total=None)

        def go_on(read: int) -> bool:
            progress.update(directory, completed=read)
            return True

        refresh(ports.erp, ports.store, go_on, tell_new=ports.config.customer.makes_organizations)
        known = ports.store.customers.count()
        buyers = progress.add_task("customers of the pipeline", total=None)
        for line in link_existing(ports, dry_run=dry_run):
            counts[line.standing] += 1
            progress.update(buyers, completed=counts.total())
            _say(line, dry_run)
    told = ", ".join(f"{counts[standing]} {_word(standing, dry_run)}" for standing in CustomerStanding)
    say(f"{counts.total()} customers in Streak, {known} in the ERP: {told}")
    ports.close()


@command.command()
@click.argument("streak_key")
@click.argument("erp_id", required=False)
@click.option("--new", is_flag=True, help="None of the candidates: make a new customer.")
@click.option("--instead", is_flag=True, help="End the link that either has to another one.")
def customer(streak_key: str, erp_id: str | None, new: bool, instead: bool) -> None:
    """Say that the organization or contact STREAK_KEY is the customer ERP_ID. Deals that waited go on by themselves."""
    if new == (erp_id is not None):
        raise click.UsageError("name the customer's number in the ERP, or say --new")
    ports = begun(wiring()).ports
    party, actor = party_of(streak_key, ports), getpass.getuser()
    if erp_id is None:
        waiting = declare_new(party, actor=actor, ports=ports)
        say(f"{party.link_key} is a new customer; {waiting} deals go on")
    else:
        found = link_customer(party, erp_id, actor=actor, ports=ports, instead=instead)
        say(f"{party.link_key} is {found.id} {found.name}; deals that waited for this go on")
    ports.close()


@command.command()
@click.argument("box_key")
@click.argument("order_id", required=False)
@click.option("--new", is_flag=True, help="None of the ERP's: make its order.")
@click.option("--none", is_flag=True, help="None of the ERP's, and none is made.")
@click.option("--instead", is_flag=True, help="End the link that either has to another one.")
def order(box_key: str, order_id: str | None, new: bool, none: bool, instead: bool) -> None:
    """Say that the deal BOX_KEY, which was there before the integration, has the order ORDER_ID."""
    if [order_id is not None, new, none].count(True) != 1:
        raise click.UsageError("name the order's number in the ERP, or say --new or --none")
    ports = begun(wiring()).ports
    actor = getpass.getuser()
    if order_id is None:
        order_none(box_key, make=new, actor=actor, ports=ports)
        say(f"{box_key} {'gets an order' if new else 'is left without an order'}; it is due")
    else:
        found = link_order(box_key, order_id, actor=actor, ports=ports, instead=instead)
        say(f"{box_key} has order {found.id}; it is due")
    ports.close()


def _word(standing: CustomerStanding, dry_run: bool) -> str:
    return {CustomerStanding.CERTAIN: "would link" if dry_run else "linked now"}.get(standing, standing.value)


def _say(line: ExistingCustomer, dry_run: bool) -> None:
    """A row of the table; it is printed as it is found, however many there are."""
    number = f"{line.number}  " if line.number else ""
    name = on_one_line(line.name)
    say(f"{_word(line.standing, dry_run):<11}  {line.party:<44}  {name:<32}  {number}{line.why}".rstrip())
    if line.standing is CustomerStanding.AMBIGUOUS:
        for candidate in line.candidates:
            say(f"{'':<11}  {candidate}")
