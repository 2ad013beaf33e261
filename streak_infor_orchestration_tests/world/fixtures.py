"""Worlds as fixtures. The twins are served once per session and emptied for every world."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from streak_infor_orchestration import wiring as wiring_module
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.clock import Clock, ManualClock
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.company import INTEGRATION_KEY, Company, company
from streak_infor_orchestration_tests.world.world import Connections, World, connections

Acme = tuple[Company, Connections]
AT_FULL_SPEED = "limits: {streak: {per_second: null}, erp: {per_second: null}}\n"
"""For a configuration: a test waits for no rate budget."""


@pytest.fixture(scope="session")
def acme() -> Iterator[Acme]:
    """The one company of the session. Its clock goes on from test to test."""
    with company(ManualClock()) as opened, connections(opened) as ours:
        yield opened, ours


@pytest.fixture
def make_world(acme: Acme, tmp_path: Path) -> Iterator[Callable[..., World]]:
    """`make_world(settings={…}, database_url=…)`; one world per test, as there is one company.

    Ends with the demand that nothing was sent against either contract.
    """
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(closing(World(*acme, tmp_path, **options)))
    assert acme[0].violations() == []


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """With the packaged template's configuration, on SQLite."""
    return make_world()


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
    """Configured for the world's company as an administrator would: by a file and the environment."""
    yaml = text("facade").replace("https://erp.example.com/infor/api/v1", world.company.infor_url)
    file = tmp_path / "integration.yaml"
    file.write_text(yaml + AT_FULL_SPEED)
    built = fresh_process(world.clock, STREAK_INFOR_CONFIG=str(file), **credentials(world.company))
    yield built
    built.ports.close()


def credentials(company: Company) -> dict[str, str]:
    """What opens both of the company's systems, by OAuth at the ERP."""
    return {
        "STREAK_API_KEY": INTEGRATION_KEY,
        "STREAK_BASE_URL": company.streak_url,
        "INFOR_CLIENT_ID": "twin-client",
        "INFOR_CLIENT_SECRET": "twin-secret",
        "INFOR_TOKEN_URL": company.infor_url.replace("/infor/api/v1", "/oauth/token"),
    }
