"""Names that people change in Streak: one incident for an administrator, no wrong order, and deals that go on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.streak.api import METADATA_LIFE
from streak_infor_orchestration.sync.ports.names import CONFIGURATION
from streak_infor_orchestration.sync.row.work import Status, Verdict
from streak_infor_orchestration.sync.watch.alerts import standing
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World

ACCEPTED = "Proposal Accepted"
TWO = [("BRK-1001", "2", "180.00"), ("BRK-2001", "1", "40.00")]
SHIP_VIA = {
    "from: box.name}": "from: box.name}\n"
    '  - {to: order.shipping_method, from: "field:Ship via", transform: {map: {Ground: G, Air: A}, otherwise: keep}}'
}
UPDATE = {"policies: {backwards: report}": "policies: {backwards: report, edited: update}"}
VIA = {"Ship via": ("Ground", "Air")}
Change = Callable[[World], object]


def later(world: World) -> None:
    """Streak's names are asked for again."""
    world.clock.advance(METADATA_LIFE.total_seconds() + 1)


def incident(world: World) -> DeadLetter:
    (letter,) = world.ports.store.dead_letters.listing()
    assert letter.kind == CONFIGURATION
    return letter


def the_problem(world: World) -> Problem:
    return Problem.model_validate(incident(world).diagnosis["problems"][0])


def orders(world: World) -> list[dict[str, object]]:
    return world.company.found_in_erp("salesorders")


def verdict_on(world: World, deal: str) -> Verdict | None:
    """One event and a run for this deal alone, whatever else is due by now."""
    world.webhook(deal)
    (work,) = world.run(only=(deal,)).items
    return work.verdict


def waits(world: World, deal: str) -> None:
    """Told to nobody but the administrator, and no attempt burnt."""
    verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is Status.WAITING
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and pending.attempts == 0 and pending.due_at is not None
    assert world.company.comments(deal) == []


CHANGES: dict[str, tuple[Change, Change, str]] = {
    "renamed": (
        lambda w: w.company.rename_field("Price 1", "Price 1 (new)"),
        lambda w: w.company.rename_field("Price 1", "Price 1"),
        'renamed to "Price 1 (new)"',
    ),
    "of the second row": (
        lambda w: w.company.rename_field("Qty 2", "Pieces"),
        lambda w: w.company.rename_field("Qty 2", "Qty 2"),
        'renamed to "Pieces"',
    ),
    "that a rule reads": (
        lambda w: w.company.rename_field("Requested ship", "Wanted"),
        lambda w: w.company.rename_field("Requested ship", "Requested ship"),
        'renamed to "Wanted"',
    ),
    "a stage": (
        lambda w: w.company.rename_stage(ACCEPTED, "Accepted!"),
        lambda w: w.company.rename_stage(ACCEPTED, ACCEPTED),
        'renamed to "Accepted!"',
    ),
    "the pipeline": (
        lambda w: w.company.rename_pipeline("Deals"),
        lambda w: w.company.rename_pipeline("Sales"),
        'renamed to "Deals"',
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_name_that_is_gone_stops_all_that_need_it_once_and_they_go_on_by_themselves(
    world: World, what: str
) -> None:
    change, undo, said = CHANGES[what]
    world.look(world.company.deal("Before", lines=TWO, stage=ACCEPTED))
    change(world)
    later(world)
    deals = [world.company.deal(name, lines=TWO, stage=ACCEPTED) for name in ("Northwind", "Tailspin")]
    for deal in deals:
        waits(world, deal)
    assert len(orders(world)) == 1
    assert said in incident(world).message
    assert the_problem(world).line is not None
    assert len(standing(world.ports.store)) == 1
    undo(world)
    later(world)
    world.run()
    assert len(orders(world)) == 3
    assert world.ports.store.dead_letters.count_open() == 0


def test_who_begins_to_wait_when_another_process_sees_it_right_already_is_not_forgotten(world: World) -> None:
    deal = world.company.deal("Northwind", lines=TWO, stage=ACCEPTED)
    world.look(world.company.deal("Before", lines=TWO, stage=ACCEPTED))
    world.company.rename_field("Price 1", "Price 1 (new)")
    later(world)
    waits(world, deal)
    name, store = incident(world).key, world.ports.store
    world.company.rename_field("Price 1", "Price 1")
    later(world)
    other = world.another_process()
    other.names.watch_from_afar()
    assert standing(store) == []
    (claimed,) = store.inbox.claim(kinds=("deal",), owner="slow", limit=1, life=20)
    store.inbox.settle(claimed, due_at=world.clock.now() + timedelta(hours=1), attempts=0)
    store.held.add("deal", deal, [name])  # by a run that looked before it was right
    other.names.watch_from_afar()
    world.run()
    assert len(orders(world)) == 2
    assert store.held.names() == frozenset()


def test_who_saw_the_names_before_they_were_wrong_releases_nobody(world: World) -> None:
    deal = world.company.deal("Northwind", lines=TWO, stage=ACCEPTED)
    earlier = world.another_process()
    earlier.names.watch_from_afar()
    earlier.streak.pipeline(world.company.pipeline_key)
    world.clock.advance(3)
    world.company.rename_field("Price 1", "Price 1 (new)")
    world.ask(deal)
    world.ports.names.asked()
    world.clock.advance(3)
    world.ports.streak.pipeline_now(world.company.pipeline_key)
    waits(world, deal)
    for _ in range(3):
        earlier.names.watch_from_afar()
        assert len(standing(world.ports.store)) == 1
        assert world.ports.store.held.names() == {incident(world).key}
    assert orders(world) == []


def test_a_death_while_those_who_wait_are_made_due_forgets_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.company.rename_field("Price 1", "Price 1 (new)")
    deal = world.company.deal("Northwind", lines=TWO, stage=ACCEPTED)
    waits(world, deal)
    store = world.ports.store
    world.company.rename_field("Price 1", "Price 1")
    later(world)
    with monkeypatch.context() as patch:
        patch.setattr(type(store.inbox), "record", _dies)
        with pytest.raises(Killed):
            world.ports.names.watch()
    world.restart()
    world.ports.names.watch_from_afar()
    world.run()
    assert len(orders(world)) == 1


def _dies(*_: object) -> int:
    raise Killed


def test_a_name_that_was_never_there_is_told_with_the_line_and_the_nearest(world: World) -> None:
    world.company.rename_field("Price 1", "Price1")
    waits(world, world.company.deal("Northwind", stage=ACCEPTED))
    problem = the_problem(world)
    assert problem.code == "name_missing"
    assert problem.rule.startswith("integration.yaml:")
    assert "lines.columns.price" in problem.rule
    assert "did you mean" in problem.fix


def test_a_row_of_which_nothing_was_ever_there_is_no_fault_one_that_is_there_in_part_is(world: World) -> None:
    for column in ("SKU", "Qty", "Price"):
        world.company.delete_field(f"{column} 9")
    world.company.delete_field("Price 10")
    waits(world, world.company.deal("Northwind", stage=ACCEPTED))
    assert 'no field "Price 10"' in incident(world).message


def test_two_fields_of_one_name(world: World) -> None:
    world.look(world.company.deal("Before", stage=ACCEPTED))
    key = world.company.second_field("Price 1")
    later(world)
    waits(world, world.company.deal("Northwind", stage=ACCEPTED))
    assert 'has more than one field "Price 1"' in incident(world).message
    (cure,) = incident(world).cures
    assert f" {key}" not in incident(world).message + cure, "keys are shown nowhere in Streak"
    assert cure.startswith("rename or delete all but one in Streak (integration.yaml:")


def test_swapped_fields_are_not_taken_for_each_other(world: World) -> None:
    world.look(world.company.deal("Before", lines=TWO, stage=ACCEPTED))
    world.company.rename_field("Price 1", "x")
    world.company.rename_field("Price 2", "Price 1")
    world.company.rename_field("Price 1", "Price 2")
    later(world)
    world.restart()
    verdict = verdict_on(world, world.company.deal("Northwind", lines=TWO, stage=ACCEPTED))
    assert verdict is not None and verdict.status is Status.WAITING
    told = sorted(letter.message for letter in world.ports.store.dead_letters.listing())
    assert len(told) == 2
    assert 'that one is called "Price 2" now' in told[0]


def test_deals_that_ask_for_nothing_do_not_wait(world: World) -> None:
    world.company.rename_field("Price 1", "Rate")
    assert verdict_on(world, world.company.deal("Northwind")) is None


def test_an_order_is_neither_edited_nor_cancelled(make_world: Callable[..., World]) -> None:
    world = make_world(
        settings={"policies: {backwards: report}": "policies: {backwards: cancel, edited: update}"}
    )
    deal = world.company.deal("Northwind", lines=TWO, stage=ACCEPTED)
    world.look(deal)
    before = orders(world)
    for column in ("SKU 2", "Qty 2", "Price 2"):
        world.company.rename_field(column, f"{column} (new)")
    world.company.rename_stage(ACCEPTED, "Closed-Lost!")
    later(world)
    verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is Status.WAITING
    assert orders(world) == before


def test_what_the_erp_knows_is_still_told_and_a_missing_field_stops_only_itself(world: World) -> None:
    world.company.rename_field("ERP order", "Order in the ERP")
    deal = world.company.deal("Northwind", stage="Closed-Won")
    assert verdict_on(world, deal) is None
    (order,) = orders(world)
    shown = world.company.box(deal)["fieldsByName"]
    assert "Order in the ERP" not in shown
    assert shown["Payment status"] == "Unpaid"
    assert 'no field "ERP order"' in incident(world).message
    world.company.rename_field("ERP order", "ERP order")
    later(world)
    world.run()
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == order["OrderID"]
    assert world.ports.store.dead_letters.count_open() == 0


def test_an_option_that_a_map_names_stops_the_deals_that_hold_it(make_world: Callable[..., World]) -> None:
    world = make_world(settings=SHIP_VIA, kinds=VIA)
    keys = world.company.options("Ship via")
    world.look(world.company.deal("Before", stage=ACCEPTED))
    world.company.keep_options("Ship via", {keys["Ground"]: "Lorry", keys["Air"]: "Air"})
    later(world)
    by_air, by_ground = (world.company.deal(name, stage=ACCEPTED) for name in ("Northwind", "Tailspin"))
    world.company.edit(by_air, {"Ship via": keys["Air"]})
    world.company.edit(by_ground, {"Ship via": keys["Ground"]})
    assert verdict_on(world, by_air) is None
    waits(world, by_ground)
    assert 'renamed to "Lorry"' in incident(world).message


def test_a_deleted_option_is_the_deals_problem_and_no_edit_of_its_order(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=SHIP_VIA | UPDATE, kinds=VIA)
    keys = world.company.options("Ship via")
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    world.company.edit(deal, {"Ship via": keys["Ground"]})
    world.look(deal)
    before = orders(world)
    world.company.keep_options("Ship via", {keys["Air"]: "Air"})
    later(world)
    verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is Status.PERSON
    assert [problem.code for problem in verdict.problems] == ["unreadable"]
    assert orders(world) == before


def test_a_person_who_asks_while_something_is_wrong_gets_a_fresh_look(world: World) -> None:
    world.company.rename_field("Price 1", "Rate")
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    waits(world, deal)
    world.company.rename_field("Price 1", "Price 1")
    world.clock.advance(3)
    world.ask(deal)
    world.run()
    assert len(orders(world)) == 1


def test_what_changes_between_reading_and_ordering_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    order_of = world.ports.mapping.order

    def changed_meanwhile(*given: Any) -> object:
        world.company.rename_field("Price 1", "Rate")
        later(world)
        return order_of(*given)

    monkeypatch.setattr(world.ports.mapping, "order", changed_meanwhile)
    verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is Status.WAITING
    assert orders(world) == []


def test_what_changes_between_the_names_and_the_box_is_told_to_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    read = world.ports.streak.box

    def changed_meanwhile(key: str) -> object:
        world.company.rename_field("Qty 1", "Pieces")
        later(world)
        return read(key)

    with monkeypatch.context() as patch:
        patch.setattr(world.ports.streak, "box", changed_meanwhile)
        verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is Status.WAITING
    waits(world, deal)
    assert "Pieces" in incident(world).message


def test_a_pipeline_that_cannot_be_read_proves_nothing_of_its_names(world: World) -> None:
    deal = world.company.deal("Northwind", lines=TWO, stage=ACCEPTED)
    world.company.rename_field("Price 1", "Price 1 (new)")
    waits(world, deal)
    wrong = incident(world).key
    missing = {
        "kind": "status",
        "status": 404,
        "path": "/pipelines/",
        "body": {"success": False},
        "times": None,
    }
    world.company.streak("/faults", missing)
    later(world)
    world.ports.names.watch_from_afar()
    assert {wrong, "gone"} == {letter.key for letter in world.ports.store.dead_letters.of_kind(CONFIGURATION)}
    assert wrong in world.ports.store.held.names()


def test_names_are_read_once_for_all_processes_and_at_most_twice_a_minute(world: World) -> None:
    names = f"GET /api/v1/pipelines/{world.company.pipeline_key}"
    others = [world.another_process() for _ in range(3)]
    before = len(world.company.calls())
    for _ in range(12):
        for ports in (world.ports, *others):
            ports.streak.pipeline(world.company.pipeline_key)
        world.clock.advance(10)
    assert world.company.calls()[before:].count(names) == 4
    for ports in others:
        ports.leases.close()
        ports.pool.shutdown()


TAX = {"fields:\n": "fields:\n  - {to: customer.tax_id, from: 'organization.field:VAT'}\n"}


def taxed(world: World, tax: str) -> str:
    """An organization whose own field holds this tax number; its key."""
    (key,) = world.company.streak(
        "/directory-fields", {"organizations": [{"name": "VAT", "type": "TEXT_INPUT"}]}
    )["organizations"]
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    world.company.edit_party(f"organization:{organization}", fields={key: tax})
    return organization


def test_an_own_field_of_organizations_stops_what_is_read_with_them(make_world: Callable[..., World]) -> None:
    world = make_world(settings=TAX)
    organization = taxed(world, "DE811907980")
    world.look(world.company.deal("Before", organization=organization, stage=ACCEPTED))
    (customer,) = world.company.found_in_erp("customers")
    assert customer["TaxID"] == "DE811907980"
    world.company.streak("/directory-fields", {"organizations": [{"name": "VAT", "renamed": "VAT id"}]})
    later(world)
    assert verdict_on(world, world.company.deal("Known", organization=organization, stage=ACCEPTED)) is None
    waits(world, world.company.deal("Tailspin", stage=ACCEPTED))
    assert "organizations" in incident(world).message
    (work,) = world.run_customers(f"organization:{organization}")
    assert work.verdict is not None and work.verdict.status is Status.WAITING
    assert world.company.found_in_erp("customers") == [customer]
    world.company.streak("/directory-fields", {"organizations": [{"name": "VAT id", "renamed": "VAT"}]})
    later(world)
    world.run()
    assert len(orders(world)) == 3
    assert [work.verdict for work in world.run_customers()] == [None]


def test_a_deleted_option_of_an_own_field_is_no_change_of_the_customer(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=TAX)
    (key,) = world.company.streak(
        "/directory-fields",
        {"organizations": [{"name": "VAT", "type": "DROPDOWN", "options": ["DE811907980"]}]},
    )["organizations"]
    organization = world.company.organization("Northwind GmbH")
    world.company.edit_party(f"organization:{organization}", fields={key: "9001"})
    world.look(world.company.deal("Northwind", organization=organization, stage=ACCEPTED))
    party = f"organization:{organization}"
    world.run_customers(party)
    before = world.ground(party)
    world.company.streak("/directory-fields", {"organizations": [{"name": "VAT", "without": "DE811907980"}]})
    later(world)
    (work,) = world.run_customers(party)
    assert work.verdict is not None and [p.code for p in work.verdict.problems] == ["unreadable"]
    assert world.ground(party) == before
    (customer,) = world.company.found_in_erp("customers")
    assert customer["TaxID"] == "DE811907980"


def test_a_pipeline_that_is_withdrawn_deletes_no_deal(world: World) -> None:
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    world.look(deal)
    path = f"/pipelines/{world.company.pipeline_key}$"
    missing = {"kind": "status", "status": 404, "path": path, "body": {"success": False}, "times": 1}
    gone = {
        "kind": "status",
        "status": 404,
        "path": f"/boxes/{deal}$",
        "body": {"success": False},
        "times": None,
    }
    for fault in (missing, gone):
        world.company.streak("/faults", fault)
    later(world)
    verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is Status.WAITING
    assert "cannot be read" in incident(world).message


def test_an_unreadable_box_is_not_taken_for_one_that_is_gone(world: World) -> None:
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    world.look(deal)
    before = orders(world)
    body = {"key": deal, "pipelineKey": 7}
    world.company.streak(
        "/faults", {"kind": "status", "status": 200, "path": f"/boxes/{deal}$", "body": body, "times": None}
    )
    verdict = verdict_on(world, deal)
    assert verdict is not None and verdict.status is not Status.CONVERGED
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is None or letter.code != "box_deleted"
    assert orders(world) == before


def test_a_box_that_moved_to_another_pipeline_is_noticed(world: World) -> None:
    deal = world.company.deal("Northwind", stage=ACCEPTED)
    world.look(deal)
    world.company.move_elsewhere(deal)
    verdict = verdict_on(world, deal)
    assert verdict is not None and [problem.code for problem in verdict.problems] == ["box_moved"]


def claimed(world: World, deal: str) -> Claimed:
    world.webhook(deal)
    (claim,) = world.ports.store.inbox.claim(kinds=("deal",), owner="test", limit=1, life=20)
    return claim


def test_what_a_person_accepts_holds_from_the_next_look_on(world: World) -> None:
    """Nothing has changed in Streak, and no run has begun: only the ledger says that it is meant."""
    claim = claimed(world, world.company.deal("Before", lines=TWO, stage=ACCEPTED))
    names, pins = world.ports.names, world.ports.store.pins
    assert names.look(claim).faults == ()
    for old, new in (("Price 1", "x"), ("Price 2", "Price 1"), ("Price 1", "Price 2")):
        world.company.rename_field(old, new)
    later(world)
    wrong = [fault.name for fault in names.look(claim).faults]
    assert len(wrong) == 2
    assert [fault.name for fault in names.look(claim).faults] == wrong
    pins.forget(wrong, by="anna")
    assert names.look(claim).faults == ()
    assert world.ports.store.dead_letters.count_open() == 0


def test_while_all_names_are_right_a_look_asks_the_ledger_for_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claimed(world, world.company.deal("Northwind", lines=TWO, stage=ACCEPTED))
    first = world.ports.names.look(claim)
    monkeypatch.setattr(type(world.ports.store.pins), "all", _dies)
    assert world.ports.names.look(claim) == first
    assert first.vocabulary is not None and first.faults == ()


def test_who_asks_gets_a_fresh_look_at_the_names_of_organizations_too(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=TAX)
    organization = taxed(world, "DE811907980")
    world.company.streak("/directory-fields", {"organizations": [{"name": "VAT", "renamed": "VAT id"}]})
    deal = world.company.deal("Northwind", organization=organization, stage=ACCEPTED)
    waits(world, deal)
    world.company.streak("/directory-fields", {"organizations": [{"name": "VAT id", "renamed": "VAT"}]})
    world.clock.advance(3)
    world.ask(deal)
    world.run()
    assert len(orders(world)) == 1
