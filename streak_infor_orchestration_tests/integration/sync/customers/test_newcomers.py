"""One company that stands in Streak twice is made once, whichever run, process or rule comes second."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.domain.deal import Party, PartyKind
from streak_infor_orchestration.domain.identity import identity
from streak_infor_orchestration.sync.customers.newcomers import announced
from streak_infor_orchestration.sync.desk.linking import declare_new
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World

TAX_RULE = {"fields:\n": 'fields:\n  - {to: customer.tax_id, from: "field:VAT id"}\n'}


def deal_of(world: World, name: str, tax_id: str = "") -> tuple[str, Party]:
    key = world.company.organization(name)
    deal = world.company.deal(name, organization=key)
    world.company.edit(deal, {"VAT id": tax_id} if tax_id else {}, stage="Proposal Accepted")
    return deal, Party(kind=PartyKind.ORGANIZATION, key=key)


def names(world: World) -> list[str]:
    return [customer["Name"] for customer in world.company.found_in_erp("customers")]


def test_of_several_in_one_run_one_is_made_and_the_others_are_a_persons(world: World) -> None:
    deals = [deal_of(world, name)[0] for name in ("Northwind GmbH", "Northwind GmbH", "NORTHWIND gmbh")]
    for deal in deals:
        world.webhook(deal)
    world.run_until_quiet()
    assert names(world) in (["Northwind GmbH"], ["NORTHWIND gmbh"])
    assert len(world.company.found_in_erp("salesorders")) == 1
    told = [
        comment for deal in deals for comment in world.company.comments(deal) if "may already be" in comment
    ]
    assert len(told) == 2
    assert all("C-100001" in text and "belongs to another record in Streak" in text for text in told)
    assert all("stands in Streak twice" in text for text in told)
    assert world.ports.store.newcomers.count() == 0


def test_a_rule_finds_the_first_too_and_the_link_stays_one_to_one(make_world: Callable[..., World]) -> None:
    world = make_world(settings=TAX_RULE)
    for name in ("Northwind GmbH", "NW Handel"):
        world.webhook(deal_of(world, name, "DE123456789")[0])
    world.run_until_quiet()
    assert len(names(world)) == len(world.company.found_in_erp("salesorders")) == 1
    (letter,) = world.ports.store.dead_letters.of_code("ambiguous_customer")
    (candidate,) = letter.diagnosis["candidates"]
    assert candidate["why"] == "same tax number" and candidate["linked_to"]


def test_one_that_is_made_is_known_before_the_erp_shows_it(world: World) -> None:
    """Seconds later, in another run, with nobody having read the ERP's customers since."""
    world.look(deal_of(world, "Northwind GmbH")[0])
    before = [call for call in world.company.calls() if call.endswith("/customers")]
    work = world.look(deal_of(world, "Nortwind GmbH")[0])
    assert work.verdict is not None and [c.number for c in work.verdict.candidates] == ["C-100001"]
    since = [call for call in world.company.calls() if call.endswith("/customers")][len(before) :]
    assert all(call.startswith("GET") for call in since) and names(world) == ["Northwind GmbH"]


def test_whoever_comes_second_waits_and_burns_no_attempt(world: World) -> None:
    first, other = Party(kind=PartyKind.ORGANIZATION, key="another"), "Northwind Ltd."
    deal, _ = deal_of(world, "Northwind GmbH")
    with announced(first, identity(other), world.ports):
        work = world.look(deal)
        assert work.verdict is not None and work.verdict.status is Status.WAITING
        assert first.link_key in work.verdict.reason and names(world) == []
    world.run_until_quiet()
    assert names(world) == ["Northwind GmbH"], "the other was none after all"


def test_another_company_does_not_wait(world: World) -> None:
    with announced(Party(kind=PartyKind.ORGANIZATION, key="another"), identity("Hotel 21"), world.ports):
        assert world.look(deal_of(world, "Hotel 22")[0]).verdict is None
    assert names(world) == ["Hotel 22"]


def test_it_waits_for_as_long_as_nobody_knows_whether_the_first_was_made(world: World) -> None:
    world.company.erp("/faults", {"kind": "cut_after", "method": "POST", "path": "/customers$"})
    work = world.look(deal_of(world, "Northwind GmbH")[0])
    assert work.verdict is not None and work.verdict.status is Status.WAITING
    world.clock.advance(3600)
    deal, _ = deal_of(world, "Northwind GmbH")
    world.webhook(deal)
    (waiting,) = world.run(only=(deal,)).items
    assert waiting.verdict is not None and "which may be the same company" in waiting.verdict.reason
    world.run_until_quiet()
    assert names(world) == ["Northwind GmbH"]
    assert len(world.ports.store.dead_letters.of_code("ambiguous_customer")) == 1


def test_one_whose_run_died_is_waited_for_only_so_long(world: World) -> None:
    ports = world.ports
    died = Party(kind=PartyKind.ORGANIZATION, key="died")
    context = announced(died, identity("Northwind"), ports)
    context.__enter__()
    with (
        pytest.raises(Later),
        announced(Party(kind=PartyKind.ORGANIZATION, key="b"), identity("Northwind"), ports),
    ):
        pass
    world.clock.advance(41 + ports.erp.traits.settle_seconds)
    world.look(deal_of(world, "Northwind GmbH")[0])
    assert names(world) == ["Northwind GmbH"]
    assert ports.store.newcomers.count() == 0


def test_a_customer_that_is_refused_stands_in_nobodys_way(world: World) -> None:
    refused = {"kind": "status", "status": 422, "method": "POST", "path": "/customers$"}
    world.company.erp("/faults", {**refused, "body": {"code": "validation", "detail": "no"}})
    work = world.look(deal_of(world, "Northwind GmbH")[0])
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert world.look(deal_of(world, "Northwind GmbH")[0]).verdict is None
    assert names(world) == ["Northwind GmbH"]


def test_who_was_told_apart_by_a_person_waits_for_nobody(world: World) -> None:
    deal, party = deal_of(world, "Northwind GmbH")
    declare_new(party, actor="jane", ports=world.ports)
    another = Party(kind=PartyKind.ORGANIZATION, key="another")
    with announced(another, identity("Northwind GmbH"), world.ports):
        assert world.look(deal).verdict is None
    assert names(world) == ["Northwind GmbH"]


def test_what_a_person_has_told_apart_is_made(world: World) -> None:
    world.look(deal_of(world, "Northwind GmbH")[0])
    deal, party = deal_of(world, "Northwind GmbH")
    world.look(deal)
    declare_new(party, actor="jane", ports=world.ports)
    world.run_until_quiet()
    assert len(names(world)) == len(world.company.found_in_erp("salesorders")) == 2
