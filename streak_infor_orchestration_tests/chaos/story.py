"""The story of one deal, told through deaths: what people do happens once, what we do is done again until it is done."""

from collections.abc import Callable

from streak_infor_orchestration_tests.chaos.mortality import Died, Mortality, mortal
from streak_infor_orchestration_tests.world import World

LINES = [("BRK-1001", "2", "180.00"), ("FLD-5001", "1.5", "8.90")]
TOTAL = "373.35"


def tell(world: World, mortality: Mortality) -> str:
    """Order, invoice, payment. Returns the box, when nothing is left to do."""
    acme = world.company
    deal = acme.deal("Northwind", lines=LINES, stage="Proposal Accepted")
    _survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    acme.edit(deal, stage="Closed-Won")
    _survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    invoice = acme.found_in_erp("invoices")[0]
    world.clock.advance(60)
    acme.pays(invoice["InvoiceID"], TOTAL)
    _survive(world, mortality, world.poll, world.run_until_quiet)
    return deal


def _survive(world: World, mortality: Mortality, *steps: Callable[[], object]) -> None:
    """Each step may die, and is then begun anew by another process: Streak delivers again, the sensor ticks again."""
    for step in steps:
        try:
            with mortal(mortality):
                step()
        except Died:
            world.restart()
            step()


def judge(world: World, deal: str) -> None:
    """One of everything, right to the cent, and nothing left open: as the twins show it, and the ledger."""
    acme, store = world.company, world.ports.store
    (customer,) = acme.found_in_erp("customers")
    (order,) = acme.found_in_erp("salesorders")
    (invoice,) = acme.found_in_erp("invoices")
    assert order["CustomerID"] == customer["CustomerID"]
    assert [line["LineTotal"] for line in order["LineItems"]] == ["360.00", "13.35"]
    assert (order["TotalAmount"], invoice["TotalAmount"], invoice["Balance"]) == (TOTAL, TOTAL, "0.00")
    fields = acme.box(deal)["fieldsByName"]
    assert {name: fields[name] for name in ("ERP order", "ERP status", "ERP invoice", "Payment status")} == {
        "ERP order": order["OrderID"],
        "ERP status": "Invoiced",
        "ERP invoice": invoice["InvoiceID"],
        "Payment status": "Paid",
    }
    comments = acme.comments(deal)
    assert len(comments) == 3 and len(set(comments)) == 3, comments
    assert store.links.erp_key("order", deal) == order["OrderID"]
    assert store.links.count() == 2
    assert [effect.key for effect in store.effects.unsettled()] == []
    assert store.inbox.counts() == []
    assert store.dead_letters.count_open() == 0
    assert acme.violations() == []
