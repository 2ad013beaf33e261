"""From a deal and its people to the customer that should exist."""

import pytest

from streak_infor_orchestration.domain.deal import Deal, Party, Source
from streak_infor_orchestration.domain.party import Address, CustomerDraft
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.streak.models import Contact, Link, Organization
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
    found = deal(of, organizations=(), contacts=(Link(key="c1"),))
    assert found.party == Party(kind=Source.CONTACT, key="c1")
    return found


def test_an_organization_brings_its_name_and_phone_and_the_contact_the_rest() -> None:
    assert customer(mapping()) == CustomerDraft(
        reference="STKC",
        name="Acme GmbH",
        contact_name="Bo Li",
        email="bo@acme.example",
        phone="+49301",
        currency="EUR",
    )


def test_an_organization_without_a_name_is_called_by_its_domain() -> None:
    draft = customer(mapping(), organization=ACME.model_copy(update={"name": " ", "phones": ()}))
    assert (draft.name, draft.phone) == ("acme.example", "+49302")


def test_a_contact_that_buys_is_the_customer() -> None:
    of = mapping()
    draft = customer(of, bought_by_contact(of))
    assert (draft.name, draft.contact_name, draft.phone) == ("Bo Li", "Bo Li", "+49302")


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
    contact = BO.model_copy(update={"fields": {"Billing e-mail": "billing@acme.example"}})
    draft = customer(of, deal(of, None, creator_key="u1"), contact)
    assert draft.name == "Acme GmbH"  # no legal name on the box
    assert (draft.contact_name, draft.email, draft.phone) == (
        "Purchasing",
        "billing@acme.example",
        "+49302",
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
