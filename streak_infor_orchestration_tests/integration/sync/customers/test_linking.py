"""What exists in both systems is linked before anything is created; what is not certain is a person's."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.domain.deal import Party, PartyKind
from streak_infor_orchestration.domain.errors import Conflict, Rejected
from streak_infor_orchestration.domain.party import CustomerDraft
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.customers.directory import FRESH, keep_fresh, refresh
from streak_infor_orchestration.sync.customers.existing import (
    CustomerStanding,
    ExistingCustomer,
    link_existing,
)
from streak_infor_orchestration.sync.customers.parties import party_of
from streak_infor_orchestration.sync.desk.linking import declare_new, link_customer
from streak_infor_orchestration.sync.row.rows import CUSTOMERS
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration_tests.world import World


def in_erp(world: World, name: str, email: str = "", tax_id: str = "") -> str:
    draft = CustomerDraft(reference="", name=name, email=email, tax_id=tax_id)
    return world.ports.erp.create_customer(draft, Steps()).id


def in_streak(world: World, name: str, domain: str, stage: str = "Lead") -> tuple[str, str]:
    """The deal and its organization."""
    organization = world.company.organization(name, domains=[domain])
    return world.company.deal(name, organization=organization, stage=stage), organization


def linked(world: World, *, dry_run: bool = False) -> dict[str, ExistingCustomer]:
    refresh(world.ports.erp, world.ports.store)
    return {line.name: line for line in link_existing(world.ports, dry_run=dry_run)}


def writes(world: World) -> list[str]:
    return [c for c in world.company.calls() if not c.startswith("GET") and not c.endswith("/batch/get")]


def test_certain_ones_are_linked_and_nothing_is_written(world: World) -> None:
    known = in_erp(world, "Northwind GmbH", "buying@northwind.example")
    in_erp(world, "Contoso Ltd.", "buying@elsewhere.example")
    for desk in ("buying", "sales"):
        in_erp(world, "Fabrikam", f"{desk}@fabrikam.example")
    _, organization = in_streak(world, "Northwind GmbH", "northwind.example")
    in_streak(world, "Contoso AG", "contoso.example")
    in_streak(world, "Fabrikam", "fabrikam.example")
    in_streak(world, "Tailspin", "tailspin.example")
    before = writes(world)

    lines = linked(world, dry_run=True)
    assert {name: line.standing for name, line in lines.items()} == {
        "Northwind GmbH": CustomerStanding.CERTAIN,
        "Contoso AG": CustomerStanding.AMBIGUOUS,
        "Fabrikam": CustomerStanding.AMBIGUOUS,
        "Tailspin": CustomerStanding.NEW,
    }
    assert world.ports.store.links.count() == 0
    assert [c.why for c in lines["Contoso AG"].candidates] == ["same name but for the legal form"]
    assert len(lines["Fabrikam"].candidates) == 2

    assert linked(world)["Northwind GmbH"].number == known
    assert world.ports.store.links.erp_key("customer", f"organization:{organization}") == known
    assert linked(world)["Northwind GmbH"].standing is CustomerStanding.LINKED, (
        "a second time nothing is left to do"
    )
    assert writes(world) == before


def test_people_who_buy_are_linked_too(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"  source: organization": "  source: contact"})
    known = in_erp(world, "Jane Roe", "jane@roe.example")
    contact = world.company.contact("Jane", "Roe", emailAddresses=["Jane@Roe.example"])
    deal = world.company.deal("Northwind")
    world.company.edit(deal, contacts=[{"key": contact, "isStarred": True}])
    line = linked(world)["Jane Roe"]
    assert (line.standing, line.number, line.why) == (CustomerStanding.CERTAIN, known, "same e-mail address")


def test_two_records_of_one_company_do_not_share_a_customer(world: World) -> None:
    in_erp(world, "Northwind GmbH", "buying@northwind.example")
    for _ in range(2):
        in_streak(world, "Northwind GmbH", "northwind.example")
    refresh(world.ports.erp, world.ports.store)
    for dry_run in (True, False):
        standings = sorted(line.standing for line in link_existing(world.ports, dry_run=dry_run))
        assert standings == [CustomerStanding.AMBIGUOUS, CustomerStanding.CERTAIN]


def test_the_pages_of_the_erp_are_taken_up_where_they_were_left(world: World) -> None:
    for number in range(3):
        world.clock.advance(1)
        in_erp(world, f"Customer {number}")
    refresh(world.ports.erp, world.ports.store)
    world.clock.advance(1)
    in_erp(world, "Latecomer")
    read: list[int] = []
    no_overlap = timedelta()
    refresh(world.ports.erp, world.ports.store, lambda count: read.append(count) is None, no_overlap)
    assert world.ports.store.customers.count() == 4
    assert read == [2], "the last one of before, and the latecomer"


def test_a_directory_that_was_read_for_long_is_as_old_as_its_beginning(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_erp(world, "Northwind GmbH")
    listed = FacadeErp.records

    def slowly(*args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from list(listed(*args, **kwargs))
        in_erp(world, "Latecomer")
        world.clock.advance(FRESH.total_seconds())

    with monkeypatch.context() as patch:
        patch.setattr(FacadeErp, "records", slowly)
        refresh(world.ports.erp, world.ports.store)
    keep_fresh(world.ports.erp, world.ports.store)
    assert world.ports.store.customers.count() == 2


def test_a_persons_decision_lets_the_deal_go_on_by_itself(world: World) -> None:
    desks = [in_erp(world, "Northwind GmbH", f"{desk}@northwind.example") for desk in ("buying", "sales")]
    deal, organization = in_streak(world, "Northwind GmbH", "northwind.example", "Proposal Accepted")
    world.look(deal)
    assert world.run_until_quiet() == []

    party = party_of(organization, world.ports)
    link_customer(party, desks[1], actor="jane", ports=world.ports)
    world.run_until_quiet()
    (order,) = world.company.found_in_erp("salesorders")
    assert order["CustomerID"] == desks[1]
    assert world.ports.store.dead_letters.count_open() == 0
    (entry,) = world.ports.store.audit.of(party.link_key)
    assert (entry.actor, entry.detail["erp_key"]) == ("jane", desks[1])


def test_none_of_the_candidates_is_a_decision_too(world: World) -> None:
    known = in_erp(world, "Northwind Ltd.", "buying@elsewhere.example")
    refresh(world.ports.erp, world.ports.store)
    deal, organization = in_streak(world, "Northwind GmbH", "northwind.example", "Proposal Accepted")
    world.look(deal)
    assert declare_new(party_of(organization, world.ports), actor="jane", ports=world.ports) == 1
    world.run_until_quiet()
    (order,) = world.company.found_in_erp("salesorders")
    assert order["CustomerID"] != known


def test_a_decision_never_breaks_the_bijection(world: World) -> None:
    first, second = in_erp(world, "First"), in_erp(world, "Second")
    one, other = (Party(kind=PartyKind.ORGANIZATION, key=world.company.organization(n)) for n in "AB")
    link_customer(one, first, actor="jane", ports=world.ports)
    with pytest.raises(Conflict, match=first):
        link_customer(one, second, actor="jane", ports=world.ports)
    with pytest.raises(Conflict, match=one.link_key):
        link_customer(other, first, actor="jane", ports=world.ports)
    assert world.ports.store.audit.of(other.link_key) == [], "what was refused is no decision"


def test_a_merged_record_can_take_anothers_place(world: World) -> None:
    number = in_erp(world, "First")
    old, new = (Party(kind=PartyKind.ORGANIZATION, key=world.company.organization(n)) for n in "AB")
    link_customer(old, number, actor="jane", ports=world.ports)
    link_customer(new, number, actor="jane", ports=world.ports, instead=True)
    links = world.ports.store.links
    assert links.all("customer") == [Link("customer", new.link_key, number)]
    assert [entry.action for entry in world.ports.store.audit.of(old.link_key)] == ["link removed", "linked"]


def test_a_decision_names_records_that_exist(world: World) -> None:
    party = Party(kind=PartyKind.ORGANIZATION, key=world.company.organization("Northwind"))
    assert party_of(party.link_key, world.ports) == party
    with pytest.raises(Rejected, match="C-1"):
        link_customer(party, "C-1", actor="jane", ports=world.ports)
    with pytest.raises(Rejected, match="nobody"):
        party_of("nobody", world.ports)


def test_what_a_person_has_told_apart_no_rule_links_afterwards(world: World) -> None:
    """Neither everything at once nor a look at the customer."""
    in_erp(world, "Northwind GmbH", "buying@northwind.example")
    _, organization = in_streak(world, "Northwind GmbH", "northwind.example")
    party = party_of(organization, world.ports)
    declare_new(party, actor="jane", ports=world.ports)
    assert linked(world)["Northwind GmbH"].standing is CustomerStanding.NEW
    (work,) = world.run_customers(party.link_key)
    assert work.verdict is not None and "a person said" in work.verdict.reason
    assert world.ports.store.links.count() == 0


def test_a_dry_run_leaves_nothing_in_the_ledger(world: World) -> None:
    """Neither of linking everything nor of a look at one customer or deal."""
    in_erp(world, "Northwind GmbH", "buying@northwind.example")
    deal, organization = in_streak(world, "Northwind GmbH", "northwind.example", "Proposal Accepted")
    party = f"organization:{organization}"
    assert linked(world, dry_run=True)["Northwind GmbH"].standing is CustomerStanding.CERTAIN
    CUSTOMERS.run(Batch("dry", only=(party,), dry_run=True), world.ports)
    (work,) = world.run(dry_run=True, only=(deal,)).items
    assert any("would link" in step for step in work.trail)
    store = world.ports.store
    assert (store.links.count(), world.ground(party), store.newcomers.count()) == (0, None, 0)
    linked(world)
    assert world.ground(party) is not None


def test_one_that_a_run_has_linked_meanwhile_is_a_persons(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = in_erp(world, "Northwind GmbH", "buying@northwind.example")
    in_streak(world, "Northwind GmbH", "northwind.example")
    links, add = world.ports.store.links, type(world.ports.store.links).add

    def overtaken(_links: object, link: Link) -> None:
        add(links, Link("customer", "organization:quicker", number))
        add(links, link)

    monkeypatch.setattr(type(links), "add", overtaken)
    line = linked(world)["Northwind GmbH"]
    assert (line.standing, line.number) == (CustomerStanding.AMBIGUOUS, "")
    assert [one.linked_to for one in line.candidates] == ["organization:quicker"]
    assert links.all("customer") == [Link("customer", "organization:quicker", number)]
