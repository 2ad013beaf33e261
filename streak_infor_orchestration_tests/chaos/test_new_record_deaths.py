"""A box that is made of an order, and a task: the process dies after every commit and every call that leads to them.

Before one the world is as it was after the one before: nothing is committed yet, and nothing sent.
"""

from collections.abc import Callable

import pytest

from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.integration.sync.orders.typed import BY_HAND, boxes, types_an_order
from streak_infor_orchestration_tests.world import World

FEWEST_POINTS = {"box": 30, "task": 16}
"""As many as there are to die at today, and hardly fewer: else some are no longer looked at."""

HOUR = 3600
SETTINGS = {
    "amounts:\n": BY_HAND["amounts:\n"].replace("amounts:\n", "tasks: {stuck_hours: 1}\n\namounts:\n")
}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    world = make_world(settings=SETTINGS)
    a_box(world, Mortality())  # the first of all pins names and reads what Streak calls things
    return world


def work(world: World) -> None:
    """What the sensors and jobs do, until nothing is due by now."""
    world.poll()
    inbox = world.ports.store.inbox
    while inbox.due(("deal", "erp_order", "erp_invoice")).count or inbox.due(("unlinked_order",)).count:
        world.run()
        world.run_orders()


def survive(world: World, mortality: Mortality) -> None:
    try:
        with mortal(mortality):
            work(world)
    except Killed:
        world.restart()
        work(world)
    for _ in range(3):  # what is in doubt has its settle time
        world.clock.advance(20)
        work(world)


def a_box(world: World, mortality: Mortality) -> str:
    order = types_an_order(world)
    world.clock.advance(5)
    work(world)
    world.clock.advance(world.ports.erp.traits.settle_seconds)
    survive(world, mortality)
    return order


def a_task(world: World, mortality: Mortality) -> str:
    deal = world.company.deal("Northwind", lines=[("NOPE-1", "1", "1.00")], stage="Proposal Accepted")
    world.webhook(deal)
    work(world)
    world.clock.advance(HOUR + 2)
    survive(world, mortality)
    return deal


def fatal_ones(mortality: Mortality, what: str) -> list[int]:
    points = [number for number, point in enumerate(mortality.points) if point.startswith("after")]
    print(f"{what}: {len(points)} points to die at")
    assert len(points) >= FEWEST_POINTS[what]
    return points


def judge(world: World, point: str) -> None:
    assert world.ports.store.effects.unsettled() == [], point
    assert world.company.violations() == [], point


def test_there_is_one_box_of_an_order_whenever_its_process_dies(world: World) -> None:
    rehearsal = Mortality()
    a_box(world, rehearsal)
    for fatal in fatal_ones(rehearsal, "box"):
        before, mortality = set(boxes(world)), Mortality(fatal)
        order = a_box(world, mortality)
        (made,) = set(boxes(world)) - before
        point = mortality.points[fatal]
        shown = world.company.box(made)
        assert world.ports.store.links.erp_key("order", made) == order, point
        assert shown["fieldsByName"]["ERP order"] == order, point
        assert len(world.company.comments(made)) == 1, point
        judge(world, point)


def test_there_is_one_task_whenever_its_process_dies(world: World) -> None:
    rehearsal = Mortality()
    a_task(world, rehearsal)
    for fatal in fatal_ones(rehearsal, "task"):
        mortality = Mortality(fatal)
        deal = a_task(world, mortality)
        point = mortality.points[fatal]
        assert len(world.company.tasks(deal)) == 1, point
        judge(world, point)
