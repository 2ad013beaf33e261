"""A process that is configured as an administrator would: by a file and the environment."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from streak_infor_orchestration import wiring as wiring_module
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.definitions import defs
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.company import INTEGRATION_KEY
from streak_infor_orchestration_tests.world.fixtures import acme, make_world, world
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "make_world", "world"]


@pytest.fixture(scope="session")
def definitions() -> dg.Definitions:
    loaded: dg.Definitions = defs()
    return loaded


@pytest.fixture
def fresh_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Wiring]:
    """The wiring of this process, built anew from these variables."""

    def build(clock: Clock | None = None, **environment: str) -> Wiring:
        for name, value in {"STREAK_INFOR_STATE_DIR": str(tmp_path / "process"), **environment}.items():
            monkeypatch.setenv(name, value)
        built = Wiring(os.environ, clock)
        monkeypatch.setattr(wiring_module, "_wirings", {os.getpid(): built})
        return built

    return build


@pytest.fixture
def process(world: World, fresh_process: Callable[..., Wiring], tmp_path: Path) -> Iterator[Wiring]:
    """Configured for the world's company, logging in by OAuth."""
    infor = world.company.infor_url
    yaml = text("facade").replace("https://erp.example.com/infor/api/v1", infor)
    file = tmp_path / "integration.yaml"
    file.write_text(yaml)
    built = fresh_process(
        world.clock,
        STREAK_INFOR_CONFIG=str(file),
        STREAK_API_KEY=INTEGRATION_KEY,
        STREAK_BASE_URL=world.company.streak_url,
        INFOR_CLIENT_ID="twin-client",
        INFOR_CLIENT_SECRET="twin-secret",
        INFOR_TOKEN_URL=infor.replace("/infor/api/v1", "/oauth/token"),
    )
    yield built
    built.ports.close()
