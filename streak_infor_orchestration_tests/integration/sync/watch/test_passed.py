"""What happened between two looks is told by the second one, each thing once and in its order."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.ledger.left_out import KIND
from streak_infor_orchestration_tests.world import World

RULES = {
    "write_back:\n": """write_back:
  - {comment: "Part {invoice.paid}", once: invoice.partially_paid}
  - {comment: "Left {order.id}", once: order.shipped}
"""
}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=RULES)


def told(world: World, deal: str) -> list[str]:
    comments = [comment.partition(" [")[0] for comment in world.company.comments(deal)]
    return [c for c in comments if c.startswith(("Part", "Left")) or c.endswith("paid in full")]


def test_shipped_and_paid_in_parts_before_the_next_look(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    (order,), (invoice,) = (world.company.found_in_erp(name) for name in ("salesorders", "invoices"))
    world.company.erp(f"/orders/{order['OrderID']}/ship")
    for amount in ("100.00", "60.00", "200.00"):
        world.clock.advance(1)
        world.company.pays(invoice["InvoiceID"], amount)
    story = [f"Left {order['OrderID']}", "Part 100.00 EUR", "Part 160.00 EUR"]
    story.append(f"Invoice {invoice['InvoiceID']} is paid in full")
    for _ in range(2):
        world.poll()
        world.run_until_quiet()
        world.look(deal)
        assert told(world, deal) == story


def test_shipped_before_the_look_that_invoices_it(world: World) -> None:
    """The order says Shipped when it is read, and Invoiced when the box is told."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/ship")
    world.company.edit(deal, stage="Closed-Won")
    world.look(deal)
    assert world.company.box(deal)["fieldsByName"]["ERP status"] == "Invoiced"
    assert told(world, deal) == [f"Left {order['OrderID']}"]


def test_payments_are_read_only_for_news(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.pays(invoice["InvoiceID"], "100.00")
    world.look(deal)
    before = world.company.calls().count("GET /infor/api/v1/payments")
    world.look(deal)
    assert world.company.calls().count("GET /infor/api/v1/payments") == before == 1


def test_of_all_payments_the_invoices_own_are_read(world: World) -> None:
    """Somebody else's, and one that cannot be read, is of no concern to this deal."""
    deal, other = (world.company.deal(name, stage="Closed-Won") for name in ("Northwind", "Southwind"))
    for key in (deal, other):
        world.look(key)
    orders = {
        order["OrderDescription"]: order["OrderID"] for order in world.company.found_in_erp("salesorders")
    }
    of = {invoice["OrderID"]: invoice["InvoiceID"] for invoice in world.company.found_in_erp("invoices")}
    for name, amount in (("Northwind", "100.00"), ("Southwind", "70.00")):
        world.company.pays(of[orders[name]], amount)
    (strange,) = world.company.found_in_erp("payments", InvoiceID=of[orders["Southwind"]])
    world.company.erp(f"/records/payments/{strange['PaymentID']}", {"Amount": None})
    world.look(deal)
    assert told(world, deal) == ["Part 100.00 EUR"]
    assert [letter for letter in world.ports.store.dead_letters.listing() if letter.kind == KIND] == []
