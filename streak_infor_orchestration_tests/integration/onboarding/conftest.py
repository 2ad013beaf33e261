"""The commands as an administrator gives them, against both twins."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner, Result

from streak_infor_orchestration.cli import _group
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.world.company import Company
from streak_infor_orchestration_tests.world.fixtures import acme, fresh_process, make_world, process, world

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
