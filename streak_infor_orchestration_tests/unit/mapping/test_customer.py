"""From a deal and its people to the customer that should exist."""

import pytest

from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind
from streak_infor_orchestration.domain.party import Address, CustomerDraft
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.streak.models import BoxParty, Contact, Organization
from streak_infor_orchestration_tests.unit.mapping.deals import ACME, BO, deal, mapping, only_problem


def customer(
    of: Mapping,
    of_deal: Deal | None = None,
    contact: Contact | None = BO,
    organization: Organization | None = ACME,
) -> CustomerDraft:
    draft = of.customer(of_deal or deal(of), reference="STKC", contact=contact, organization=organization)
    assert isinstance(draft, CustomerDraft), draft
    return draft


def bought_by_contact(of: Mapping) -> Deal:
    found = deal(of, organizations=(), contacts=(BoxParty(key="c1"),))
    assert found.party == Party(kind=PartyKind.CONTACT, key="c1")
    return found


def test_an_organization_brings_its_name_and_phone_and_the_contact_the_rest() -> None:
    assert customer(mapping()) == CustomerDraft(
        reference="STKC",
        name="Acme GmbH",
        contact_name="Bo Li",
        email="bo@acme.example",
        phone="+49 30 1",
        currency="EUR",
    )


def test_an_organization_without_a_name_is_called_by_its_domain() -> None:
    draft = customer(mapping(), organization=ACME.model_copy(update={"name": " ", "phones": ()}))
    assert (draft.name, draft.phone) == ("acme.example", "+49 30 2")


def test_a_contact_that_buys_is_the_customer() -> None:
    of = mapping()
    draft = customer(of, bought_by_contact(of))
    assert (draft.name, draft.contact_name, draft.phone) == ("Bo Li", "Bo Li", "+49 30 2")


def test_a_contact_without_a_name_is_called_by_the_e_mail() -> None:
    of = mapping()
    nameless = BO.model_copy(update={"given_name": "", "family_name": ""})
    assert customer(of, bought_by_contact(of), nameless).name == "bo@acme.example"


@pytest.mark.parametrize("organization", [None, Organization(key="o1")])
def test_a_nameless_organization_is_not_called_after_its_contact(organization: Organization | None) -> None:
    of = mapping()
    problem = only_problem(of.customer(deal(of), reference="R", contact=BO, organization=organization))
    assert (problem.code, problem.field) == ("no_customer_name", "Organization name")
    assert problem.fix == "Enter the name of the organization in Streak."


def test_a_nameless_contact_is_for_a_person() -> None:
    of = mapping()
    problem = only_problem(of.customer(bought_by_contact(of), reference="R", contact=None, organization=None))
    assert problem.field == "Contact name"


def test_rules_go_before_what_streak_says() -> None:
    of = mapping(
        erp='{product: facade, base_url: "https://x.example", defaults: {payment_terms: N30, salesperson: S-9}}',
        fields="""
  - {to: customer.name, from: "field:Legal name"}
  - {to: customer.contact_name, from: "const:Purchasing"}
  - {to: customer.email, from: "contact.field:Billing e-mail"}
  - {to: customer.phone, from: contact.phone, owner: streak}
  - {to: customer.tax_id, from: "organization.field:VAT"}
  - {to: customer.billing_address.line1, from: "const:Main St 1"}
  - {to: customer.billing_address.country, from: "const:de"}
  - {to: customer.custom.Industry, from: organization.industry, default: unknown}
  - {to: customer.salesperson, from: box.creator, transform: {map: {u1: S-1}}}""",
    )
    contact = BO.model_copy(
        update={"fields": {"Billing e-mail": "billing@acme.example"}, "phones": ("+49 (30) 123-4567",)}
    )
    draft = customer(of, deal(of, None, creator_key="u1"), contact)
    assert draft.name == "Acme GmbH"  # no legal name on the box
    assert (draft.contact_name, draft.email, draft.phone) == (
        "Purchasing",
        "billing@acme.example",
        "+49301234567",
    )
    assert (draft.tax_id, draft.payment_terms, draft.salesperson) == ("DE1", "N30", "S-1")
    assert draft.billing_address == Address(line1="Main St 1", country="DE")
    assert draft.shipping_address is None
    assert draft.custom == {"Industry": "unknown"}


def test_a_rule_that_does_not_fit_is_for_a_person() -> None:
    of = mapping(fields="[{to: customer.shipping_address.country, from: 'const:Korea'}]")
    problem = only_problem(of.customer(deal(of), reference="R", contact=BO, organization=ACME))
    assert (problem.code, problem.value) == ("not_a_code", "Korea")
    assert problem.rule == "integration.yaml:7: fields"


HOME = "{timezone: Europe/Berlin, currency: EUR, locale: de_DE}"


def test_phones_and_e_mails_are_put_in_standard_form() -> None:
    contact = BO.model_copy(
        update={"phones": ("ask Bo", "030 / 123 45 67"), "emails": ("?", "Bo@Acme.Example")}
    )
    company = ACME.model_copy(update={"phones": (), "domains": ("acme.de",)})
    draft = customer(mapping(company=HOME), None, contact, company)
    assert (draft.phone, draft.email) == ("+49301234567", "Bo@acme.example")


NATIONAL = "030 / 123 45 67"


@pytest.mark.parametrize(
    ("known", "rules", "phone"),
    [
        ({}, "", NATIONAL),  # nothing says where it is
        ({"domains": ("acme.de",)}, "", "+49301234567"),
        ({"domains": ("acme.co.uk",)}, "", "+44301234567"),
        ({"domains": ("acme.com", "acme.io", "acme.co")}, "", NATIONAL),
        ({"domains": ("acme.io",)}, "", NATIONAL),
        ({"domains": ("acme.co",)}, "", NATIONAL),
        ({"domains": ("acme.de", "acme.at")}, "", NATIONAL),
        ({"addresses": ("Hauptstr. 5, 10115 Berlin, Germany",)}, "", "+49301234567"),
        (
            {"addresses": ("Hauptstr. 5\n10115 Berlin\nDeutschland",), "domains": ("acme.fr",)},
            "",
            "+49301234567",
        ),
        ({"addresses": ("Hauptstr. 5, 10115 Berlin",)}, "", NATIONAL),
        (
            {"domains": ("acme.fr",)},
            "{to: customer.billing_address.country, from: 'const:DE'}",
            "+49301234567",
        ),
        (
            {"addresses": ("1 High St, London SW1A 2AA, UK",), "domains": ("acme.de",)},
            "{to: customer.billing_address, from: organization.address}",
            "+44301234567",
        ),
    ],
)
def test_a_national_number_is_of_the_country_the_customer_is_in_and_never_of_ours(
    known: dict[str, tuple[str, ...]], rules: str, phone: str
) -> None:
    """We are in Germany; a French customer's 01 23 45 67 89 would be somebody's in Berlin."""
    company = ACME.model_copy(update={"phones": (NATIONAL,), **known})
    contact = BO.model_copy(update={"emails": ("bo@mail.example",)})
    assert customer(mapping(company=HOME, fields=f"[{rules}]"), None, contact, company).phone == phone
    by_rule = f"[{', '.join(filter(None, [rules, '{to: customer.phone, from: organization.phone}']))}]"
    assert customer(mapping(company=HOME, fields=by_rule), None, contact, company).phone == phone


@pytest.mark.parametrize("typed", ["ask Bo", "-", "030 123 ext. 5", "030/1 or 030/2"])
def test_a_phone_number_that_cannot_be_read_is_passed_on_as_it_is(typed: str) -> None:
    of = mapping(company=HOME, fields=f"[{{to: customer.phone, from: 'const:{typed}'}}]")
    assert customer(of).phone == typed
    assert (
        customer(mapping(company=HOME), None, None, ACME.model_copy(update={"phones": (typed,)})).phone
        == typed
    )


def test_what_nobody_asked_for_does_not_stop_an_order() -> None:
    draft = customer(mapping(), None, BO.model_copy(update={"emails": ("?",)}))
    assert (draft.phone, draft.email) == ("+49 30 1", "?")


@pytest.mark.parametrize(
    ("target", "value", "code"),
    [
        ("customer.email", "bo at acme", "not_an_e_mail_address"),
        ("customer.billing_address", "Berlin, DE", "not_an_address"),
        ("customer.billing_address.country", "Atlantis", "not_a_code"),
    ],
)
def test_what_a_rule_asks_for_must_be_right(target: str, value: str, code: str) -> None:
    of = mapping(fields=f"[{{to: {target}, from: 'const:{value}'}}]")
    problem = only_problem(of.customer(deal(of), reference="R", contact=BO, organization=ACME))
    assert (problem.code, problem.value) == (code, value)


def test_an_address_on_one_line_is_taken_apart() -> None:
    of = mapping(
        fields="""
  - {to: customer.billing_address, from: organization.address, transform: {address: US}}
  - {to: customer.shipping_address, from: contact.address}
  - {to: customer.shipping_address.line2, from: "const:Gate 3"}""",
        company=HOME,
    )
    organization = ACME.model_copy(update={"addresses": ("12 Main St, Springfield, Illinois 62704",)})
    draft = customer(
        of, None, BO.model_copy(update={"addresses": ("Hauptstr. 5, 10115 Berlin",)}), organization
    )
    assert draft.billing_address == Address(
        line1="12 Main St", city="Springfield", region="IL", postal_code="62704", country="US"
    )
    assert draft.shipping_address == Address(
        line1="Hauptstr. 5", line2="Gate 3", city="Berlin", postal_code="10115", country="DE"
    )


def test_parts_of_an_address_are_checked_together() -> None:
    of = mapping(
        fields="""
  - {to: customer.billing_address.region, from: "const:New York"}
  - {to: customer.billing_address.postal_code, from: "const:94043"}
  - {to: customer.billing_address.country, from: "const:USA"}"""
    )
    problem = only_problem(of.customer(deal(of), reference="R", contact=BO, organization=ACME))
    assert (problem.code, problem.value) == ("postal_code", "94043")
    assert problem.message == "The billing address has a postal code that NY, US has not."
    assert problem.rule == "integration.yaml:8: fields"
