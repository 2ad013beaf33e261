"""What the ERP shows late, and what it shows again: the first is never missed, the second never looked at twice."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from streak_infor_orchestration.infor.facade import collection
from streak_infor_orchestration.sync.customers import directory
from streak_infor_orchestration.sync.watch import feedback
from streak_infor_orchestration.sync.watch.sweep import sweep
from streak_infor_orchestration_tests.world import World

NO_OVERLAP = {"  product: facade ": "  overlap_seconds: 0\n  product: facade "}
COLLECTIONS = {"salesorders": "OrderID", "invoices": "InvoiceID", "payments": "PaymentID"}


def won(world: World, name: str) -> tuple[str, str]:
    """A deal that was won and looked at, and its invoice."""
    deal = world.company.deal(name, stage="Closed-Won")
    world.look(deal)
    return deal, world.company.box(deal)["fieldsByName"]["ERP invoice"]


def poll_without(world: World, invoice: str) -> None:
    """As long as the transaction of its payment is open: it and what it changes stand in no list."""
    for name, key in COLLECTIONS.items():
        records = world.company.found_in_erp(name)
        shown = [r for r in records if invoice not in (r.get("InvoiceID"), _invoice_of(world, r[key]))]
        page = {"Items": shown, "NextCursor": None}
        world.company.erp("/faults", {"kind": "garbage", "body": page, "path": f"/{name}$"})
    world.poll()


def _invoice_of(world: World, order: str) -> str:
    return next((i["InvoiceID"] for i in world.company.found_in_erp("invoices", OrderID=order)), "")


def payment_status(world: World, deal: str) -> str:
    return str(world.company.box(deal)["fieldsByName"]["Payment status"])


def paid_late(world: World) -> str:
    """A payment that was stamped before another one, and became visible after it was read."""
    slow, late_paid = won(world, "Slow")
    _quick, paid = won(world, "Quick")
    world.clock.advance(60)
    world.company.pays(late_paid, "10.00")
    world.clock.advance(1)
    world.company.pays(paid, "10.00")
    poll_without(world, late_paid)
    world.run_until_quiet()
    assert payment_status(world, slow) == "Unpaid"
    return slow


def test_a_change_that_becomes_visible_behind_the_watermark_is_read(world: World) -> None:
    slow = paid_late(world)
    world.poll()
    world.run_until_quiet()
    assert payment_status(world, slow) == "PartiallyPaid"


def test_what_becomes_visible_later_than_that_the_nightly_sweep_finds(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=NO_OVERLAP)
    slow = paid_late(world)
    world.poll()
    assert world.run_until_quiet() == []
    assert sweep(world.ports).late == ()
    assert sweep(world.ports, erp=True).late == (slow,), (
        "a message that nobody understood asks for that alone"
    )
    assert sweep(world.ports, full=True).late == (slow,)
    world.run_until_quiet()
    assert payment_status(world, slow) == "PartiallyPaid"
    assert sweep(world.ports, full=True).late == ()


def test_an_invoice_that_nobody_knew_of_is_found_by_the_nightly_sweep(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (order,) = world.company.found_in_erp("salesorders")
    invoice = world.company.book("invoices", {"OrderID": order["OrderID"]})
    assert sweep(world.ports, full=True).late == (deal,)
    world.run_until_quiet()
    assert world.company.box(deal)["fieldsByName"]["ERP invoice"] == invoice["InvoiceID"]


def test_what_was_read_before_is_not_looked_at_again(world: World) -> None:
    _, invoice = won(world, "Northwind")
    world.clock.advance(60)
    world.company.pays(invoice, "10.00")
    world.poll()
    world.run_until_quiet()
    assert set(world.poll().values()) == {0}
    assert world.run_until_quiet() == []


def test_our_own_writes_are_no_news_in_any_list(world: World) -> None:
    """Customer, order and invoice made, an order edited and one cancelled."""
    won(world, "Northwind")
    assert set(world.poll().values()) == {0}
    assert directory.poll(world.ports.erp, world.ports.store) == 0
    assert sweep(world.ports, full=True).late == ()


def test_our_edits_and_cancellations_are_no_news(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"{backwards: report}": "{backwards: cancel, edited: update}"})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    edits: tuple[dict[str, Any], ...] = ({}, {"fields": {"Qty 1": "3"}}, {"stage": "Lead"})
    for edit in edits:
        world.clock.advance(60)
        world.company.edit(deal, **edit)
        world.look(deal)
        assert set(world.poll().values()) == {0}
    (order,) = world.company.found_in_erp("salesorders")
    assert (order["OrderStatus"], order["LineItems"][0]["Quantity"]) == ("Cancelled", "3")


@pytest.mark.parametrize("seconds", [0, 1])
def test_what_others_change_after_our_write_is_news(world: World, seconds: int) -> None:
    """Also in the very second of our write, for an ERP whose clock has no finer ones."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.clock.advance(seconds)
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/ship")
    assert world.poll()["salesorders"] == 1
    world.run_until_quiet()
    assert world.company.box(deal)["fieldsByName"]["ERP status"] == "Shipped"


def test_a_customer_that_others_change_after_we_made_it_is_news(world: World) -> None:
    world.look(world.company.deal("Northwind", stage="Proposal Accepted"))
    (customer,) = world.company.found_in_erp("customers")
    assert directory.poll(world.ports.erp, world.ports.store) == 0
    world.clock.advance(1)
    world.company.correct("customers", customer["CustomerID"], {"Phone": "+493012345678"})
    assert directory.poll(world.ports.erp, world.ports.store) == 1
    assert directory.poll(world.ports.erp, world.ports.store) == 0


def test_a_look_that_dies_before_it_tells_is_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version is noted by then; the deal is still due."""
    deal, invoice = won(world, "Northwind")
    world.clock.advance(60)
    world.company.pays(invoice, "10.00")
    world.poll()
    with monkeypatch.context() as patch:
        patch.setattr(type(world.ports.streak), "update_box", _dies)
        with pytest.raises(KeyboardInterrupt):
            world.run()
    world.restart()
    world.run_until_quiet()
    assert payment_status(world, deal) == "PartiallyPaid"


def _dies(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_is_new_does_not_wait_for_what_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour of bulk changes within the overlap, and a poll that has time for two pages."""
    for number in range(3):
        world.look(world.company.deal(f"Deal {number}", stage="Proposal Accepted"))
    orders = [order["OrderID"] for order in world.company.found_in_erp("salesorders")]
    for order in orders[:2]:
        world.clock.advance(1)
        world.company.erp(f"/orders/{order}/ship")
    world.poll()
    world.run_until_quiet()
    world.clock.advance(1)
    world.company.erp(f"/orders/{orders[2]}/ship")
    monkeypatch.setattr(collection, "LIMIT", 1)
    times = iter([20.0, 1.0, 1.0])
    monkeypatch.setattr(feedback, "remaining", lambda: next(times, 0.0))
    world.poll()
    assert world.ports.store.inbox.pending("erp_order", orders[2])


@pytest.fixture
def pages_of_one(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(collection, "LIMIT", 1)
    yield


def test_an_overlap_of_many_pages_is_read_to_its_end(world: World, pages_of_one: None) -> None:
    slow = paid_late(world)
    world.poll()
    world.run_until_quiet()
    assert payment_status(world, slow) == "PartiallyPaid"
