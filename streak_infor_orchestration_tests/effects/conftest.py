"""Every ERP, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.effects.orders import LINES
from streak_infor_orchestration_tests.effects.rigs import FacadeRig, Rig, ThreeCallRig, TwoHundredRig
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme, acme, make_world

__all__ = ["acme", "make_world"]

ERPS = ("facade", "three_call", "two_hundred")


@pytest.fixture(scope="session")
def dead_end() -> Iterator[HttpClient]:
    """Leads to a port of this machine where nobody listens."""
    http = HttpClient("infor", "http://127.0.0.1:1", clock=ManualClock())
    yield http
    http.close()


@pytest.fixture(params=ERPS)
def product(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rig(product: str, acme: Acme, dead_end: HttpClient) -> Rig:
    company, connections = acme
    match product:
        case "facade":
            return FacadeRig(company, connections, dead_end)
        case "three_call":
            return ThreeCallRig(company.clock)
        case _:
            return TwoHundredRig(company.clock)


@pytest.fixture
def world(make_world: Callable[..., World], rig: Rig, database_url: str | None) -> World:
    return make_world(erp=rig.erp, database_url=database_url)


@pytest.fixture
def deal(world: World) -> str:
    return world.company.deal("Northwind", lines=LINES, stage="Proposal Accepted")


@pytest.fixture
def other_ledger(
    request: pytest.FixtureRequest, database_url: str | None, tmp_path: Path
) -> Iterator[tuple[str | None, Path]]:
    """A second, empty database of the same kind: URL and state folder."""
    if database_url is None:
        yield None, tmp_path / "other"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url, tmp_path / "other"
