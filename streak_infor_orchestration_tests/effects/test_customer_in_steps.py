"""A customer that takes several calls, in an ERP that knows no reference of ours: resumed, found, and made once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.infor.port import CustomerField, FoundCustomer, Steps
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.effects.orders import status
from streak_infor_orchestration_tests.erps.three_call import ThreeCallErp
from streak_infor_orchestration_tests.erps.wire import Wire
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme


class TwoStepErp(ThreeCallErp):
    """A customer is a record, then its address. It is only found among those that were made since. `since`: what each
    probe was told."""

    traits = ThreeCallErp.traits.model_copy(update={"customer_filters": frozenset()})

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.since: list[datetime | None] = []
        self.addressed: list[str] = []

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        raise AssertionError(f"there is no filter by {field}")

    def find_customer(self, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
        self.since.append(since)
        if since is None:
            return FoundCustomer()
        made = [c for c in self.customers.values() if c.name == draft.name]
        whole = tuple(c for c in made if c.id in self.addressed)
        return FoundCustomer(customers=whole, steps={"customer": made[0].id} if made and not whole else {})

    def create_customer(self, draft: CustomerDraft, steps: Steps) -> Customer:
        number = steps.take("customer", lambda: super(TwoStepErp, self).create_customer(draft, steps).id)
        steps.take(
            "address", partial(self.wire.write, "add_address", lambda: self.addressed.append(number) or "")
        )
        return self.customers[number]


@pytest.fixture
def erp(acme: Acme) -> TwoStepErp:
    return TwoStepErp(Wire(acme[0].clock))


@pytest.fixture
def world(make_world: Callable[..., World], erp: TwoStepErp) -> World:
    return make_world(erp=erp)


@pytest.fixture
def deal(world: World) -> str:
    return world.company.deal("Northwind", stage="Proposal Accepted")


@pytest.mark.parametrize("fault", ["before", "after", "refused"])
@pytest.mark.parametrize("nth", [1, 2])
def test_it_is_made_once_and_whole(world: World, erp: TwoStepErp, deal: str, nth: int, fault: str) -> None:
    began = world.clock.now()
    erp.wire.lose(nth, fault)
    assert status(world.look(deal)) is Status.WAITING
    world.run_until_quiet()
    (customer,) = erp.customers.values()
    assert erp.addressed == [customer.id]
    assert world.ports.store.links.all("customer")[0].erp_key == customer.id
    assert world.ports.store.effects.unsettled() == []
    if fault != "refused":
        assert erp.since[-1] == began, "it was asked for then at the earliest"


def test_what_was_done_of_it_is_not_done_again(world: World, erp: TwoStepErp, deal: str) -> None:
    erp.wire.lose(2, "refused")
    world.look(deal)
    world.run_until_quiet()
    assert erp.wire.sent[:3] == ["create_customer", "add_address", "add_address"]
