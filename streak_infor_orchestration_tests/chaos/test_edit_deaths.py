"""A deal that is edited after its order, taken back, accepted again, deleted: the process dies after every commit and
every call.

Before one the world is as it was after the one before: nothing is committed yet, and nothing sent.
"""

from collections.abc import Callable

import pytest

from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import survive
from streak_infor_orchestration_tests.world import World

POLICIES = "policies: {backwards: cancel, edited: update, reaccepted: new_order}"
SHARDS = 6
CHANGED_IN_THE_ERP = {"policies: {backwards: report}": POLICIES}
FEWEST_POINTS = 75
"""Of the edit, both cancellations and the second order together, as many as there are to die at today."""


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(settings=CHANGED_IN_THE_ERP)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_order_ends_as_the_deal_has_it_whenever_the_process_dies(world: World, shard: int) -> None:
    rehearsal = Mortality()
    edit_and_take_back(world, "Rehearsed", rehearsal)
    fatal_ones = [number for number, point in enumerate(rehearsal.points) if point.startswith("after")]
    print(f"{len(fatal_ones)} points to die at")
    assert len(fatal_ones) >= FEWEST_POINTS
    for fatal in fatal_ones[shard::SHARDS]:
        mortality = Mortality(fatal)
        edit_and_take_back(world, f"Deal {fatal}", mortality)
        assert len(mortality.points) > fatal, "nobody died"


def edit_and_take_back(world: World, name: str, mortality: Mortality) -> None:
    """An order of two pieces becomes one of three and is cancelled; the deal is accepted again, and deleted in the
    end."""
    world.clock.advance(3600)  # so many cancellations an hour would stop for a person
    deal = world.company.deal(name, lines=[("BRK-1001", "2", "180.00")], stage="Proposal Accepted")
    world.look(deal)
    world.company.edit(deal, fields={"Qty 1": "3"})
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    assert an_order(world, name) == ("Open", "540.00"), mortality.points[-1:]
    world.company.edit(deal, stage="Qualified")
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    assert an_order(world, name) == ("Cancelled", "540.00"), mortality.points[-1:]
    world.clock.advance(60)
    world.company.edit(deal, stage="Proposal Accepted")
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    assert an_order(world, name, "Open") == ("Open", "540.00"), mortality.points[-1:]
    assert len(world.company.found_in_erp("salesorders", OrderDescription=name)) == 2, mortality.points[-1:]
    assert len(world.company.comments(deal)) == 3, mortality.points[-1:]
    world.company.delete(deal)
    survive(world, mortality, lambda: world.webhook(deal, "BOX_DELETE"), world.run_until_quiet)
    assert len(world.company.found_in_erp("salesorders", OrderDescription=name, OrderStatus="Cancelled")) == 2
    assert world.ports.store.effects.unsettled() == [], mortality.points[-1:]
    assert world.ports.store.dead_letters.count_open() == 0, mortality.points[-1:]


def an_order(world: World, name: str, *status: str) -> tuple[str, str]:
    """Status and total of the only one there is, or the only one of that status."""
    wanted = {"OrderStatus": status[0]} if status else {}
    (order,) = world.company.found_in_erp("salesorders", OrderDescription=name, **wanted)
    return order["OrderStatus"], order["TotalAmount"]
