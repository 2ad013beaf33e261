"""What `check` says of the people at customers, and of customers that are new in the ERP."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.customers import kept_the_same
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.world import World, configuration

ASKED = {"customer:\n": "contacts: {create: infor}\ncustomer:\n  new_in_erp: organization\n"}


@pytest.fixture
def said(world: World, process: Wiring) -> Callable[[], list[str]]:
    process.config = configuration(world.company, ASKED)
    world.company.book("customers", {"Name": "Northwind GmbH", "Currency": "EUR"})
    return lambda: [f"{one.mark}: {one.what}" for one in kept_the_same(Context(process, None))]


def test_an_erp_that_keeps_people_as_records(said: Callable[[], list[str]]) -> None:
    assert said() == [
        "good: the people at customers are kept the same, who is missing is made in the ERP",
        "good: customers that are new in the ERP become organizations in Streak",
    ]


def test_one_that_keeps_them_as_fields_and_does_not_say_when_a_customer_was_created(
    said: Callable[[], list[str]], process: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    erp = process.erp
    monkeypatch.setattr(erp, "traits", erp.traits.model_copy(update={"contacts": "fields"}))
    (number,) = [customer.id for page in erp.records("customers") for customer in page]
    found = erp.customer(number)
    assert found is not None
    undated = found.model_copy(update={"created": None})
    monkeypatch.setattr(FacadeErp, "records", lambda *_: iter([[undated]]))
    people, new = said()
    assert "as fields of the customer" in people and people.startswith("look")
    assert "does not say when a customer was created" in new and new.startswith("look")


def test_what_is_not_asked_for_is_not_told_of(world: World, process: Wiring) -> None:
    assert list(kept_the_same(Context(process, None))) == []
