"""One company under several spellings is found; two that share what says nothing are not taken for one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from streak_infor_orchestration.domain.identity import identity
from streak_infor_orchestration.domain.party import Address, ContactChanges, ContactDraft, CustomerDraft
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.matching import match
from streak_infor_orchestration.sync.row.work import Status, Work
from streak_infor_orchestration_tests.world import World

TAX_RULE = {"fields:\n": 'fields:\n  - {to: customer.tax_id, from: "field:VAT id"}\n'}


def in_erp(world: World, name: str, **properties: Any) -> str:
    return world.ports.erp.create_customer(CustomerDraft(reference="", name=name, **properties), Steps()).id


def names(world: World) -> list[str]:
    return [customer["Name"] for customer in world.company.found_in_erp("customers")]


def look(world: World, name: str, *domains: str, emails: tuple[str, ...] = (), tax_id: str = "") -> Work:
    organization = world.company.organization(name, domains=list(domains))
    deal = world.company.deal(name, organization=organization)
    people = [world.company.contact("Ute", "Hof", emailAddresses=list(emails))] if emails else []
    fields = {"VAT id": tax_id} if tax_id else {}
    contacts = [{"key": key, "isStarred": True} for key in people]
    world.company.edit(deal, fields, stage="Proposal Accepted", contacts=contacts)
    return world.look(deal)


@pytest.mark.parametrize("word", ["n/a", "0", "pending", "XX000000000"])
def test_two_without_a_tax_number_are_not_one(make_world: Callable[..., World], word: str) -> None:
    world = make_world(settings=TAX_RULE)
    in_erp(world, "Fjordkraft AS", tax_id=word.upper())
    assert look(world, "Bakkerij De Molen", tax_id=word).verdict is None
    assert names(world) == ["Fjordkraft AS", "Bakkerij De Molen"]


@pytest.mark.parametrize(
    ("country", "number", "typed"),
    [("DE", "136 695 976", "DE136695976"), ("GR", "094259216", "EL 094259216")],
)
def test_a_tax_number_is_one_with_and_without_its_country(
    make_world: Callable[..., World], country: str, number: str, typed: str
) -> None:
    world = make_world(settings=TAX_RULE)
    known = in_erp(world, "NW Logistics", tax_id=number, billing_address=Address(country=country))
    work = look(world, "Northwind", tax_id=typed)
    assert (work.verdict, work.customer_id, names(world)) == (None, known, ["NW Logistics"])


def test_a_tax_number_of_no_country_is_a_persons(make_world: Callable[..., World]) -> None:
    world = make_world(settings=TAX_RULE)
    in_erp(world, "NW Logistics", tax_id="136695976")
    work = look(world, "Northwind", tax_id="DE136695976")
    assert work.verdict is not None
    assert [c.why for c in work.verdict.candidates] == ["same tax number but for its country"]


@pytest.mark.parametrize("domain", ["yahoo.co.uk", "outlook.de", "btinternet.com", "seznam.cz"])
def test_a_common_name_and_a_providers_domain_are_a_persons(world: World, domain: str) -> None:
    in_erp(world, "Smith & Sons", email=f"smith.leeds@{domain}")
    work = look(world, "Smith & Sons", emails=(f"smith.bristol@{domain}",))
    assert work.verdict is not None and [c.why for c in work.verdict.candidates] == ["same name"]
    assert world.company.found_in_erp("salesorders") == []


def test_every_address_of_the_contact_counts(world: World) -> None:
    known = in_erp(world, "Hofmann Antriebe", email="einkauf@hofmann.example")
    work = look(world, "HA Gruppe", emails=("ute.hof@gmail.com", "einkauf@hofmann.example"))
    assert (work.customer_id, names(world)) == (known, ["Hofmann Antriebe"])


@pytest.mark.parametrize("still_there", [True, False])
def test_so_does_that_of_the_people_whom_the_erp_knows_at_a_customer(world: World, still_there: bool) -> None:
    known = in_erp(world, "Hofmann Antriebe", email="info@hofmann.example")
    erp = world.ports.erp
    person = erp.create_contact(ContactDraft(customer_id=known, email="ute.hof@hofmann.example"))
    if not still_there:
        erp.update_contact(person, ContactChanges(active=False))
    work = look(world, "HA Gruppe", emails=("Ute.Hof@hofmann.example",))
    if still_there:
        assert (work.customer_id, names(world)) == (known, ["Hofmann Antriebe"])
    else:  # of somebody who has left only the domain is left, and that is a person's
        assert work.verdict is not None
        assert [c.why for c in work.verdict.candidates] == ["same e-mail domain"]


def test_a_domain_in_punycode_is_the_same(world: World) -> None:
    known = in_erp(world, "Blechwerk", email="info@xn--mller-kva.example")
    work = look(world, "Süd Metall", "müller.example", emails=("info@müller.example",))
    assert (work.customer_id, names(world)) == (known, ["Blechwerk"])


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("einkauf@hofmann.example", "Einkauf@HOFMANN.example"),
        ("einkauf@hofmann.example", "Ute Hof <einkauf@hofmann.example>"),
        ("info@xn--mller-kva.example", "info@müller.example"),
        ("info@müller.example", "INFO@Müller.example"),
    ],
)
def test_who_was_entered_after_the_directory_was_read_is_found_by_the_erp_itself(
    world: World, known: str, typed: str
) -> None:
    look(world, "Granite Dental")
    number = in_erp(world, "Hofmann Antriebe", email=known)
    work = look(world, "HA Gruppe", emails=(typed,))
    assert (work.customer_id, names(world)) == (number, ["Granite Dental", "Hofmann Antriebe"])


def test_an_address_in_another_case_is_the_same_where_only_the_directory_tells(world: World) -> None:
    known = in_erp(world, "Hofmann Antriebe", email="Einkauf@HOFMANN.example")
    refresh(world.ports.erp, world.ports.store)
    erp = FacadeErp(world.ports.erp.http, settle_seconds=10)
    erp.traits = erp.traits.model_copy(update={"customer_filters": frozenset({"reference"})})
    matched = match(identity("HA", emails=["EINKAUF@hofmann.example"]), replace(world.ports, erp=erp))
    assert matched.customer is not None and matched.customer.id == known


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("O'Briens Garage Ltd", "O'Brien's Garage"),
        ("Işık Isı A.Ş.", "IŞIK ISI A.Ş."),
        ("株式会社山田製作所", "山田製作所株式会社"),
    ],
)
def test_another_spelling_of_a_name_is_a_persons(world: World, known: str, typed: str) -> None:
    in_erp(world, known)
    work = look(world, typed)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert names(world) == [known]


def test_another_company_is_nobodys_question(world: World) -> None:
    in_erp(world, "Granite Metals")
    assert look(world, "Granite Dental").verdict is None
    assert names(world) == ["Granite Metals", "Granite Dental"]
