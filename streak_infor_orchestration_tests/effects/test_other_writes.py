"""Customers, invoices, cancellations, fields and comments: lost before they are done or after, there is one of each."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World

POLICIES = {"policies: {backwards: report}": "policies: {backwards: cancel, edited: update}"}
FAULTS = {
    "cut before": {"kind": "cut_before"},
    "cut after": {"kind": "cut_after"},
    "500 before": {"kind": "status", "status": 500},
    "503 after": {"kind": "status_after", "status": 503},
    "unreadable": {"kind": "garbage"},
    "other types": {"kind": "garbage", "style": "wrong_types"},
}

pytestmark = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=POLICIES)


@pytest.fixture
def deal(world: World) -> str:
    return world.company.deal("Northwind", stage="Proposal Accepted")


def quiet_and_settled(world: World) -> None:
    world.run_until_quiet()
    assert world.ports.store.effects.unsettled() == []
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_customer(world: World, deal: str, fault: dict[str, object]) -> None:
    world.company.erp("/faults", {**fault, "method": "POST", "path": "/customers$"})
    world.look(deal)
    quiet_and_settled(world)
    (customer,) = world.company.found_in_erp("customers")
    (order,) = world.company.found_in_erp("salesorders")
    assert order["CustomerID"] == customer["CustomerID"]
    assert world.ports.store.links.all("customer")[0].erp_key == customer["CustomerID"]


def test_an_invoice(world: World, deal: str, fault: dict[str, object]) -> None:
    world.look(deal)
    world.company.edit(deal, stage="Closed-Won")
    world.company.erp("/faults", {**fault, "method": "POST", "path": "/invoices$"})
    world.look(deal)
    quiet_and_settled(world)
    (invoice,) = world.company.found_in_erp("invoices")
    assert world.ports.store.invoices.order_of(invoice["InvoiceID"]) == invoice["OrderID"]
    assert world.company.box(deal)["fieldsByName"]["ERP invoice"] == invoice["InvoiceID"]


def test_a_cancellation(world: World, deal: str, fault: dict[str, object]) -> None:
    world.look(deal)
    world.company.edit(deal, stage="Closed-Lost")
    world.company.erp("/faults", {**fault, "method": "PUT", "path": "/salesorders/"})
    world.look(deal)
    quiet_and_settled(world)
    (order,) = world.company.found_in_erp("salesorders")
    assert order["OrderStatus"] == "Cancelled"
    assert world.company.box(deal)["fieldsByName"]["ERP status"] == "Cancelled"


def test_an_edit_of_an_order(world: World, deal: str, fault: dict[str, object]) -> None:
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "7"}, name="Northwind, urgent")
    world.company.erp("/faults", {**fault, "method": "PUT", "path": "/salesorders/"})
    world.look(deal)
    quiet_and_settled(world)
    (order,) = world.company.found_in_erp("salesorders")
    assert (order["LineItems"][0]["Quantity"], order["OrderDescription"]) == ("7", "Northwind, urgent")
    changes = [call for call in world.company.calls() if call.startswith("PUT /infor")]
    world.look(deal)
    assert [call for call in world.company.calls() if call.startswith("PUT /infor")] == changes


def test_an_edit_that_is_taken_back_while_it_is_in_doubt(
    world: World, deal: str, fault: dict[str, object]
) -> None:
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "7"})
    world.company.erp("/faults", {**fault, "method": "PUT", "path": "/salesorders/"})
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "2"})
    world.look(deal)
    quiet_and_settled(world)
    (order,) = world.company.found_in_erp("salesorders")
    assert order["LineItems"][0]["Quantity"] == "2"


def test_the_fields_of_a_box(world: World, deal: str, fault: dict[str, object]) -> None:
    world.company.streak("/faults", {**fault, "method": "POST", "path": "/v1/boxes/[^/]+$"})
    assert world.look(deal).verdict is not None
    quiet_and_settled(world)
    (order,) = world.company.found_in_erp("salesorders")
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == order["OrderID"]


def test_the_fields_of_a_box_lost_again_another_day(
    world: World, deal: str, fault: dict[str, object]
) -> None:
    """The first loss is over when they were set: the second is the line's again, and burns no attempt."""
    for stage in ("Proposal Accepted", "Closed-Won"):
        world.company.edit(deal, stage=stage)
        world.company.streak("/faults", {**fault, "method": "POST", "path": "/v1/boxes/[^/]+$"})
        world.look(deal)
        pending = world.ports.store.inbox.pending("deal", deal)
        assert pending is not None and pending.attempts == 0
        quiet_and_settled(world)
    assert world.company.box(deal)["fieldsByName"]["ERP invoice"]


def test_a_comment_also_one_that_a_person_deletes(world: World, deal: str, fault: dict[str, object]) -> None:
    world.company.streak("/faults", {**fault, "method": "POST", "path": "/comments$"})
    assert world.look(deal).verdict is not None
    quiet_and_settled(world)
    assert len(world.company.comments(deal)) == 1
    world.company.delete_comments(deal)
    world.look(deal)
    quiet_and_settled(world)
    assert world.company.comments(deal) == []


def test_a_diagnosis(world: World, fault: dict[str, object]) -> None:
    """Lost while it was told: the deal stays a person's, and is told of it once."""
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    world.company.streak("/faults", {**fault, "method": "POST", "path": "/comments$"})
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    world.run_until_quiet()
    (comment,) = world.company.comments(deal)
    assert "NO-SUCH" in comment
    assert world.ports.store.effects.unsettled() == []
    assert world.ports.store.dead_letters.count_open() == 1
