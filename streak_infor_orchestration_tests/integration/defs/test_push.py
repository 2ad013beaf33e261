"""What the ERP tells by itself, and stops to tell, as Dagster's user sees it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.fixtures import AT_FULL_SPEED, credentials
from streak_infor_orchestration_tests.world.world import World

BASE = "  defaults:                      # put on every order unless a rule below sets it"


@pytest.fixture
def told(world: World, fresh_process: Callable[..., Wiring], tmp_path: Path) -> Iterator[Wiring]:
    """A process whose ERP is set up to tell."""
    yaml = text("facade").replace("https://erp.example.com/infor/api/v1", world.company.infor_url)
    file = tmp_path / "integration.yaml"
    file.write_text(yaml.replace(BASE, f"  push: {{}}\n{BASE}") + AT_FULL_SPEED)
    built = fresh_process(world.clock, STREAK_INFOR_CONFIG=str(file), **credentials(world.company))
    yield built
    built.ports.close()


def swept(definitions: dg.Definitions) -> dg.ExecuteInProcessResult:
    return definitions.resolve_job_def("sweep").execute_in_process()


def works(definitions: dg.Definitions) -> bool:
    (check,) = [c for c in swept(definitions).get_asset_check_evaluations() if c.check_name == "push_works"]
    return check.passed


def lists_of_orders(world: World) -> int:
    return world.company.calls().count("GET /infor/api/v1/salesorders")


def test_a_change_that_was_not_told_fails_a_check_of_the_sweep(
    definitions: dg.Definitions, told: Wiring, world: World
) -> None:
    told.store.links.add(Link("order", "b1", "SO-1"))
    assert works(definitions)
    world.clock.advance(60)
    moment = int(world.clock.now().timestamp() * 1000)
    told.store.inbox.record([Event("erp", "salesorders", "erp_order", "SO-1", min_version=moment)])
    world.clock.advance(301)
    assert not works(definitions)
    assert works(definitions), "of what came since"


def test_where_nothing_is_told_nothing_is_missed(definitions: dg.Definitions, process: Wiring) -> None:
    assert works(definitions)


def test_a_message_that_nobody_understood_has_all_that_is_open_read_again(
    definitions: dg.Definitions, told: Wiring, world: World
) -> None:
    told.store.links.add(Link("order", "b1", "SO-1"))
    told.store.inbox.record([Event("push", "?", "sweep", "infor", lane="bulk")])
    before = lists_of_orders(world)
    swept(definitions)
    assert lists_of_orders(world) == before + 1
    assert not told.store.inbox.due(("sweep",)).count
    swept(definitions)
    assert lists_of_orders(world) == before + 1
