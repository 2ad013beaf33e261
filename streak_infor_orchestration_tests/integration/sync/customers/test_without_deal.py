"""A customer is made of an organization that has bought nothing yet, where the policy says so."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.sync.customers.sweep import sweep_customers
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.integration.sync.customers.test_agree import looked, writes
from streak_infor_orchestration_tests.world import World

POLICY = {"customer:\n": "customer:\n  without_deal: true\n"}


@pytest.fixture
def eager(make_world: Callable[..., World]) -> World:
    return make_world(settings=POLICY)


def test_it_is_made_once_and_kept_the_same_from_then_on(eager: World) -> None:
    party = f"organization:{eager.company.organization('Northwind GmbH', phoneNumbers=['+4930901820'])}"
    looked(eager, party)
    (customer,) = eager.company.found_in_erp("customers")
    assert (customer["Name"], customer["Phone"]) == ("Northwind GmbH", "+4930901820")
    before = writes(eager)
    assert looked(eager, party).trail == ()
    assert writes(eager) == before
    eager.company.edit_party(party, phoneNumbers=["+4930555555"])
    looked(eager, party)
    (customer,) = eager.company.found_in_erp("customers")
    assert customer["Phone"] == "+4930555555"
    deal = eager.company.deal("Northwind", organization=party.partition(":")[2], stage="Proposal Accepted")
    assert eager.look(deal).verdict is None
    (order,) = eager.company.found_in_erp("salesorders")
    assert order["CustomerID"] == customer["CustomerID"]
    assert len(eager.company.found_in_erp("customers")) == 1


def test_who_looks_like_a_customer_is_a_persons(eager: World) -> None:
    eager.company.book("customers", {"Name": "Nortwind Ltd.", "Currency": "EUR"})
    party = f"organization:{eager.company.organization('Northwind GmbH')}"
    work = looked(eager, party)
    assert work.verdict is not None and work.verdict.status is Status.PERSON
    assert work.verdict.problems[0].code == "ambiguous_customer"
    assert len(eager.company.found_in_erp("customers")) == 1


def test_the_sweep_finds_whoever_nobody_told_of(eager: World) -> None:
    key = eager.company.organization("Northwind GmbH")
    assert sweep_customers(eager.ports, full=True) == (f"organization:{key}",)
    eager.run_customers()
    assert len(eager.company.found_in_erp("customers")) == 1


def test_without_the_policy_the_first_order_makes_it(world: World) -> None:
    party = f"organization:{world.company.organization('Northwind GmbH')}"
    looked(world, party)
    assert sweep_customers(world.ports, full=True) == ()
    assert world.company.found_in_erp("customers") == []
