"""A deal edited after its order: carried over while the ERP allows it, and never over what people changed there."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.order import OrderChanges, SalesOrder
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration_tests.world import World

UPDATE = {
    "policies: {backwards: report}": "policies: {backwards: report, edited: update}",
    "  # - {to: order.shipping_method,": "  - {to: order.shipping_method,",
    "  # - {to: order.custom.Region,": "  - {to: order.custom.Region,",
}
PUT = "PUT /infor/api/v1/salesorders/"


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=UPDATE)


@pytest.fixture
def deal(world: World) -> str:
    key = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(key, {"Ship via": "Ground", "Region": "north"})
    world.look(key)
    return key


def order(world: World) -> dict[str, Any]:
    (found,) = world.company.found_in_erp("salesorders")
    return found


def puts(world: World) -> int:
    return sum(call.startswith(PUT) for call in world.company.calls())


def problem(work: Work) -> str:
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    return work.verdict.problems[0].code


def test_what_was_edited_goes_over_in_one_call_and_only_once(world: World, deal: str) -> None:
    edits = {
        "Ship via": "Air",
        "Region": "south",
        "Qty 1": "3",
        "SKU 2": "BRK-2001",
        "Qty 2": "1",
        "Price 2": "49.50",
    }
    world.company.edit(deal, edits, name="Northwind, urgent")
    work = world.look(deal)
    assert work.verdict is None
    changed = order(world)
    assert (changed["OrderDescription"], changed["ShippingMethod"]) == ("Northwind, urgent", "UPSA")
    assert changed["CustomFields"] == {"Region": "SOUTH"}
    assert [(li["Product"], li["Quantity"]) for li in changed["LineItems"]] == [
        ("BRK-1001", "3"),
        ("BRK-2001", "1"),
    ]
    assert changed["TotalAmount"] == "589.50"
    assert puts(world) == 1
    assert any("changed: custom.Region, description, lines, shipping_method" in did for did in work.trail)
    for _ in range(2):
        assert world.look(deal).verdict is None
    assert puts(world) == 1


def test_freight_alone_goes_over_and_the_total_with_it(make_world: Callable[..., World]) -> None:
    world = make_world(
        settings=UPDATE | {"fields:\n": 'fields:\n  - {to: order.freight, from: "field:Freight"}\n'}
    )
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, {"Freight": "4,90 €"})
    world.look(deal)
    before = Decimal(order(world)["TotalAmount"])
    world.company.edit(deal, {"Freight": "9.90"})
    assert world.look(deal).verdict is None
    assert (order(world)["Freight"], Decimal(order(world)["TotalAmount"]) - before) == ("9.90", 5)
    assert (puts(world), world.look(deal).verdict, puts(world)) == (1, None, 1)


def test_freight_that_is_taken_away_is_none_there(make_world: Callable[..., World]) -> None:
    world = make_world(
        settings=UPDATE | {"fields:\n": 'fields:\n  - {to: order.freight, from: "field:Freight"}\n'}
    )
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, {"Freight": "4.90"})
    world.look(deal)
    world.company.edit(deal, {"Freight": ""})
    assert world.look(deal).verdict is None
    assert (Decimal(order(world)["Freight"] or 0), order(world)["TotalAmount"]) == (0, "360.00")


@pytest.mark.parametrize("policy", ["report", "update"])
def test_a_price_that_is_lowered_to_nothing_is_an_edit(make_world: Callable[..., World], policy: str) -> None:
    """Not a price that the deal leaves open."""
    world = make_world(settings=UPDATE if policy == "update" else {})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.company.edit(deal, {"Price 1": "0"})
    work = world.look(deal)
    if policy == "update":
        assert (work.verdict, Decimal(order(world)["TotalAmount"])) == (None, 0)
    else:
        assert problem(work) == "edited_after_order"


TWICE = [("BRK-1001", "2", ""), ("BRK-1001", "2", "180.00")]


@pytest.mark.parametrize("policy", ["report", "update"])
def test_one_product_on_two_lines_one_without_a_price_is_no_edit(
    make_world: Callable[..., World], policy: str
) -> None:
    """Of the two lines the ERP has, the one with the list price is the one whose price the deal leaves open."""
    world = make_world(settings=UPDATE if policy == "update" else {})
    deal = world.company.deal("Northwind", lines=TWICE, stage="Proposal Accepted")
    world.look(deal)
    assert [line["Price"] for line in order(world)["LineItems"]] == ["189.90", "180.00"]
    assert world.look(deal).verdict is None
    assert puts(world) == 0
    world.company.edit(deal, {"Price 2": "170.00"})
    work = world.look(deal)
    if policy == "update":
        assert (work.verdict, order(world)["LineItems"][1]["Price"]) == (None, "170.00")
    else:
        assert problem(work) == "edited_after_order"


@pytest.mark.parametrize("policy", ["report", "update"])
def test_rows_that_change_places_are_no_edit(make_world: Callable[..., World], policy: str) -> None:
    """The row without a price comes first then, and does not take the line of the one that has this price."""
    world = make_world(settings=UPDATE if policy == "update" else {})
    deal = world.company.deal("Northwind", lines=TWICE[::-1], stage="Proposal Accepted")
    world.look(deal)
    assert [line["Price"] for line in order(world)["LineItems"]] == ["180.00", "189.90"]
    world.company.edit(deal, {"Price 1": "", "Price 2": "180.00"})
    assert (world.look(deal).verdict, puts(world)) == (None, 0)


def test_what_is_emptied_is_emptied_there(world: World, deal: str) -> None:
    world.company.edit(deal, {"Region": "", "Ship via": ""})
    world.look(deal)
    assert order(world)["CustomFields"] == {}
    assert not order(world)["ShippingMethod"]


def test_nothing_edited_is_nothing_written_whatever_people_do_in_the_erp(world: World, deal: str) -> None:
    theirs = {"ShippingMethod": "COURIER", "OrderDescription": "Ask for Ada", "CustomFields": {"Gate": "7"}}
    world.company.correct("salesorders", order(world)["OrderID"], theirs)
    world.company.erp("/products", {"ProductID": "BRK-1001", "UnitPrice": "999.00", "TaxRate": "0.5"})
    by_hand = puts(world)
    assert world.look(deal).verdict is None
    assert puts(world) == by_hand
    world.company.edit(deal, {"Region": "south"})
    assert world.look(deal).verdict is None
    assert order(world)["CustomFields"] == {"Region": "SOUTH", "Gate": "7"}
    assert (order(world)["ShippingMethod"], order(world)["OrderDescription"]) == ("COURIER", "Ask for Ada")


def test_what_both_sides_changed_is_a_persons_and_ends_when_they_agree(world: World, deal: str) -> None:
    world.company.correct("salesorders", order(world)["OrderID"], {"ShippingMethod": "COURIER"})
    world.company.edit(deal, {"Ship via": "Air"})
    assert problem(world.look(deal)) == "edited_on_both_sides"
    assert order(world)["ShippingMethod"] == "COURIER"
    world.company.edit(deal, {"Ship via": "Ground"})
    assert world.look(deal).verdict is None
    assert order(world)["ShippingMethod"] == "COURIER"
    assert world.ports.store.dead_letters.count_open() == 0


def test_lines_that_people_changed_in_the_erp_are_not_replaced(world: World, deal: str) -> None:
    line = {"Product": "BRK-1001", "Quantity": "9", "Price": "180.00"}
    world.company.correct("salesorders", order(world)["OrderID"], {"LineItems": [line]})
    world.company.edit(deal, {"Qty 1": "3"})
    assert problem(world.look(deal)) == "edited_on_both_sides"
    assert order(world)["LineItems"][0]["Quantity"] == "9"


def test_lines_of_an_allocated_order_are_reported_its_words_go_over(world: World, deal: str) -> None:
    world.company.erp(f"/orders/{order(world)['OrderID']}/status", {"OrderStatus": "Allocated"})
    world.company.edit(deal, {"Qty 1": "3", "Ship via": "Air"})
    work = world.look(deal)
    assert problem(work) == "edited_after_order"
    assert any("too late" in did and "lines" in did for did in work.trail)
    assert (order(world)["LineItems"][0]["Quantity"], order(world)["ShippingMethod"]) == ("2", "UPSA")
    world.company.edit(deal, {"Qty 1": "2"})
    assert world.look(deal).verdict is None


def test_a_shipped_order_stays_as_it_is(world: World, deal: str) -> None:
    world.company.erp(f"/orders/{order(world)['OrderID']}/ship")
    before = order(world)
    world.company.edit(deal, {"Ship via": "Air"}, name="Renamed")
    assert world.look(deal).verdict is None
    assert order(world) == before


def test_another_customer_is_reported(world: World, deal: str) -> None:
    other = world.company.organization("Elsewhere")
    second = world.company.deal("Second", organization=other, stage="Proposal Accepted")
    world.look(second)
    world.company.edit(deal, organizations=[{"key": other, "isStarred": True}])
    assert problem(world.look(deal)) == "edited_after_order"


def test_an_order_changed_between_read_and_write_is_read_again(world: World, deal: str) -> None:
    world.company.edit(deal, {"Ship via": "Air"})
    world.company.erp(
        "/faults", {"kind": "status", "status": 412, "method": "PUT", "body": {"code": "stale"}}
    )
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.RETRY
    world.run_until_quiet()
    assert order(world)["ShippingMethod"] == "UPSA"


def test_an_edit_the_erp_refuses_is_a_persons_until_it_is_mended(world: World, deal: str) -> None:
    refused = {
        "kind": "status",
        "status": 422,
        "method": "PUT",
        "body": {"code": "credit_hold", "detail": "on hold"},
    }
    world.company.erp("/faults", refused)
    world.company.edit(deal, {"Qty 1": "3"})
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert work.verdict.error is not None and work.verdict.error.code == "credit_hold"
    assert puts(world) == 1
    world.look(deal)
    assert puts(world) == 1, "a refusal stands until something changes"
    world.company.edit(deal, {"Qty 1": "2"})
    assert world.look(deal).verdict is None
    assert order(world)["LineItems"][0]["Quantity"] == "2"


REFUSED = {
    "kind": "status",
    "status": 422,
    "method": "PUT",
    "body": {"code": "validation", "detail": "no"},
}


def test_a_refused_edit_that_is_edited_again_goes_over_as_it_is_then(world: World, deal: str) -> None:
    world.company.erp("/faults", REFUSED)
    world.company.edit(deal, {"Qty 1": "3"})
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "4"})
    assert world.look(deal).verdict is None
    assert order(world)["LineItems"][0]["Quantity"] == "4"
    assert (world.look(deal).verdict, puts(world)) == (None, 2)


def test_of_a_refused_edit_what_is_not_taken_back_goes_over(world: World, deal: str) -> None:
    world.company.erp("/faults", REFUSED)
    world.company.edit(deal, {"Qty 1": "3", "Ship via": "Air"})
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "2"})
    assert world.look(deal).verdict is None
    assert (order(world)["ShippingMethod"], order(world)["LineItems"][0]["Quantity"]) == ("UPSA", "2")


def test_what_people_in_the_erp_do_after_a_refused_edit_is_theirs(world: World, deal: str) -> None:
    """Even where it is what was refused, and the deal has taken it back since."""
    world.company.erp("/faults", REFUSED)
    world.company.edit(deal, {"Ship via": "Air"})
    world.look(deal)
    world.company.correct("salesorders", order(world)["OrderID"], {"ShippingMethod": "UPSA"})
    by_hand = puts(world)
    world.company.edit(deal, {"Ship via": "Ground"})
    assert (world.look(deal).verdict, puts(world)) == (None, by_hand)
    assert order(world)["ShippingMethod"] == "UPSA"


def test_a_dry_run_says_it_and_writes_nothing(world: World, deal: str) -> None:
    world.company.edit(deal, {"Ship via": "Air"})
    world.webhook(deal)
    batch: Batch = world.run(dry_run=True, only=(deal,))
    assert any("would change order" in did and "shipping_method" in did for did in batch.items[0].trail)
    assert puts(world) == 0


def test_without_the_policy_nothing_is_carried_over(make_world: Callable[..., World]) -> None:
    world = make_world()
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "3"}, name="Renamed")
    assert problem(world.look(deal)) == "edited_after_order"
    assert puts(world) == 0


def test_a_second_edit_starts_from_the_first(world: World, deal: str) -> None:
    for method, code in (("Air", "UPSA"), ("Ground", "UPSG"), ("Air", "UPSA")):
        world.company.edit(deal, {"Ship via": method})
        assert world.look(deal).verdict is None
        assert order(world)["ShippingMethod"] == code
    assert puts(world) == 3


def test_an_erp_that_writes_an_edit_in_its_own_way_is_no_other_person(
    world: World, deal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next edit starts from what the ERP answered to the last one, not from what it was sent."""
    update = FacadeErp.update_order

    def in_its_own_way(erp: FacadeErp, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        update(erp, order, changes)
        world.company.correct("salesorders", order.id, {"OrderDescription": "NORTHWIND"})
        answered = erp.order(order.id)
        assert answered is not None
        return answered

    monkeypatch.setattr(FacadeErp, "update_order", in_its_own_way)
    for name in ("Northwind, urgent", "Northwind, very urgent"):
        world.company.edit(deal, name=name)
        assert world.look(deal).verdict is None
    assert order(world)["OrderDescription"] == "NORTHWIND"


class Killed(BaseException):
    """The process ended during the call."""


@pytest.mark.parametrize("done", [False, True], ids=["before it was done", "after it was done"])
def test_a_run_that_dies_while_it_changes_the_order_leaves_it_to_the_next(
    world: World, deal: str, monkeypatch: pytest.MonkeyPatch, done: bool
) -> None:
    update = FacadeErp.update_order

    def dies(erp: FacadeErp, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        if done:
            update(erp, order, changes)
        raise Killed

    world.company.edit(deal, {"Ship via": "Air", "Qty 1": "3"})
    with monkeypatch.context() as dying:
        dying.setattr(FacadeErp, "update_order", dies)
        with pytest.raises(Killed):
            world.look(deal)
    world.restart()
    world.run_until_quiet()
    assert (order(world)["ShippingMethod"], order(world)["LineItems"][0]["Quantity"]) == ("UPSA", "3")
    assert puts(world) == 1, "what the next run found done is not done again"
    assert world.ports.store.effects.unsettled() == []


def test_after_a_doubtful_edit_the_erps_own_people_are_still_not_overruled(world: World, deal: str) -> None:
    """Neither what it had nor what we wanted: somebody else has been there since."""
    world.company.erp("/faults", {"kind": "cut_before", "method": "PUT", "path": "/salesorders/"})
    world.company.edit(deal, {"Ship via": "Air"})
    world.look(deal)
    world.company.correct("salesorders", order(world)["OrderID"], {"ShippingMethod": "COURIER"})
    assert problem(world.look(deal)) == "edited_on_both_sides"
    assert order(world)["ShippingMethod"] == "COURIER"


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_an_unanswered_edit_of_an_order_that_is_shipped_by_then_is_in_doubt_no_more(
    world: World, deal: str, fault: str
) -> None:
    world.company.erp("/faults", {"kind": fault, "method": "PUT", "path": "/salesorders/"})
    world.company.edit(deal, {"Ship via": "Air"})
    world.look(deal)
    assert [effect.state for effect in world.ports.store.effects.unsettled()] == ["unknown"]
    world.company.erp(f"/orders/{order(world)['OrderID']}/ship")
    world.run_until_quiet()
    assert world.ports.store.effects.unsettled() == []
    assert order(world)["ShippingMethod"] == ("UPSA" if fault == "cut_after" else "UPSG")


def test_an_unanswered_edit_that_people_overruled_is_in_doubt_no_more(world: World, deal: str) -> None:
    world.company.erp("/faults", {"kind": "cut_before", "method": "PUT", "path": "/salesorders/"})
    world.company.edit(deal, {"Ship via": "Air"})
    world.look(deal)
    world.company.correct("salesorders", order(world)["OrderID"], {"ShippingMethod": "COURIER"})
    world.run_until_quiet()
    assert world.ports.store.effects.unsettled() == []
    assert problem(world.look(deal)) == "edited_on_both_sides", "and stays a person's"


def test_the_row_of_an_edit_says_what_was_written_before_and_after(world: World, deal: str) -> None:
    world.company.edit(deal, {"Ship via": "Air", "Region": "", "Qty 1": "3"})
    world.look(deal)
    number = order(world)["OrderID"]
    row = world.ports.store.effects.get(f"order:{number}:edit")
    assert row is not None
    assert (row.shape, row.state, row.subject) == ("set", "confirmed", deal)
    before, after, changes = (row.body[name] for name in ("before", "after", "changes"))
    assert (before["shipping_method"], after["shipping_method"]) == ("UPSG", "UPSA")
    assert (before["custom"], after["custom"]) == ({"Region": "NORTH"}, {})
    assert [side["lines"][0]["quantity"] for side in (before, after)] == ["2", "3"]
    assert set(changes) == {"shipping_method", "custom", "lines"}
    assert (changes["shipping_method"], changes["custom"]) == ("UPSA", {"Region": None})
    assert row.result is not None and row.external_id == row.result["version"]
    assert row.result["order"]["total"] == "540.00"
    assert row.settle_until is not None and row.call_deadline is not None
    settle = (row.settle_until - row.call_deadline).total_seconds()
    assert settle == world.ports.erp.traits.settle_seconds


def test_every_word_that_came_too_late_is_named(world: World, deal: str) -> None:
    world.company.erp(f"/orders/{order(world)['OrderID']}/status", {"OrderStatus": "Allocated"})
    world.company.edit(deal, {"Qty 1": "3"})
    work = world.look(deal)
    number = order(world)["OrderID"]
    assert work.trail[0] == f"too late for order {number}: lines"
    assert puts(world) == 0
