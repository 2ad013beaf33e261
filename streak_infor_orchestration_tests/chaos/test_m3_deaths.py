"""M3's longer writes: a new customer with its details, an order by head, charge, lines and Confirm. The process dies
before and after every commit and every call, and whatever was under way, there is one of everything afterwards."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.infor.m3.erp import M3Erp
from streak_infor_orchestration.infor.m3.login import login
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.m3 import create_app
from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import LINES, TOTAL, survive
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.m3_lab import section
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

SHARDS = 8
KNOWN_POINTS = 80
"""May only rise, as in the crash matrix."""

WITH_DETAILS = {
    '    warehouse: "100" ': '    payment_terms: "014"\n    salesperson: E-101\n    warehouse: "100" '
}


@pytest.fixture(scope="session")
def m3(acme: Acme) -> Iterator[Control]:
    with serve(create_app(now=acme[0].clock.now)) as base_url, closing(Control(base_url)) as control:
        yield control


@pytest.fixture
def erp(m3: Control, acme: Acme, tmp_path: Path) -> Iterator[M3Erp]:
    m3.reset()
    file = tmp_path / "m3.ionapi"
    file.write_text(json.dumps(m3.get("/ionapi")))
    configured, clock = section(m3.base_url), acme[0].clock
    auth = login(configured, Secrets({"INFOR_IONAPI_FILE": str(file)}), clock)
    with closing(HttpClient("infor", configured.base_url, auth=auth, clock=clock)) as http:
        yield M3Erp(http, configured)
    assert m3.violations() == []


@pytest.fixture
def world(make_world: Callable[..., World], erp: M3Erp) -> World:
    return make_world(erp=erp, settings=WITH_DETAILS)


def tell(world: World, mortality: Mortality, name: str) -> str:
    deal = world.company.deal(name, lines=LINES, stage="Proposal Accepted")
    survive(world, mortality, lambda: world.webhook(deal), world.run_until_quiet)
    return deal


def judge(world: World, m3: Control, deal: str, name: str, point: str) -> None:
    books = m3.get("/state")
    (customer,) = [c for c in books["customers"] if c["Name"] == f"{name} Ltd"]
    (order,) = [o for o in books["salesorders"] if o["CustomerID"] == customer["CustomerID"]]
    begun = [t for t in books["temporaryorders"] if t["CustomerID"] == customer["CustomerID"]]
    assert (customer["PaymentTerms"], customer["SalespersonID"]) == ("014", "E-101"), point
    assert (order["TotalAmount"], len(order["LineItems"])) == (TOTAL, len(LINES)), point
    assert [t["RealOrderID"] for t in begun if t["Lines"]] == [order["OrderID"]], point
    store = world.ports.store
    assert world.company.box(deal)["fieldsByName"]["ERP order"] == order["OrderID"], point
    assert len(world.company.comments(deal)) == 1, point
    assert store.links.erp_key("order", deal) == order["OrderID"], point
    assert store.effects.unsettled() == [], point
    assert store.dead_letters.count_open() == 0, point


@pytest.mark.parametrize("shard", range(SHARDS))
def test_after_any_death_there_is_one_customer_and_one_order(world: World, m3: Control, shard: int) -> None:
    tell(world, Mortality(), "The first")
    world.forget()
    rehearsal = Mortality()
    judge(world, m3, tell(world, rehearsal, "Rehearsed"), "Rehearsed", "nobody died")
    print(f"{len(rehearsal.points)} points to die at")
    assert len(rehearsal.points) >= KNOWN_POINTS
    for fatal in range(shard, len(rehearsal.points), SHARDS):
        world.forget()
        mortality, name = Mortality(fatal), f"Deal {fatal}"
        deal = tell(world, mortality, name)
        assert len(mortality.points) > fatal, "nobody died"
        judge(world, m3, deal, name, mortality.points[fatal])
