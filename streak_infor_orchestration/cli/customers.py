"""`streak-infor customers`: who may be there twice, and who was merged into whom."""

import getpass

import click

from streak_infor_orchestration.cli.say import say
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.domain.shown import on_one_line
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.duplicates import Twin, duplicates
from streak_infor_orchestration.sync.desk.merging import merge_customers
from streak_infor_orchestration.wiring import wiring

_SYSTEMS = {"streak": "in Streak", "infor": "in the ERP"}


@click.group()
def command() -> None:
    """Customers that may be there twice, and those that were merged."""


@command.command("duplicates")
def show() -> None:
    """Show who may be there twice in either system, side by side, with orders and open balance. Changes nothing."""
    ports = begun(wiring()).ports
    refresh(ports.erp, ports.store, tell_new=ports.config.customer.makes_organizations)
    groups = 0
    for twins in duplicates(ports):
        groups += 1
        say(f"{twins.why} {_SYSTEMS[twins.system]}:")
        for twin in twins.them:
            say(f"  {_line(twin)}")
    say(
        f"{groups} suspicions; once two were merged in their system: streak-infor customers merge SURVIVOR RETIRED"
    )
    ports.close()


@command.command()
@click.argument("survivor")
@click.argument("retired")
def merge(survivor: str, retired: str) -> None:
    """Say that RETIRED was merged into SURVIVOR: two of Streak (organization:KEY), or two of the ERP by number.

    Writes to neither system. Links, orders to come and looks follow the survivor.
    """
    ports = begun(wiring()).ports
    number = merge_customers(survivor, retired, actor=getpass.getuser(), ports=ports)
    known = f", customer {number}" if number else ""
    say(f"{retired} is {survivor}{known}; what waited for either goes on")
    ports.close()


def _line(twin: Twin) -> str:
    orders = "orders unknown" if twin.orders is None else f"{twin.orders} orders"
    due = ", ".join(f"{amount} {currency} open" for currency, amount in (twin.open or {}).items())
    linked = f"linked to {twin.linked_to}" if twin.linked_to else "not linked"
    told = "; ".join(filter(None, (twin.seen, linked, orders, due)))
    return f"{twin.key:<44}  {on_one_line(twin.name):<32}  {told}"
