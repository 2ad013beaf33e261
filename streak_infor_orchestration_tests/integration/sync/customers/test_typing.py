"""Who may still be typing is waited for; what was emptied empties the other side only where a rule says so."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration_tests.integration.sync.customers.test_agree import (
    customer_of,
    in_erp,
    looked,
    writes,
)
from streak_infor_orchestration_tests.world import World

PHONE = {"fields:\n": "fields:\n  - {to: customer.phone, from: organization.phone, clears: CLEARS}\n"}


@pytest.fixture
def typed(make_world: Callable[..., World]) -> World:
    return make_world(typing_seconds=10)


def test_a_field_is_copied_when_it_has_stood_unchanged(typed: World) -> None:
    party, _, _ = customer_of(typed, phoneNumbers=["+4930901820"])
    for digits in ("+4930", "+49305", "+493055"):
        typed.company.edit_party(party, phoneNumbers=[digits])
        looked(typed, party)  # five seconds later
        assert in_erp(typed, "Phone") == "+4930901820"
    typed.clock.advance(10)
    (work,) = typed.run_customers()
    assert work.trail[0].startswith("customer ")
    assert in_erp(typed, "Phone") == "+493055"
    assert typed.run_customers() == []


def test_who_never_rests_is_not_waited_for_longer_than_two_minutes(typed: World) -> None:
    party, _, _ = customer_of(typed, phoneNumbers=["+4930901820"])
    for n in range(30):
        typed.company.edit_party(party, phoneNumbers=[f"+49305555{n:02}"])
        looked(typed, party)  # five seconds later
        if in_erp(typed, "Phone") != "+4930901820":
            assert n == 24
            return
    raise AssertionError("it was never copied")


def test_an_order_waits_for_nobody_who_types(typed: World) -> None:
    party, _, _ = customer_of(typed, phoneNumbers=["+4930901820"])
    typed.company.edit_party(party, phoneNumbers=["+49305"])
    looked(typed, party)
    second = typed.company.deal("Again", organization=party.partition(":")[2], stage="Proposal Accepted")
    assert typed.look(second).verdict is None
    assert len(typed.company.found_in_erp("salesorders")) == 2


@pytest.mark.parametrize("clears", ["keep", "copy"])
def test_what_is_emptied_in_streak(make_world: Callable[..., World], clears: str) -> None:
    world = make_world(settings={old: new.replace("CLEARS", clears) for old, new in PHONE.items()})
    party, _, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.edit_party(party, phoneNumbers=[])
    looked(world, party)
    assert in_erp(world, "Phone") == {"keep": "+4930901820", "copy": None}[clears]
    before = writes(world)
    assert looked(world, party).trail == ()
    assert writes(world) == before


@pytest.mark.parametrize("clears", ["keep", "copy"])
def test_what_is_emptied_in_the_erp(make_world: Callable[..., World], clears: str) -> None:
    world = make_world(settings={old: new.replace("CLEARS", clears) for old, new in PHONE.items()})
    party, number, _ = customer_of(world, phoneNumbers=["+4930901820"])
    world.company.correct("customers", number, {"Phone": None})
    looked(world, party)
    assert world.company.party(party)["phoneNumbers"] == {"keep": ["+4930901820"], "copy": []}[clears]
    world.company.edit_party(party, phoneNumbers=["+4930555555"])
    looked(world, party)
    assert in_erp(world, "Phone") == "+4930555555", "a new value goes over in any case"


def test_what_stands_on_a_deal_that_is_gone_was_not_emptied(make_world: Callable[..., World]) -> None:
    rule = '  - {to: customer.tax_id, from: "field:VAT id", clears: copy}'
    world = make_world(settings={"fields:\n": f"fields:\n{rule}\n"})
    key = world.company.organization("Northwind GmbH")
    deal = world.company.deal("Northwind", organization=key)
    world.company.edit(deal, {"VAT id": "DE811907980"}, stage="Proposal Accepted")
    world.look(deal)
    world.company.delete(deal)
    looked(world, f"organization:{key}")
    assert in_erp(world, "TaxID") == "DE811907980"
