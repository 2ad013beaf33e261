"""Each product behind Infor's gateway, and a process configured for it as an administrator would: by its packaged
template, the file from Infor OS and the environment."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.ledger.inbox import LANES
from streak_infor_orchestration.sync.desk.asked import ask
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.integration.defs.conftest import (
    acme,
    definitions,
    fresh_process,
    make_world,
    world,
)
from streak_infor_orchestration_tests.world.company import INTEGRATION_KEY
from streak_infor_orchestration_tests.world.fixtures import AT_FULL_SPEED
from streak_infor_orchestration_tests.world.products import erp, product
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "definitions", "erp", "fresh_process", "make_world", "product", "world"]

Typed = Callable[..., str]
RunDue = Callable[..., None]


@pytest.fixture
def process(
    world: World, product: DemoErp, erp: Control, fresh_process: Callable[..., Wiring], tmp_path: Path
) -> Iterator[Wiring]:
    """Ends with the demand that nothing was sent against the product's contract."""
    erp.reset()
    product.leave_credentials(erp.base_url, tmp_path)
    file = tmp_path / "integration.yaml"
    file.write_text(text(product.name).replace("ACME_PRD", "TWIN_TST_MAIN") + AT_FULL_SPEED)
    built = fresh_process(
        world.clock,
        STREAK_INFOR_CONFIG=str(file),
        STREAK_API_KEY=INTEGRATION_KEY,
        STREAK_BASE_URL=world.company.streak_url,
        **product.environment(erp.base_url, tmp_path),
    )
    yield built
    built.ports.close()
    assert erp.violations() == []


@pytest.fixture
def typed(process: Wiring, fresh_process: Callable[..., Wiring]) -> Typed:
    """What a command says. Each runs in a process of its own, on the same ledger."""
    assert process.store, "`check` has begun it"

    def type_(*words: str, code: int = 0) -> str:
        fresh_process(process.clock)
        result = CliRunner().invoke(_group, words)
        assert result.exit_code == code, f"{result.output}{result.exception!r}"
        return result.output

    return type_


@pytest.fixture
def run_due(process: Wiring, fresh_process: Callable[..., Wiring]) -> RunDue:
    """`run_due(deal)`: a run of everything that is due, and of these deals, in a process of its own."""

    def run(*deals: str) -> None:
        ports = fresh_process(process.clock).ports
        ask(ORDER_TO_CASH, deals, actor="test", ports=ports)
        ORDER_TO_CASH.run(Batch(run_id="run", lanes=LANES), ports)
        ports.close()

    return run
