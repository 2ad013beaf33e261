"""What a person is asked: each question's code, and the field, value and box it is about, as the letter keeps them."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration_tests.world import World

POLICY = "policies: {backwards: report}"
UPDATE = {POLICY: "policies: {backwards: report, edited: update}"}
BACK = {POLICY: "policies: {backwards: cancel}"}
ASK = {"fields:\n": "fields:\n  - {to: customer.phone, from: organization.phone, owner: ask}\n"}
Asked = tuple[str, str, str, str]


def ordered(world: World, **options: str) -> tuple[str, str, str]:
    """A deal, its order and its customer."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted", **options)
    assert world.look(deal).verdict is None
    (order,) = world.company.found_in_erp("salesorders")
    world.clock.advance(61)
    return deal, order["OrderID"], order["CustomerID"]


def asked(world: World, key: str, kind: str = "deal") -> Asked:
    """Code, field, value and box of the one question of this record's letter."""
    letter = world.ports.store.dead_letters.of(kind, key)
    assert letter is not None
    (problem,) = map(Problem.model_validate, letter.diagnosis["problems"])
    assert letter.code == problem.code
    assert problem.message
    assert problem.fix or problem.code == "order_gone"
    return problem.code, problem.field, problem.value, problem.box


@pytest.mark.parametrize("stage", ["Lead", "Closed-Lost"])
def test_a_deal_that_went_back(world: World, stage: str) -> None:
    deal, _, _ = ordered(world)
    world.company.edit(deal, stage=stage)
    world.look(deal)
    assert asked(world, deal) == ("went_back", "Stage", stage, "Northwind")


def test_a_deal_that_was_edited_after_its_order(world: World) -> None:
    deal, order, _ = ordered(world)
    world.company.edit(deal, {"Qty 1": "3"})
    world.look(deal)
    assert asked(world, deal) == ("edited_after_order", "Order", order, "Northwind")


def test_a_deal_and_an_order_that_both_were_edited(make_world: Callable[..., World]) -> None:
    world = make_world(settings=UPDATE)
    deal, order, _ = ordered(world)
    world.company.correct("salesorders", order, {"OrderDescription": "Ask for Ada"})
    world.company.edit(deal, name="Northwind, urgent")
    work = world.look(deal)
    assert asked(world, deal) == ("edited_on_both_sides", "Order", order, "Northwind, urgent")
    assert work.verdict is not None and work.verdict.reason.endswith("made: description.")


def test_an_order_that_is_gone_from_the_erp(world: World) -> None:
    deal, order, _ = ordered(world)
    world.company.infor_twin.delete(f"/records/salesorders/{order}")
    world.look(deal)
    assert asked(world, deal) == ("order_gone", "", "", "Northwind")


@pytest.mark.parametrize(
    ("leaves", "code", "box"), [("delete", "box_deleted", ""), ("move_elsewhere", "box_moved", "Northwind")]
)
def test_a_box_that_left(world: World, leaves: str, code: str, box: str) -> None:
    deal, order, _ = ordered(world)
    getattr(world.company, leaves)(deal)
    world.look(deal)
    assert asked(world, deal) == (code, "Order", order, box)


def test_a_deal_that_is_won_after_its_order_was_cancelled(world: World) -> None:
    deal, order, _ = ordered(world)
    world.company.erp(f"/orders/{order}/status", {"OrderStatus": "Cancelled"})
    world.clock.advance(60)
    world.company.edit(deal, stage="Closed-Won")
    world.look(deal)
    assert asked(world, deal) == ("order_cancelled", "Order", order, "Northwind")
    assert world.company.found_in_erp("invoices") == []


def test_a_deal_that_is_accepted_again(make_world: Callable[..., World]) -> None:
    world = make_world(settings=BACK)
    deal, order, _ = ordered(world)
    for stage in ("Qualified", "Proposal Accepted"):
        world.company.edit(deal, stage=stage)
        world.look(deal)
        world.clock.advance(60)
    assert asked(world, deal) == ("reaccepted", "Order", order, "Northwind")


@pytest.mark.parametrize("code", ["customer_closed", "customer_gone"])
def test_a_customer_that_cannot_be_ordered_for(
    world: World, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    organization = world.company.organization("Northwind GmbH")
    _, _, customer = ordered(world, organization=organization)
    world.company.correct("customers", customer, {"Status": "Closed"})
    if code == "customer_gone":
        monkeypatch.setattr(type(world.ports.erp), "customer", lambda *_: None)
    deal = world.company.deal("Second", organization=organization, stage="Proposal Accepted")
    world.look(deal)
    assert asked(world, deal) == (code, "Organization", customer, "Second")
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    assert (letter.diagnosis["party"], letter.diagnosis["candidates"]) == (f"organization:{organization}", [])
    assert f"streak-infor link customer {organization} NUMBER --instead" in letter.cures[0]


def test_a_customer_that_nobody_may_make(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"  create: true ": "  create: false "})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    assert asked(world, deal) == ("no_customer", "", "Northwind Ltd", "Northwind")
    assert world.company.found_in_erp("customers") == []


@pytest.mark.parametrize(("desks", "more"), [(2, ""), (5, "; and 2 more.")])
def test_a_customer_of_whom_there_are_several(world: World, desks: int, more: str) -> None:
    for desk in range(desks):
        email = f"desk{desk}@northwind.example"
        world.company.book("customers", {"Name": "Northwind Ltd", "Email": email, "Currency": "EUR"})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    assert asked(world, deal) == ("ambiguous_customer", "", "Northwind Ltd", "Northwind")
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    listed = [candidate["number"] for candidate in letter.diagnosis["candidates"]]
    assert len(listed) == desks
    assert [number in letter.message for number in listed] == [True] * min(desks, 3) + [False] * (desks - 3)
    assert letter.message.endswith(more or ").")
    assert "linked it, the order follows" in letter.cures[0]


def test_a_customer_who_belongs_to_another_record_of_streaks(world: World) -> None:
    organization = world.company.organization("Northwind Ltd", domains=["northwind.example"])
    _, _, customer = ordered(world, organization=organization)
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    assert asked(world, deal) == ("ambiguous_customer", "", "Northwind Ltd", "Northwind")
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    (candidate,) = letter.diagnosis["candidates"]
    assert (candidate["number"], candidate["linked_to"]) == (customer, f"organization:{organization}")
    assert letter.cures[0].startswith("The customer stands in Streak twice")


@pytest.mark.parametrize(
    ("phone", "code", "value"),
    [
        ("+4930555555", "changed_on_both_sides", "+4930555555 | +4930777777"),
        ("call Jane", "not_a_phone_number", "call Jane"),
    ],
)
def test_a_field_of_a_customer_that_only_a_person_can_decide(
    make_world: Callable[..., World], phone: str, code: str, value: str
) -> None:
    world = make_world(settings=ASK)
    organization = world.company.organization("Northwind GmbH", phoneNumbers=["+4930901820"])
    deal, _, customer = ordered(world, organization=organization)
    party = f"organization:{organization}"
    world.company.edit_party(party, phoneNumbers=[phone])
    if code == "changed_on_both_sides":
        world.company.correct("customers", customer, {"Phone": "+4930777777"})
    world.run_customers(party)
    assert asked(world, party, "customer") == (code, "customer.phone", value, "Northwind")
    letter = world.ports.store.dead_letters.of("customer", party)
    assert letter is not None and letter.diagnosis["problems"][0]["rule"].startswith("integration.yaml:")
    assert world.company.comments(deal)[-1].startswith("The customer needs attention. ")


def test_an_invoice_that_is_not_the_orders(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Closed-Won")
    world.look(deal)
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.erp(f"/records/invoices/{invoice['InvoiceID']}", {"TotalAmount": "359.99"})
    world.look(deal)
    assert asked(world, deal) == ("invoice_differs", "Invoice", invoice["InvoiceID"], "Northwind")


def test_a_pipeline_that_cannot_be_read(world: World) -> None:
    """An administrator's: its incident names the place in the file."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    hidden = {"kind": "status", "status": 404, "body": {"success": False}, "times": 1}
    world.company.streak("/faults", hidden | {"path": f"/pipelines/{world.company.pipeline_key}$"})
    world.clock.advance(61)
    world.look(deal)
    assert asked(world, "gone", "configuration") == ("name_missing", "", "Sales", "")
    (letter,) = world.ports.store.dead_letters.listing()
    assert (letter.error_class, letter.attempts) == ("Misconfigured", 0)
    assert "streak.pipeline" in letter.diagnosis["problems"][0]["rule"]
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and pending.attempts == 0
