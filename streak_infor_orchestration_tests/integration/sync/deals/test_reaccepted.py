"""A deal that is accepted again after its order was cancelled: a person is asked, or it gets a second order."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.sync.desk.reorder import leave, reorder
from streak_infor_orchestration.sync.row.work import Work
from streak_infor_orchestration_tests.world import World

POLICIES = "policies: {backwards: report}"
ASK = {POLICIES: "policies: {backwards: cancel}"}
NEW = {POLICIES: "policies: {backwards: cancel, reaccepted: new_order}"}


def taken_back(world: World) -> str:
    """A deal whose order is cancelled, as it went back."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.clock.advance(60)
    world.company.edit(deal, stage="Qualified")
    world.look(deal)
    world.clock.advance(60)
    return deal


def accept(world: World, deal: str, stage: str = "Proposal Accepted") -> Work:
    world.company.edit(deal, stage=stage)
    work = world.look(deal)
    world.run_until_quiet()
    return work


def orders(world: World) -> list[tuple[str, str]]:
    """Status and reference, the oldest first."""
    found = sorted(world.company.found_in_erp("salesorders"), key=lambda order: order["OrderID"])
    return [(order["OrderStatus"], order["ExternalReference"]) for order in found]


def test_a_person_is_asked_by_default(make_world: Callable[..., World]) -> None:
    world = make_world(settings=ASK)
    deal = taken_back(world)
    accept(world, deal)
    assert [status for status, _ in orders(world)] == ["Cancelled"]
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code == "reaccepted"
    assert "streak-infor reorder" in world.company.comments(deal)[-1]


def test_going_back_is_an_answer(make_world: Callable[..., World]) -> None:
    world = make_world(settings=ASK)
    deal = taken_back(world)
    accept(world, deal)
    accept(world, deal, "Closed-Lost")
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_person_may_have_a_new_order_made(make_world: Callable[..., World]) -> None:
    world = make_world(settings=ASK)
    deal = taken_back(world)
    accept(world, deal)
    reorder(deal, actor="anna", ports=world.ports)
    world.run_until_quiet()
    (cancelled, first), (made, second) = orders(world)
    assert (cancelled, made) == ("Cancelled", "Open") and first != second
    assert world.ports.store.dead_letters.count_open() == 0
    assert ("anna", "generation opened") in [(e.actor, e.action) for e in world.ports.store.audit.of(deal)]
    with pytest.raises(Rejected, match="only a cancelled order"):
        reorder(deal, actor="anna", ports=world.ports)


def test_a_person_may_leave_it_without_an_order_until_it_goes_back_once_more(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=ASK)
    deal = taken_back(world)
    accept(world, deal)
    leave(deal, actor="anna", ports=world.ports)
    world.run_until_quiet()
    world.look(deal)
    assert world.ports.store.dead_letters.count_open() == 0
    accept(world, deal, "Qualified")
    accept(world, deal)
    assert world.ports.store.dead_letters.count_open() == 1
    assert len(orders(world)) == 1


def test_the_policy_may_be_a_new_order(make_world: Callable[..., World]) -> None:
    """With everything of its own: key, reference, invoice, comments; and again after that."""
    world = make_world(settings=NEW)
    deal = taken_back(world)
    accept(world, deal)
    accept(world, deal, "Qualified")
    world.clock.advance(60)
    accept(world, deal, "Closed-Won")
    assert [status for status, _ in orders(world)] == ["Cancelled", "Cancelled", "Invoiced"]
    assert len({reference for _, reference in orders(world)}) == 3
    keys = [effect.key for effect in world.ports.store.effects.of(deal) if ":sales_order:" in effect.key]
    assert keys == [f"deal:{deal}:sales_order:{n}" for n in (1, 2, 3)]
    (last,) = world.company.found_in_erp("salesorders", OrderStatus="Invoiced")
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == last["OrderID"]
    assert sum("created in ERP" in comment for comment in world.company.comments(deal)) == 3
    assert world.ports.store.dead_letters.count_open() == 0


def test_an_edit_of_the_second_order_is_seen_against_the_second(make_world: Callable[..., World]) -> None:
    world = make_world(
        settings={POLICIES: "policies: {backwards: cancel, reaccepted: new_order, edited: update}"}
    )
    deal = taken_back(world)
    world.company.edit(deal, {"Qty 1": "5"})
    accept(world, deal)
    world.company.edit(deal, {"Qty 1": "6"})
    world.look(deal)
    quantities = {
        o["OrderStatus"]: o["LineItems"][0]["Quantity"] for o in world.company.found_in_erp("salesorders")
    }
    assert quantities == {"Cancelled": "2", "Open": "6"}


@pytest.mark.parametrize("settings", [ASK, NEW])
def test_an_order_that_the_erp_cancelled_is_never_made_again_while_its_deal_stays(
    make_world: Callable[..., World], settings: dict[str, str]
) -> None:
    world = make_world(settings=settings)
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.clock.advance(60)
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/status", {"OrderStatus": "Cancelled"})
    assert world.look(deal).verdict is None
    world.clock.advance(60)
    accept(world, deal, "Contract Signed")
    assert len(orders(world)) == 1
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code == "reaccepted", "it moved on, and nobody knows what is meant"


def test_what_people_cancelled_while_the_deal_was_back_counts_as_well(
    make_world: Callable[..., World],
) -> None:
    """`backwards: report`: a person did what the letter said."""
    world = make_world(settings={POLICIES: "policies: {reaccepted: new_order}"})
    deal = taken_back(world)
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/status", {"OrderStatus": "Cancelled"})
    world.look(deal)
    world.clock.advance(60)
    accept(world, deal)
    assert [status for status, _ in orders(world)] == ["Cancelled", "Open"]


def test_a_dry_run_opens_nothing(make_world: Callable[..., World]) -> None:
    world = make_world(settings=NEW)
    deal = taken_back(world)
    world.company.edit(deal, stage="Proposal Accepted")
    (work,) = world.run(dry_run=True, only=(deal,)).items
    assert any(step.startswith("would create an order") for step in work.trail)
    world.ports.store.links.erp_key("order", deal)
    assert len(orders(world)) == 1 and world.ports.store.links.erp_key("order", deal) is not None


@pytest.mark.parametrize("fault", ["cut_after", "cut_before"])
def test_a_second_order_in_doubt_is_not_taken_for_the_first(
    make_world: Callable[..., World], fault: str
) -> None:
    world = make_world(settings=NEW)
    deal = taken_back(world)
    world.company.erp("/faults", {"kind": fault, "method": "POST", "path": "/salesorders$"})
    accept(world, deal)
    assert [status for status, _ in orders(world)] == ["Cancelled", "Open"]
    assert world.ports.store.effects.unsettled() == []


def test_a_persons_word_is_kept_with_who_it_was_and_makes_the_deal_due(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=ASK)
    deal = taken_back(world)
    accept(world, deal)
    store, number = world.ports.store, world.ports.store.links.erp_key("order", deal)
    assert leave(deal, actor="anna", ports=world.ports) == number
    (word, *_) = store.audit.of(f"order:{number}")
    assert (word.actor, word.action, word.detail) == ("anna", "left without an order", {"deal": deal})
    assert reorder(deal, actor="jane", ports=world.ports) == number
    assert store.links.erp_key("order", deal) is None, "the link to the cancelled one ends with it"
    events = [(event.source, event.name, event.lane) for event in store.inbox.events("deal", deal)[:2]]
    assert events == [("manual", "DECIDED", "manual")] * 2
    pending = store.inbox.pending("deal", deal)
    assert pending is not None and pending.due_at is not None and pending.due_at <= world.clock.now()
    with pytest.raises(Rejected) as refused:
        leave(deal, actor="anna", ports=world.ports)
    assert refused.value.code == "no_cancelled_order"
    assert "has no order in the ERP" in refused.value.message


def test_after_nine_orders_a_deal_gets_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (order,) = world.company.found_in_erp("salesorders")
    world.company.erp(f"/orders/{order['OrderID']}/status", {"OrderStatus": "Cancelled"})
    monkeypatch.setattr(type(world.ports), "generation_of", lambda *_: 9)
    with pytest.raises(Rejected) as refused:
        reorder(deal, actor="anna", ports=world.ports)
    assert (refused.value.code, refused.value.value) == ("too_many_orders", deal)
    assert world.ports.store.links.erp_key("order", deal) == order["OrderID"]
