"""An order that was typed in the ERP becomes one box, and never a second order."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.origin import origin_mark
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.deals import fetch
from streak_infor_orchestration.sync.desk.recover import recover
from streak_infor_orchestration.sync.effects import new_box
from streak_infor_orchestration.sync.orders import phases
from streak_infor_orchestration.sync.row.rows import ORDERS
from streak_infor_orchestration.sync.row.work import Batch, Status
from streak_infor_orchestration_tests.integration.sync.orders.typed import (
    BY_HAND,
    boxes,
    settle,
    types_an_order,
)
from streak_infor_orchestration_tests.world import World


@pytest.fixture
def world(make_world: Callable[..., World], database_url: str | None) -> World:
    return make_world(settings=BY_HAND, database_url=database_url)


def box_of(world: World, order: str) -> str:
    return world.ports.store.links.streak_key("order", order) or ""


def test_it_becomes_a_box_with_what_the_erp_knows(world: World) -> None:
    order = types_an_order(world)
    settle(world)
    box = world.company.box(box_of(world, order))
    assert boxes(world) == [box["key"]]
    assert (box["name"], box["stageName"]) == (f"Walk-in Ltd: {order}", "Lead")
    assert {"ERP order": order, "ERP status": "Open"}.items() <= box["fieldsByName"].items()
    assert world.company.comments(box["key"]) == [
        comment for comment in world.company.comments(box["key"]) if f"Order {order}" in comment
    ]
    assert world.ports.store.dead_letters.count_open() == 0
    assert world.ports.store.inbox.counts() == []


def test_nothing_is_made_before_it_had_its_time(world: World) -> None:
    types_an_order(world)
    world.clock.advance(5)
    world.poll()
    world.run_until_quiet()
    assert world.run_orders() == []
    assert boxes(world) == []


def test_what_happens_to_the_order_makes_no_second_box(world: World) -> None:
    order = types_an_order(world)
    settle(world)
    world.company.erp(f"/orders/{order}/ship")
    settle(world)
    world.company.correct("salesorders", order, {"ShippingMethod": "UPSG"})
    settle(world)
    assert len(boxes(world)) == 1
    assert world.company.box(box_of(world, order))["fieldsByName"]["ERP status"] == "Shipped"


@pytest.mark.parametrize("stage", ["Proposal Accepted", "Closed-Won"])
def test_the_box_never_makes_a_second_order(world: World, stage: str) -> None:
    order = types_an_order(world)
    settle(world)
    world.company.edit(box_of(world, order), stage=stage)
    work = world.look(box_of(world, order))
    assert work.verdict is None
    (only,) = world.company.found_in_erp("salesorders")
    invoices = world.company.found_in_erp("invoices")
    assert only["OrderID"] == order
    assert [invoice["OrderID"] for invoice in invoices] == ([order] if stage == "Closed-Won" else [])


def test_its_box_may_go_back_or_be_deleted_and_the_order_stands(world: World) -> None:
    order = types_an_order(world)
    settle(world)
    box = box_of(world, order)
    world.company.edit(box, stage="Closed-Lost")
    assert world.look(box).verdict is None
    world.company.delete(box)
    left = world.look(box).verdict
    assert left is not None and left.status is Status.CONVERGED
    (only,) = world.company.found_in_erp("salesorders")
    assert only["OrderStatus"] == "Open"
    assert world.ports.store.dead_letters.count_open() == 0


def test_orders_of_our_own_making_become_no_box(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    settle(world)
    assert boxes(world) == [deal]


@pytest.mark.parametrize("why", ["cancelled", "old", "gone"])
def test_what_needs_no_box_gets_none(world: World, why: str) -> None:
    members = {"OrderDate": "1999-12-31"} if why == "old" else {}
    order = types_an_order(world, **members)
    if why == "cancelled":
        world.company.correct("salesorders", order, {"OrderStatus": "Cancelled"})
    world.clock.advance(5)
    world.poll()
    if why == "gone":
        world.company.infor_twin.delete(f"/records/salesorders/{order}").raise_for_status()
    settle(world)
    assert boxes(world) == []
    assert world.ports.store.inbox.counts() == []


def test_one_with_a_reference_of_ours_is_linked_to_its_deal(world: World) -> None:
    deal = world.company.deal("Northwind")
    world.look(deal)
    order = types_an_order(world, ExternalReference=world.ports.reference(deal))
    settle(world)
    assert boxes(world) == [deal]
    assert world.ports.store.links.erp_key("order", deal) == order
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == order


def test_a_copy_of_our_order_is_left_to_the_reconciliation(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (order,) = world.company.found_in_erp("salesorders")
    types_an_order(world, ExternalReference=order["ExternalReference"])
    settle(world)
    assert boxes(world) == [deal]
    assert world.ports.store.links.erp_key("order", deal) == order["OrderID"]


def test_without_that_guard_our_own_order_would_get_a_box(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phases, "bears_our_prefix", lambda *_: False)
    types_an_order(world, ExternalReference=world.ports.reference("nobody's"))
    settle(world)
    assert len(boxes(world)) == 1


def test_an_order_that_is_just_being_made_is_not_typed_by_hand(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/salesorders$"})
    world.look(deal)
    world.clock.advance(5)
    world.poll()
    world.run(only=("nobody",))
    world.run()  # its event is of no deal yet
    world.clock.advance(world.ports.erp.traits.settle_seconds)
    assert {work.verdict.status for work in world.run_orders() if work.verdict} <= {
        Status.WAITING,
        Status.CONVERGED,
    }
    settle(world)
    assert boxes(world) == [deal]
    assert len(world.company.found_in_erp("salesorders")) == 1


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_lost_answer_makes_no_second_box(world: World, fault: str) -> None:
    order = types_an_order(world)
    world.company.streak("/faults", {"kind": fault, "method": "POST", "path": "/boxes$"})
    settle(world)
    for _ in range(3):
        world.clock.advance(20)
        world.run_orders()
    settle(world)
    assert boxes(world) == [box_of(world, order)]


def test_without_its_probe_a_lost_answer_would(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_box, "_made_of", lambda *_: [])
    test = pytest.raises(AssertionError)
    with test:
        test_a_lost_answer_makes_no_second_box(world, "cut_after")


def test_a_box_with_the_mark_and_no_link_waits(world: World) -> None:
    order = types_an_order(world)
    world.company.streak("/faults", {"kind": "cut_after", "method": "POST", "path": "/boxes$"})
    world.clock.advance(5)
    world.poll()
    world.run_until_quiet()
    world.clock.advance(world.ports.erp.traits.settle_seconds)
    world.run_orders()
    (box,) = boxes(world)
    world.company.edit(box, stage="Proposal Accepted")
    verdict = world.look(box).verdict
    assert verdict is not None and verdict.status is Status.WAITING
    world.clock.advance(20)
    world.run_orders()
    world.run_until_quiet()
    assert box_of(world, order) == box
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_without_that_guard_it_would_be_ordered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "not_to_be_ordered", lambda *_: None)
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(box, notes=origin_mark(world.ports.team_key, "SO-1"))
    world.look(box)
    assert len(world.company.found_in_erp("salesorders")) == 1


@pytest.mark.parametrize("by", ["notes", "field"])
def test_a_copy_of_a_linked_box_is_a_persons(world: World, by: str) -> None:
    order = types_an_order(world)
    settle(world)
    copy = world.company.deal("Northwind", stage="Proposal Accepted")
    if by == "notes":
        world.company.edit(copy, notes=world.company.box(box_of(world, order))["notes"])
    else:
        world.company.edit(copy, {"ERP order": order})
    verdict = world.look(copy).verdict
    assert verdict is not None and verdict.status is Status.PERSON
    assert [problem.code for problem in verdict.problems] == ["copied"]
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_without_that_guard_the_copy_would_be_ordered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "not_to_be_ordered", lambda *_: None)
    with pytest.raises(AssertionError):
        test_a_copy_of_a_linked_box_is_a_persons(world, "field")


def test_who_does_not_ask_for_boxes_gets_none_and_pays_no_call(make_world: Callable[..., World]) -> None:
    world = make_world()
    types_an_order(world)
    world.poll()
    world.run_until_quiet()
    assert world.ports.store.inbox.counts() == []
    assert not [call for call in world.company.calls() if "GET" in call and "/salesorders/" in call]
    assert boxes(world) == []


def test_a_dry_run_says_what_would_be_made(world: World) -> None:
    order = types_an_order(world)
    work, *_ = ORDERS.run(
        replace(_batch(order), dry_run=True),
        world.ports,
    ).items
    assert work.trail == (f"would make the box Walk-in Ltd: {order}",)
    assert boxes(world) == []


def test_the_link_says_that_the_order_was_there_first(world: World) -> None:
    order = types_an_order(world)
    settle(world)
    link = world.ports.store.links.of_erp("order", order)
    assert link == Link("order", box_of(world, order), order)
    assert link is not None and link.by_hand


def _batch(order: str) -> Batch:
    return Batch(run_id="dry", only=(order,))


def test_a_lost_ledger_finds_the_boxes_of_such_orders_again(world: World, tmp_path: Path) -> None:
    order = types_an_order(world)
    settle(world)
    box = box_of(world, order)
    (tmp_path / "empty").mkdir()
    world.lose_ledger(None, tmp_path / "empty")
    found = recover(actor="test", ports=world.ports)
    assert (found.added, found.conflicts) == (1, [])
    world.restart()
    world.company.edit(box, stage="Proposal Accepted")
    assert world.look(box).verdict is None
    settle(world)
    assert (boxes(world), box_of(world, order)) == ([box], box)
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_a_copy_of_such_a_box_is_told_when_the_ledger_is_lost(world: World, tmp_path: Path) -> None:
    order = types_an_order(world)
    settle(world)
    copy = world.company.deal("Northwind")
    world.company.edit(copy, notes=world.company.box(box_of(world, order))["notes"])
    (tmp_path / "empty").mkdir()
    world.lose_ledger(None, tmp_path / "empty")
    (conflict,) = recover(actor="test", ports=world.ports).conflicts
    assert f"bear the mark of order {order}" in conflict
