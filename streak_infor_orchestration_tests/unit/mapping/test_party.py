"""Who buys."""

import pytest

from streak_infor_orchestration.domain.deal import Deal, Party, PartyKind
from streak_infor_orchestration.streak.models import BoxParty
from streak_infor_orchestration_tests.unit.mapping.deals import box, deal, mapping, only_problem

ORGANIZATION, CONTACT = PartyKind.ORGANIZATION, PartyKind.CONTACT


def links(keys: str) -> tuple[BoxParty, ...]:
    """`a b*`: two links, the second starred."""
    return tuple(BoxParty(key=key.rstrip("*"), starred=key.endswith("*")) for key in keys.split())


@pytest.mark.parametrize(
    ("organizations", "contacts", "kind", "key"),
    [
        ("a b* c", "x*", ORGANIZATION, "b"),
        ("a", "x* y", ORGANIZATION, "a"),
        ("", "x y*", CONTACT, "y"),
        ("", "x", CONTACT, "x"),
        ("a b", "x", CONTACT, "x"),
        ("a* b*", "x y*", CONTACT, "y"),
        ("a a", "", ORGANIZATION, "a"),
    ],
)
def test_the_customer_is_found(organizations: str, contacts: str, kind: PartyKind, key: str) -> None:
    found = deal(mapping(), organizations=links(organizations), contacts=links(contacts))
    assert found.party == Party(kind=kind, key=key)


def test_the_configuration_can_pass_over_organizations() -> None:
    found = deal(mapping(customer="{source: contact}"), organizations=links("a*"), contacts=links("x y*"))
    assert found.party == Party(kind=CONTACT, key="y")


@pytest.mark.parametrize(
    ("organizations", "contacts", "code", "field", "fix"),
    [
        ("", "", "no_party", "Organizations", "Add the customer's organization to the deal."),
        ("a b", "", "ambiguous_party", "Organizations", "Star the one that buys."),
        ("a b", "x y", "ambiguous_party", "Organizations", "Star the one that buys."),
        ("", "x y", "ambiguous_party", "Contacts", "Star the one that buys."),
        ("", "x* y*", "ambiguous_party", "Contacts", "Star the one that buys."),
    ],
)
def test_a_customer_that_cannot_be_told_is_for_a_person(
    organizations: str, contacts: str, code: str, field: str, fix: str
) -> None:
    problem = only_problem(
        mapping().read_deal(box(organizations=links(organizations), contacts=links(contacts)))
    )
    assert (problem.code, problem.field, problem.fix) == (code, field, fix)


def test_where_contacts_buy_a_contact_is_asked_for() -> None:
    of = mapping(customer="{source: contact}")
    problem = only_problem(of.read_deal(box(organizations=links("a"))))
    assert (problem.code, problem.field) == ("no_party", "Contacts")
    assert problem.rule == "integration.yaml:7: customer.source"


@pytest.mark.parametrize("stage", ["Lead", "Lost"])
def test_a_deal_that_asks_for_no_order_needs_no_customer(stage: str) -> None:
    read = mapping().read_deal(box(stage=stage, organizations=links("a b")))
    assert isinstance(read, Deal) and read.party is None
