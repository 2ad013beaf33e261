"""What a process opens, from the environment alone: nobody is called."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from streak_infor_orchestration import wiring as module
from streak_infor_orchestration.config.installation import FILE
from streak_infor_orchestration.domain.clock import Clock, ManualClock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.transport.auth import Auth, Basic, Bearer
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration.wiring import Wiring

Build = Callable[..., Wiring]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    opened: list[Wiring] = []
    mask = os.umask(0o022)

    def made(clock: Clock | None = None, **environment: str) -> Wiring:
        state = {"STREAK_INFOR_STATE_DIR": str(tmp_path / "state"), "STREAK_API_KEY": "key"}
        opened.append(Wiring({**state, **environment}, clock))
        return opened[-1]

    yield made
    os.umask(mask)
    for wiring in opened:
        wiring.close_clients()
        if "store" in vars(wiring):
            wiring.store.close()


def test_without_a_configuration_it_says_which_variable_names_one(build: Build, tmp_path: Path) -> None:
    missing = tmp_path / "integration.yaml"
    assert not build().configured
    assert not build(STREAK_INFOR_CONFIG=str(missing)).configured
    with pytest.raises(Misconfigured, match="STREAK_INFOR_CONFIG"):
        _ = build().config
    missing.write_text("")
    assert build(STREAK_INFOR_CONFIG=str(missing)).configured


def test_a_state_folder_that_cannot_be_made_is_told_with_its_cure(build: Build, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match=r"file/state cannot be used: .*; let this user write") as raised:
        _ = build(STREAK_INFOR_STATE_DIR=str(tmp_path / "file/state")).state_dir
    assert raised.value.code == SetupCode.ENVIRONMENT
    assert raised.value.field == "STREAK_INFOR_STATE_DIR"


def test_a_ledger_is_there_once_somebody_opened_it(build: Build) -> None:
    wiring = build()
    assert not wiring.has_state
    assert wiring.store is wiring.store
    assert wiring.has_state and build().has_state


def test_its_time_is_the_worlds_unless_it_is_given_one(build: Build) -> None:
    clock = ManualClock()
    assert build(clock).store.clock is clock
    assert abs(build().clock.now() - Clock().now()) < timedelta(minutes=1)


LOGINS: list[tuple[dict[str, str], type[Auth], str | None]] = [
    ({}, Basic, "Basic a2V5Og=="),
    ({"STREAK_AUTH": "bearer"}, Bearer, "Bearer key"),
    (
        {
            "STREAK_AUTH": "oauth",
            "STREAK_OAUTH_TOKEN_URL": "https://login.example.com/token",
            "STREAK_OAUTH_CLIENT_ID": "client",
            "STREAK_OAUTH_CLIENT_SECRET": "secret",
        },
        OAuth,
        None,
    ),
]


@pytest.mark.parametrize(("environment", "kind", "header"), LOGINS)
def test_streak_is_opened_by_what_the_environment_says(
    environment: dict[str, str], kind: type[Auth], header: str | None, build: Build
) -> None:
    login = module._streak_login(build(**environment).secrets.streak(), Clock())
    assert type(login) is kind
    assert header is None or login.headers() == {"Authorization": header}


def test_the_rate_is_shared_in_the_state_folder_where_there_is_a_limit(build: Build, tmp_path: Path) -> None:
    wiring = build()
    assert wiring._budget("streak", None) is None
    budget = wiring._budget("streak", 7)
    assert budget is not None and budget.acquire(1)
    assert (tmp_path / "state/budget-streak.db").exists()


def test_tables_of_another_machine_are_refused_until_it_is_taken_over(build: Build, tmp_path: Path) -> None:
    here, other = tmp_path / "state", tmp_path / "other"
    wiring = build()
    store = wiring.store
    other.mkdir()
    module._only_here(store, here)
    module._only_here(store, here)
    keeper = (here / FILE).read_text().strip()
    with pytest.raises(Misconfigured) as raised:
        module._only_here(store, other)
    assert keeper in str(raised.value) and str(other / FILE) in str(raised.value)
    assert raised.value.code == SetupCode.TABLES_ELSEWHERE
    assert raised.value.field == "STREAK_INFOR_TABLES_URL"
    (other / FILE).write_text(keeper)
    module._only_here(store, other)


def test_a_process_has_one_wiring_and_its_child_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_wirings", {})
    ours = module.wiring()
    assert module.wiring() is ours
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert module.wiring() is not ours
