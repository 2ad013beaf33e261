"""The commands as an administrator gives them, against both twins."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.world.company import INTEGRATION_KEY, Company
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world
from streak_infor_orchestration_tests.world.world import World

__all__ = ["acme", "fresh_process", "make_world", "process", "world"]

Command = Callable[..., Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """`command("webhooks", "list", code=1)`; fails when the exit code is another one."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(_group, words)
        assert result.exit_code == code, f"{result.exit_code}: {result.output}{result.exception!r}"
        return result

    return run


@pytest.fixture
def empty_folder(
    world: World, behind_gateway: Control, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """An administrator's first minute: the API key, and the file from Infor OS. `behind_gateway` is the product that
    the module of the test has running."""
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "app.ionapi").write_text(json.dumps(behind_gateway.get("/ionapi")))
    for name, value in {
        "STREAK_API_KEY": INTEGRATION_KEY,
        "STREAK_BASE_URL": world.company.streak_url,
        "STREAK_INFOR_STATE_DIR": str(folder / "state"),
        "INFOR_IONAPI_FILE": str(folder / "app.ionapi"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("STREAK_INFOR_CONFIG", raising=False)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def hooked(process: Wiring, monkeypatch: pytest.MonkeyPatch) -> Wiring:
    """The configured process, with an address for its webhooks."""
    monkeypatch.setenv("STREAK_INFOR_PUBLIC_URL", "https://hooks.acme.example")
    monkeypatch.setenv("STREAK_WEBHOOK_SECRET", "long-random-word")
    return process


@contextmanager
def writes_nothing(company: Company) -> Iterator[None]:
    """To log in at the ERP is no write."""
    before = Counter(company.calls())
    yield
    told = Counter(company.calls()) - before
    assert {call for call in told if not call.startswith("GET")} <= {"POST /oauth/token"}
