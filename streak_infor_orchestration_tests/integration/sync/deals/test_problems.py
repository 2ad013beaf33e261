"""What cannot be ordered waits for a person, who is told once, where the deal is; mended, it goes on by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.row.outcome import LADDER
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.world import LEASE_OUTLIVED


def test_an_unknown_product_is_told_once_and_mended_by_an_edit(world: World) -> None:
    deal = world.company.deal("Northwind", lines=[("BRK-1O01", "2", "180.00")], stage="Proposal Accepted")
    for _ in range(2):
        work = world.look(deal)
        assert work.verdict is not None and work.verdict.status is Status.PERSON
    (comment,) = world.company.comments(deal)
    assert "BRK-1O01" in comment
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    assert (letter.code, letter.occurrences) == ("unknown_product", 2)
    assert letter.diagnosis["problems"][0]["field"] == "SKU 1"
    assert world.run_until_quiet() == [], "nobody looks before somebody edits"

    world.company.edit(deal, {"SKU 1": "BRK-1001"})
    assert world.look(deal).verdict is None
    resolved = world.ports.store.dead_letters.get(letter.id)
    assert resolved is not None and resolved.resolved_at is not None
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_another_mistake_is_another_comment(world: World) -> None:
    deal = world.company.deal("Northwind", lines=[("NO-1", "2", "180.00")], stage="Proposal Accepted")
    world.look(deal)
    world.company.edit(deal, {"SKU 1": "NO-2"})
    world.look(deal)
    assert len(world.company.comments(deal)) == 2


def test_all_mistakes_of_a_deal_are_told_at_once(world: World) -> None:
    lines = [("BRK-1001", "two", "180.00"), ("BRK-1002", "0", "1.00")]
    world.look(deal := world.company.deal("Northwind", lines=lines, stage="Proposal Accepted"))
    assert len(world.company.comments(deal)) == 2


def test_what_time_should_cure_and_does_not_is_a_persons_after_three_days(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "status", "status": 500, "path": "/products/", "times": None})
    world.webhook(deal)
    began = world.clock.now()
    batches = world.run_until_quiet()
    statuses = [work.verdict.status for batch in batches for work in batch.items if work.verdict]
    assert statuses == [Status.RETRY] * len(LADDER) + [Status.PERSON]
    assert world.clock.now() - began >= sum(LADDER, timedelta())
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.attempts == len(LADDER)


def test_a_new_event_starts_the_ladder_anew(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp("/faults", {"kind": "status", "status": 500, "path": "/products/", "times": 12})
    world.look(deal)
    assert world.look(deal).claim.attempts == 0


def test_a_run_that_lost_its_lease_opens_no_dead_letter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may have cured the deal meanwhile; nobody would ever resolve the letter."""
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    tell = StreakClient.add_comment

    def slow(*told: Any) -> Any:
        comment = tell(*told)
        world.lease_clock.advance(LEASE_OUTLIVED)
        return comment

    monkeypatch.setattr(StreakClient, "add_comment", slow)
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert world.ports.store.dead_letters.count_open() == 0
    world.run_until_quiet()
    assert world.ports.store.dead_letters.count_open() == 1


def test_every_look_is_remembered_with_what_it_did(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    (outcome,) = world.ports.store.outcomes.of("deal", deal)
    assert outcome.status == "converged"
    assert any("order SO-100001 created" in did for did in outcome.summary["trail"])


def test_an_order_the_erp_never_answers_is_a_persons_after_three_days_who_is_told(
    make_world: Callable[..., World],
) -> None:
    """One lost answer is the line's fault. An order that is made anew and lost again, and again, is the record's."""
    world = make_world(settings={"  product: facade ": "  settle_seconds: 2\n  product: facade "})
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.erp(
        "/faults",
        {"kind": "status", "status": 500, "method": "POST", "path": "/salesorders$", "times": None},
    )
    began = world.clock.now()
    world.webhook(deal)
    batches = world.run_until_quiet(rounds=300)
    statuses = [work.verdict.status for batch in batches for work in batch.items if work.verdict]
    assert statuses.count(Status.RETRY) == len(LADDER) and statuses[-1] is Status.PERSON
    assert world.clock.now() - began >= sum(LADDER, timedelta())
    (comment,) = world.company.comments(deal)
    assert "after three days" in comment and "administrator" in comment
    assert world.ports.store.dead_letters.of("deal", deal) is not None

    world.company.infor_twin.delete("/faults")
    world.ask(deal)
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 1
    assert world.ports.store.dead_letters.count_open() == 0


def test_of_an_order_that_cannot_be_read_it_is_told_that_it_is_there(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    (order,) = world.company.found_in_erp("salesorders")
    number = order["OrderID"]
    damaged = {"kind": "status", "status": 200, "times": None, "body": order | {"TotalAmount": 12.5}}
    world.company.erp("/faults", damaged | {"path": f"/salesorders/{number}$"})
    world.look(deal)
    told = world.company.comments(deal)[-1]
    assert told.startswith(
        f"Needs attention. order {number} in the ERP cannot be read: its TotalAmount is no "
    )
    assert f"Order: '{number}'" in told
    assert not [word for word in ("sales_orders", "infor", "value error") if word in told.lower()]


def test_of_an_order_that_is_not_what_was_asked_for_it_is_told_that_it_is_there(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    customer = world.company.book("customers", {"Name": "Tailspin AG", "Currency": "EUR"})["CustomerID"]
    line = {"Product": "BRK-1001", "Quantity": "1", "Price": "1.00"}
    theirs = {"CustomerID": customer, "OrderDate": "2026-03-01", "Currency": "EUR", "LineItems": [line]}
    number = world.company.book("salesorders", theirs | {"ExternalReference": world.ports.reference(deal)})[
        "OrderID"
    ]
    world.look(deal)
    told = world.company.comments(deal)[-1]
    assert told.startswith(f"Needs attention. {number} carries this deal's reference")


def test_what_could_not_be_told_on_the_box_is_told_when_it_can(world: World) -> None:
    """The reason stands, and telling it burns nothing."""
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    refused = {"kind": "status", "status": 429, "times": None, "headers": {"Retry-After": "7"}}
    world.company.streak("/faults", {**refused, "method": "POST", "path": "/comments$"})
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert work.verdict.problems[0].code == "unknown_product"
    assert work.verdict.due_at == world.clock.now() + timedelta(seconds=7)
    assert work.trail[-1].startswith("could not be told on the box: ")
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code == "unknown_product"
    pending = world.ports.store.inbox.pending("deal", deal)
    assert pending is not None and pending.due_at == work.verdict.due_at
    world.company.streak_twin.delete("/faults").raise_for_status()
    world.run_until_quiet()
    assert len(world.company.comments(deal)) == 1
