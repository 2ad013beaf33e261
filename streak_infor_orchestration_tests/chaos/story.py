"""The story of one deal, told through deaths: what people do happens once, what we do until it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World

LINES = [("BRK-1001", "2", "180.00"), ("FLD-5001", "1.5", "8.90")]
TOTAL = "373.35"
PAID = ("100.00", "273.35")


@dataclass(frozen=True)
class Told:
    """A story that has ended: the box, and the customer it was told about."""

    deal: str
    customer: str


def tell(world: World, mortality: Mortality, name: str = "Northwind") -> Told:
    """Order, shipment, invoice, payment in two parts, until nothing is left to do. `name` is one no other story has."""
    acme = world.company
    told = Told(acme.deal(name, lines=LINES, stage="Proposal Accepted"), customer=f"{name} Ltd")
    survive(world, mortality, lambda: world.webhook(told.deal), world.run_until_quiet)
    world.clock.advance(60)
    acme.erp(f"/orders/{acme.box(told.deal)['fieldsByName']['ERP order']}/ship")
    survive(world, mortality, world.poll, world.run_until_quiet)
    acme.edit(told.deal, stage="Closed-Won")
    survive(world, mortality, lambda: world.webhook(told.deal), world.run_until_quiet)
    invoice = acme.box(told.deal)["fieldsByName"]["ERP invoice"]
    for part in PAID:
        world.clock.advance(60)
        acme.pays(invoice, part)
        survive(world, mortality, world.poll, world.run_until_quiet)
    world.run_customers()  # that the ERP has the customer now is news for that job, whoever read it
    return told


def survive(world: World, mortality: Mortality, *steps: Callable[[], object]) -> None:
    """Each step may die, and is then begun anew by another process: Streak delivers again, the sensor ticks again."""
    for step in steps:
        try:
            with mortal(mortality):
                step()
        except Killed:
            world.restart()
            step()


def judge(world: World, told: Told) -> None:
    """One of everything, right to the cent, and nothing left open: as the twins show it, and the ledger."""
    acme, store, deal = world.company, world.ports.store, told.deal
    (customer,) = acme.found_in_erp("customers", Name=told.customer)
    (order,) = acme.found_in_erp("salesorders", CustomerID=customer["CustomerID"])
    (invoice,) = acme.found_in_erp("invoices", CustomerID=customer["CustomerID"])
    assert [line["LineTotal"] for line in order["LineItems"]] == ["360.00", "13.35"]
    assert (order["TotalAmount"], invoice["TotalAmount"], invoice["Balance"]) == (TOTAL, TOTAL, "0.00")
    fields = acme.box(deal)["fieldsByName"]
    assert {name: fields[name] for name in ("ERP order", "ERP status", "ERP invoice", "Payment status")} == {
        "ERP order": order["OrderID"],
        "ERP status": "Completed",
        "ERP invoice": invoice["InvoiceID"],
        "Payment status": "Paid",
    }
    comments = acme.comments(deal)
    assert len(comments) == 3 and len(set(comments)) == 3, comments
    assert store.links.erp_key("order", deal) == order["OrderID"]
    assert store.links.streak_key("customer", customer["CustomerID"]) is not None
    assert [effect.key for effect in store.effects.unsettled()] == []
    assert store.inbox.counts() == []
    assert store.dead_letters.count_open() == 0
    assert acme.violations() == []
