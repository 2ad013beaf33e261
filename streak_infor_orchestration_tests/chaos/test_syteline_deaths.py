"""SyteLine's longer writes: an order by header, lines and that it counts; its edit, line by line; its cancellation. The
process dies after every commit and every call, and there is one order afterwards, as the deal has it.

Before one the world is as it was after the one before: nothing is committed yet, and nothing sent.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.infor.syteline.product import SYTELINE
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.syteline import create_app
from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import LINES, TOTAL, survive
from streak_infor_orchestration_tests.chaos.test_edit_deaths import CHANGED_IN_THE_ERP
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import secrets_of, section_of
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

SHARDS = 12
KNOWN_POINTS = 112
"""May only rise, as in the crash matrix."""

LEFT_OUT = {"SLCos": ["Uf_Description"], "SLCoitems": ["Price", "PriceConv"]}
"""By an insert: so that the steps which write it once more are among those that are tried."""


@pytest.fixture(scope="session")
def syteline(acme: Acme) -> Iterator[Control]:
    with serve(create_app(now=acme[0].clock.now)) as base_url, closing(Control(base_url)) as control:
        yield control


@pytest.fixture
def world(syteline: Control, acme: Acme, make_world: Callable[..., World], tmp_path: Path) -> Iterator[World]:
    syteline.reset()
    syteline.post("/settings", {"ignored_at_insert": LEFT_OUT})
    section, secrets = section_of(syteline, "gateway"), secrets_of(syteline, "gateway", tmp_path)
    clock = acme[0].clock
    address, auth = secrets.infor_address(section.base_url), SYTELINE.login(section, secrets, clock)
    with closing(HttpClient("infor", address, auth=auth, clock=clock)) as http:
        yield make_world(erp=SYTELINE.open(section, http), settings=CHANGED_IN_THE_ERP)
    assert syteline.violations() == []


def tell(world: World, syteline: Control, mortality: Mortality, name: str) -> None:
    """Accepted, edited to three lines and another quantity, taken back: each time there is one order, the right one."""
    world.clock.advance(3600)  # so many cancellations an hour would stop for a person
    deal = world.company.deal(name, lines=LINES, stage="Proposal Accepted")
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    judge(world, syteline, name, ("Open", TOTAL, 2), mortality)
    world.company.edit(deal, {"Qty 1": "3", "SKU 3": "HSE-4001", "Qty 3": "4", "Price 3": "10.00"})
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    judge(world, syteline, name, ("Open", "593.35", 3), mortality)
    world.company.edit(deal, stage="Qualified")
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    order = judge(world, syteline, name, ("Cancelled", "593.35", 3), mortality)
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == order["OrderID"], mortality.points[-1:]
    assert world.ports.store.links.erp_key("order", deal) == order["OrderID"]


def judge(
    world: World, syteline: Control, name: str, shown: tuple[str, str, int], mortality: Mortality
) -> dict[str, Any]:
    last = mortality.points[-1:]
    books = syteline.get("/state")
    (customer,) = [c for c in books["customers"] if c["Name"] == f"{name} Ltd"]
    (order,) = [o for o in books["salesorders"] if o["CustomerID"] == customer["CustomerID"]]
    assert (order["OrderStatus"], order["TotalAmount"], len(order["LineItems"])) == shown, last
    assert order["OrderDescription"] == name, last
    store = world.ports.store
    assert store.effects.unsettled() == [], last
    assert store.dead_letters.count_open() == 0, last
    return dict(order)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_after_any_death_there_is_one_order_as_the_deal_has_it(
    world: World, syteline: Control, shard: int
) -> None:
    tell(world, syteline, Mortality(), "The first")
    world.forget()
    rehearsal = Mortality()
    tell(world, syteline, rehearsal, "Rehearsed")
    fatal_ones = [number for number, point in enumerate(rehearsal.points) if point.startswith("after")]
    print(f"{len(fatal_ones)} points to die at")
    assert len(fatal_ones) >= KNOWN_POINTS
    for fatal in fatal_ones[shard::SHARDS]:
        world.forget()
        mortality = Mortality(fatal)
        tell(world, syteline, mortality, f"Deal {fatal}")
        assert len(mortality.points) > fatal, "nobody died"
