"""Deals and orders that were there before the integration: linked where that is certain, made by nobody unasked."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.sync.backfill.deals import (
    Prior,
    PriorDeal,
    awaiting_orders,
    prior_deals,
    undecided_deals,
)
from streak_infor_orchestration.sync.backfill.decisions import confirm, decide, sums
from streak_infor_orchestration.sync.backfill.known_orders import known_orders
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.existing import link_existing
from streak_infor_orchestration.sync.desk.linking import link_order, order_none
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration_tests.world import World

PURCHASE = {"Needs": "TEXT_INPUT"}


def customer(world: World, name: str) -> tuple[str, str]:
    """In both systems, of one domain: the organization's key, the customer's number."""
    domain = f"{name.lower()}.example"
    booked = world.company.book("customers", {"Name": name, "Email": f"office@{domain}"})
    return world.company.organization(name, domains=[domain]), booked["CustomerID"]


def order(world: World, customer_id: str, *, quantity: str = "2", reference: str = "") -> str:
    """Somebody has entered it in the ERP by hand."""
    line = {"Product": "BRK-1001", "Quantity": quantity, "Price": "180.00"}
    booked = world.company.book(
        "salesorders",
        {
            "CustomerID": customer_id,
            "OrderDate": "2026-01-05",
            "Currency": "EUR",
            "LineItems": [line],
            "ExternalReference": reference,
        },
    )
    return str(booked["OrderID"])


def backfill(world: World, *, create: bool = False, purchase: str = "") -> list[PriorDeal]:
    """As the command does it, without the work that follows."""
    ports = world.ports
    refresh(ports.erp, ports.store, lambda _read: True)
    list(link_existing(ports, dry_run=False))
    orders = known_orders(ports.erp, ports.store.links, lambda _read: None)
    boxes = awaiting_orders(ports, lambda _looked: None)
    found = list(prior_deals(ports, boxes, orders, purchase_field=purchase))
    decide(found, ports, create=create, actor="ann")
    return found


def run(world: World) -> Sequence[Batch]:
    return world.run_until_quiet()


def test_an_order_is_known_by_our_reference_by_its_number_and_by_what_was_bought(world: World) -> None:
    world.company.add_field("PO", "TEXT_INPUT")
    organization, number = customer(world, "Northwind")
    ours = world.company.deal("One", organization=organization, stage="Contract Signed")
    shown = world.company.deal("Two", organization=organization, stage="Closed-Won")
    bought = world.company.deal(
        "Three", organization=organization, stage="Contract Signed", lines=[("BRK-1001", "7", "180.00")]
    )
    by_reference = order(world, number, reference=world.ports.reference(ours))
    by_number = order(world, number, quantity="3")
    by_purchase = order(world, number, quantity="7", reference="PO 77")
    world.company.edit(shown, {"ERP order": by_number})
    world.company.edit(bought, {"PO": "po 77"})
    found = {deal.key: deal for deal in backfill(world, purchase="PO")}
    assert {key: (deal.prior, deal.orders) for key, deal in found.items()} == {
        ours: (Prior.FOUND, (by_reference,)),
        shown: (Prior.FOUND, (by_number,)),
        bought: (Prior.FOUND, (by_purchase,)),
    }
    run(world)
    assert world.ports.store.links.erp_keys("order", [ours, shown, bought]) == {
        ours: by_reference,
        shown: by_number,
        bought: by_purchase,
    }
    assert len(world.company.found_in_erp("salesorders")) == 3, "nothing was made"


def test_what_is_old_news_is_shown_on_the_box_and_told_to_nobody(world: World) -> None:
    organization, number = customer(world, "Northwind")
    box = world.company.deal("Old", organization=organization, stage="Contract Signed")
    made = order(world, number)
    world.company.edit(box, {"ERP order": made})
    backfill(world)
    run(world)
    assert world.company.box(box)["fieldsByName"]["ERP status"] == "Open"
    assert world.company.comments(box) == []
    world.company.edit(box, stage="Closed-Won")
    world.look(box)
    (told,) = world.company.comments(box)
    assert "issued" in told, "what happens from now on is told"


def test_a_deal_without_an_order_is_left_without(world: World) -> None:
    box = world.company.deal("Old", stage="Contract Signed")
    assert undecided_deals(world.ports) == 1
    (found,) = backfill(world)
    assert (found.prior, found.total, found.currency) == (Prior.MISSING, Decimal("360.00"), "EUR")
    assert undecided_deals(world.ports) == 0, "somebody has decided"
    world.look(box)
    world.company.edit(box, stage="Closed-Won")
    world.look(box)
    assert world.company.found_in_erp("salesorders") == [], "whatever happens to it"


def test_orders_are_made_once_their_count_and_sum_are_confirmed(world: World) -> None:
    for name in ("One", "Two"):
        world.company.deal(name, stage="Contract Signed")
    found = backfill(world)
    assert sums(found) == {"EUR": Decimal("720.00")}
    for count, amount in ((1, "720.00"), (2, "719.99")):
        with pytest.raises(Rejected, match=r"2 orders are, of 720.00 EUR in all"):
            confirm(found, count, {"EUR": Decimal(amount)})
    confirm(found, 2, {"EUR": Decimal("720.00")})
    backfill(world, create=True)
    run(world)
    assert len(world.company.found_in_erp("salesorders")) == 2
    assert all(deal.prior is Prior.LINKED for deal in backfill(world, create=True)), "and once"
    run(world)
    assert len(world.company.found_in_erp("salesorders")) == 2


@pytest.mark.parametrize("twice", ["orders", "deals"])
def test_the_same_purchase_twice_is_a_persons(world: World, twice: str) -> None:
    world.company.add_field("PO", "TEXT_INPUT")
    organization, number = customer(world, "Northwind")
    boxes = [
        world.company.deal(f"Deal {n}", organization=organization, stage="Contract Signed")
        for n in range(2 if twice == "deals" else 1)
    ]
    for box in boxes:
        world.company.edit(box, {"PO": "PO 1"})
    orders = [order(world, number, reference="PO 1") for _ in range(2 if twice == "orders" else 1)]
    found = backfill(world, purchase="PO")
    assert [deal.prior for deal in found] == [Prior.UNSURE] * len(boxes)
    run(world)
    letters = world.ports.store.dead_letters.listing()
    assert {letter.code for letter in letters} == {"may_be_ordered"} and len(letters) == len(boxes)
    assert all(orders[0] in comment for comment in world.company.comments(boxes[0]))
    link_order(boxes[0], orders[0], actor="ann", ports=world.ports)
    for box in boxes[1:]:
        order_none(box, make=False, actor="ann", ports=world.ports)
    run(world)
    assert world.ports.store.links.erp_key("order", boxes[0]) == orders[0]
    assert world.ports.store.dead_letters.listing() == []
    assert len(world.company.found_in_erp("salesorders")) == len(orders)


def test_a_number_that_somebody_typed_wrong_is_not_believed(world: World) -> None:
    organization, _number = customer(world, "Northwind")
    _other, stranger = customer(world, "Contoso")
    theirs = order(world, stranger)
    box = world.company.deal("Old", organization=organization, stage="Contract Signed")
    world.company.edit(box, {"ERP order": theirs})
    (found,) = backfill(world)
    assert found.prior is Prior.UNSURE and "is of customer" in found.why
    assert world.ports.store.links.erp_key("order", box) is None


def test_nor_is_the_number_of_another_deals_order(world: World) -> None:
    organization, number = customer(world, "Northwind")
    theirs = order(world, number)
    first = world.company.deal("First", organization=organization, stage="Contract Signed")
    link_order(first, theirs, actor="ann", ports=world.ports)
    box = world.company.deal("Old", organization=organization, stage="Contract Signed")
    world.company.edit(box, {"ERP order": theirs})
    found = {deal.key: deal for deal in backfill(world)}[box]
    assert (found.prior, found.why) == (Prior.UNSURE, f"order {theirs} is linked to deal {first}")
    assert world.ports.store.links.erp_key("order", box) is None


def test_a_person_may_have_the_order_made_after_all(world: World) -> None:
    box = world.company.deal("Old", stage="Contract Signed")
    backfill(world)
    order_none(box, make=True, actor="ann", ports=world.ports)
    run(world)
    assert len(world.company.found_in_erp("salesorders")) == 1
    backfill(world)
    with pytest.raises(Rejected, match="has order"):
        order_none(box, make=False, actor="ann", ports=world.ports)


def test_a_second_backfill_writes_nothing_and_asks_each_list_once(world: World) -> None:
    organization, number = customer(world, "Northwind")
    for n in range(12):
        box = world.company.deal(f"Deal {n}", organization=organization, stage="Contract Signed")
        if n % 2:
            world.company.edit(box, {"ERP order": order(world, number, quantity=str(n + 1))})
    backfill(world)
    run(world)
    before = Counter(world.company.calls())
    second = backfill(world)
    assert Counter(deal.prior for deal in second) == {Prior.LINKED: 6, Prior.MISSING: 6}
    assert run(world) == []
    new = Counter(world.company.calls()) - before
    read = Counter(f"{call.split()[0]} {call.rpartition('/')[2]}" for call in new.elements())
    assert read == {"GET boxes": 2, "POST get": 1, "GET customers": 1, "GET salesorders": 1}, (
        "nothing but lists"
    )


def test_who_dies_between_the_decision_and_the_link_tells_nobody_old_news(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    organization, number = customer(world, "Northwind")
    box = world.company.deal("Old", organization=organization, stage="Contract Signed")
    world.company.edit(box, {"ERP order": order(world, number)})
    with monkeypatch.context() as patched:
        patched.setattr(type(world.ports.store.links), "add", _dies)
        with pytest.raises(KeyboardInterrupt):
            backfill(world)
    backfill(world)
    run(world)
    assert world.ports.store.links.erp_key("order", box) is not None
    assert world.company.comments(box) == []


def _dies(*_anything: object) -> None:
    raise KeyboardInterrupt
