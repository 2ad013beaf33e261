"""Who buys: by link, by what the configuration matches on, else made, else asked."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from streak_infor_orchestration.domain.identity import identity
from streak_infor_orchestration.domain.party import CustomerChanges, CustomerDraft
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.matching import MOST_CANDIDATES, match
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World

TAX_RULE = {"fields:\n": 'fields:\n  - {to: customer.tax_id, from: "field:VAT id"}\n'}


def in_erp(world: World, name: str, **properties: str) -> str:
    return world.ports.erp.create_customer(CustomerDraft(reference="", name=name, **properties), Steps()).id


def bought_by(world: World, deal: str) -> str:
    (order,) = world.company.found_in_erp("salesorders")
    assert world.ports.store.links.erp_key("order", deal) == order["OrderID"]
    return str(order["CustomerID"])


def deal_of(world: World, name: str, *domains: str) -> str:
    organization = world.company.organization(name, domains=list(domains))
    return world.company.deal("Northwind", organization=organization, stage="Proposal Accepted")


def test_an_unknown_customer_is_made_and_linked(world: World) -> None:
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    world.look(deal)
    (customer,) = world.company.found_in_erp("customers")
    assert (customer["Name"], bought_by(world, deal)) == ("Northwind GmbH", customer["CustomerID"])
    assert world.ports.store.links.count() == 2


def test_the_next_deal_of_a_linked_customer_asks_nobody(world: World) -> None:
    organization = world.company.organization("Northwind GmbH")
    for name in ("First", "Second"):
        world.look(world.company.deal(name, organization=organization, stage="Proposal Accepted"))
    assert len(world.company.found_in_erp("customers")) == 1
    assert sum(call.endswith("/customers") and call.startswith("GET") for call in world.company.calls()) <= 2


def test_domain_and_name_find_a_customer(world: World) -> None:
    known = in_erp(world, "Northwind GmbH", email="buying@northwind.example")
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    world.look(deal)
    assert bought_by(world, deal) == known


def test_a_name_alone_does_not(world: World) -> None:
    """Not even where nobody has read the ERP's customers before."""
    known = in_erp(world, "Northwind GmbH", email="buying@elsewhere.example")
    work = world.look(deal_of(world, "Northwind GmbH", "northwind.example"))
    assert work.verdict is not None and [(c.number, c.why) for c in work.verdict.candidates] == [
        (known, "same name")
    ]
    assert world.company.found_in_erp("salesorders") == []


def test_several_matches_are_a_persons_who_sees_the_candidates(world: World) -> None:
    for desk in ("buying", "sales"):
        in_erp(world, "Northwind GmbH", email=f"{desk}@northwind.example")
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    world.look(deal)
    (comment,) = world.company.comments(deal)
    assert "C-100001" in comment and "C-100002" in comment
    assert world.company.found_in_erp("salesorders") == []


def test_the_candidates_lie_side_by_side(world: World) -> None:
    for desk in ("buying", "sales"):
        in_erp(world, "Northwind GmbH", email=f"{desk}@northwind.example", tax_id="DE1")
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    world.look(deal)
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.code == "ambiguous_customer"
    first, second = letter.diagnosis["candidates"]
    assert first == {
        "number": "C-100001",
        "name": "Northwind GmbH",
        "email": "buying@northwind.example",
        "tax_id": "DE1",
        "city": "",
        "why": "same name and e-mail domain",
        "linked_to": "",
    }
    assert second["number"] == "C-100002"


@pytest.mark.parametrize("spelling", ["Northwind Trading Ltd.", "Nortwind Trading GmbH"])
def test_a_look_alike_is_a_persons_and_never_automatic(world: World, spelling: str) -> None:
    known = in_erp(world, spelling, email="buying@elsewhere.example")
    refresh(world.ports.erp, world.ports.store)
    deal = deal_of(world, "Northwind Trading GmbH", "northwind.example")
    work = world.look(deal)
    assert work.verdict is not None and [c.number for c in work.verdict.candidates] == [known]
    assert world.company.found_in_erp("salesorders") == []
    assert len(world.company.found_in_erp("customers")) == 1


def test_a_closed_customer_is_a_persons_even_when_it_is_the_only_one(world: World) -> None:
    known = in_erp(world, "Northwind GmbH", email="buying@northwind.example")
    world.company.correct("customers", known, {"Status": "Closed"})
    work = world.look(deal_of(world, "Northwind GmbH", "northwind.example"))
    assert work.verdict is not None
    assert [c.why for c in work.verdict.candidates] == ["same name and e-mail domain, but closed"]


def test_of_very_many_candidates_a_person_sees_the_first(world: World) -> None:
    for number in range(MOST_CANDIDATES + 3):
        in_erp(world, "Northwind GmbH", email=f"desk{number}@northwind.example")
    work = world.look(deal_of(world, "Northwind GmbH", "northwind.example"))
    assert work.verdict is not None and len(work.verdict.candidates) == MOST_CANDIDATES
    (comment,) = world.company.comments(work.claim.key)
    assert "C-100003" in comment and "C-100004" not in comment and "and 7 more" in comment


def test_look_alikes_can_be_ignored(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"  create: true ": "  similar: ignore\n  create: true "})
    known = in_erp(world, "Northwind Ltd.", email="buying@elsewhere.example")
    refresh(world.ports.erp, world.ports.store)
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    world.look(deal)
    assert bought_by(world, deal) != known


def test_a_tax_number_is_found_however_it_is_spelled(make_world: Callable[..., World]) -> None:
    """By the directory: the ERP's filter compares letter by letter."""
    world = make_world(settings=TAX_RULE)
    known = in_erp(world, "NW Logistics", tax_id="DE 123.456.789")
    refresh(world.ports.erp, world.ports.store)
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    world.company.edit(deal, {"VAT id": "DE123456789"})
    world.look(deal)
    assert bought_by(world, deal) == known


@pytest.mark.parametrize("word", ["n/a", "pending", "XX000000000"])
def test_a_customer_is_made_without_what_is_no_tax_number(
    make_world: Callable[..., World], word: str
) -> None:
    """The number goes over when it is entered, and stays whatever stands there then."""
    world = make_world(
        settings={"fields:\n": "fields:\n  - {to: customer.tax_id, from: 'organization.field:VAT'}\n"}
    )
    (vat,) = world.company.streak(
        "/directory-fields", {"organizations": [{"name": "VAT", "type": "TEXT_INPUT"}]}
    )["organizations"]
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    party = f"organization:{organization}"
    world.company.edit_party(party, fields={vat: word})
    deal = world.company.deal("Northwind", organization=organization, stage="Proposal Accepted")
    assert world.look(deal).verdict is None
    assert not any(word in comment for comment in world.company.comments(deal))
    (made,) = world.company.found_in_erp("customers")
    assert not made.get("TaxID")
    for typed in ("DE136695976", word):
        world.clock.advance(10)
        world.company.edit_party(party, fields={vat: typed})
        world.run_customers(party)
        (kept,) = world.company.found_in_erp("customers")
        assert kept["TaxID"] == "DE136695976"


def test_what_the_directory_knows_is_believed_only_when_the_erp_says_so_too(
    make_world: Callable[..., World],
) -> None:
    world = make_world(settings=TAX_RULE)
    known = in_erp(world, "NW Logistics", tax_id="DE 123.456.789")
    refresh(world.ports.erp, world.ports.store)
    customer = world.ports.erp.customer(known)
    assert customer is not None
    world.ports.erp.update_customer(customer, CustomerChanges(tax_id="FR 1"))
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    world.company.edit(deal, {"VAT id": "DE123456789"})
    world.look(deal)
    assert bought_by(world, deal) != known


def test_an_erp_without_filters_is_searched_by_the_directory(world: World) -> None:
    known = in_erp(world, "Northwind GmbH", email="buying@northwind.example")
    refresh(world.ports.erp, world.ports.store)
    erp = FacadeErp(world.ports.erp.http, settle_seconds=10)
    erp.traits = erp.traits.model_copy(update={"customer_filters": frozenset({"reference"})})
    someone = identity("northwind gmbh", domains=("northwind.example",))
    matched = match(someone, replace(world.ports, erp=erp))
    assert matched.customer is not None and matched.customer.id == known
    searched = [call for call in world.company.calls() if call.startswith("GET") and "customers" in call]
    assert len(searched) == 2, "the directory was read once, and the customer once by its number"


def test_where_none_may_be_made_a_person_is_asked(make_world: Callable[..., World]) -> None:
    world = make_world(settings={"create: true ": "create: false "})
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.problems[0].code == "no_customer"
    assert world.company.found_in_erp("customers") == []


def test_two_deals_of_one_batch_bring_one_customer(world: World) -> None:
    organization = world.company.organization("Northwind GmbH")
    for name in ("First", "Second", "Third"):
        world.webhook(world.company.deal(name, organization=organization, stage="Proposal Accepted"))
    world.run_until_quiet()
    assert len(world.company.found_in_erp("customers")) == 1
    assert len(world.company.found_in_erp("salesorders")) == 3


def test_an_erp_customer_of_another_organization_is_a_persons(world: World) -> None:
    """Two organizations in Streak that are one customer in the ERP: the link is a bijection."""
    in_erp(world, "Northwind GmbH", email="buying@northwind.example")
    world.look(deal_of(world, "Northwind GmbH", "northwind.example"))
    twin = world.company.organization("Northwind GmbH", domains=["northwind.example", "nw.example"])
    work = world.look(world.company.deal("Twin", organization=twin, stage="Proposal Accepted"))
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert len(world.company.found_in_erp("salesorders")) == 1


@pytest.mark.parametrize("kind", ["no_party", "ambiguous_party"])
def test_a_deal_that_does_not_say_who_buys_is_a_persons(world: World, kind: str) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    both = (
        [world.company.organization(name) for name in ("One", "Other")] if kind == "ambiguous_party" else []
    )
    world.company.edit(deal, organizations=[{"key": key, "isStarred": True} for key in both])
    work = world.look(deal)
    assert work.verdict is not None and work.verdict.problems[0].code == kind


@pytest.mark.parametrize("known", [True, False], ids=["in the directory", "by the ERP's own filter"])
def test_a_company_may_be_matched_by_its_name_alone(make_world: Callable[..., World], known: bool) -> None:
    """And by nobody else's."""
    world = make_world(settings={"  match: [tax_id, email, domain+name] ": "  match: [name] "})
    in_erp(world, "Contoso AG", email="buying@elsewhere.example")
    number = in_erp(world, "Northwind GmbH", email="buying@elsewhere.example")
    if known:
        refresh(world.ports.erp, world.ports.store)
    deal = deal_of(world, "Northwind GmbH", "northwind.example")
    work = world.look(deal)
    assert (work.verdict, bought_by(world, deal)) == (None, number)
    assert work.trail[0] == f"customer {number} found: Northwind GmbH"
    assert len(world.company.found_in_erp("customers")) == 2
