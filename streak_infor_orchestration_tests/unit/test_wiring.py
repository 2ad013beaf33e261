"""What a process opens, from the environment alone: nobody is called."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from streak_infor_orchestration import wiring as module
from streak_infor_orchestration.config.installation import FILE
from streak_infor_orchestration.config.sections import StreakLimits
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.clock import Clock, ManualClock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.mapping.names import pipeline_id, team_id
from streak_infor_orchestration.streak.vocabulary import Team
from streak_infor_orchestration.transport.auth import Auth, Basic, Bearer
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration.wiring import Wiring

Build = Callable[..., Wiring]
NOBODY = "http://127.0.0.1:9"


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


@pytest.fixture
def configured(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "integration.yaml"
    file.write_text(text("facade"))
    return {
        "STREAK_INFOR_CONFIG": str(file),
        "STREAK_BASE_URL": NOBODY,
        "INFOR_API_KEY": "infor-key",
        "INFOR_CLIENT_ID": "",
    }


def test_tables_stand_in_the_state_folder_unless_they_have_a_place_of_their_own(
    build: Build, tmp_path: Path
) -> None:
    state, tables = tmp_path / "state", tmp_path / "tables"
    assert str(build().warehouse.root) == str(state / "tables")
    elsewhere = build(STREAK_INFOR_TABLES_URL=str(tables), STREAK_INFOR_TABLES_GROUP="root").warehouse
    assert (str(elsewhere.root), elsewhere._group) == (str(tables), "root")
    assert elsewhere.work == state / "tables.work" == build().warehouse.work


def test_on_a_shared_database_tables_of_one_machine_are_refused_to_another(
    build: Build, tmp_path: Path
) -> None:
    shared = build().store
    database = {"STREAK_INFOR_DATABASE_URL": "postgresql://u:p@db/ledger"}
    first = build(**database)
    second = build(STREAK_INFOR_STATE_DIR=str(tmp_path / "second"), **database)
    third = build(
        STREAK_INFOR_STATE_DIR=str(tmp_path / "third"),
        STREAK_INFOR_TABLES_URL=str(tmp_path / "t"),
        **database,
    )
    for wiring in (first, second, third):
        vars(wiring)["store"] = shared
    assert first.warehouse and third.warehouse
    with pytest.raises(Misconfigured, match="files of another machine"):
        _ = second.warehouse


def test_both_systems_are_opened_once_and_what_they_leave_out_is_told_and_kept(
    build: Build, configured: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    wiring = build(**configured)
    assert wiring.streak is wiring.streak and wiring.erp is wiring.erp
    assert [http.system for http in wiring._open] == ["streak", "infor"]
    odd = LeftOut(system="infor", entity="orders", key="SO-1", why="its total is missing")
    for http in wiring._open:
        http.records._tell(odd)
    assert [kept.key for kept in wiring.store.left_out.open()] == ["SO-1"]
    assert caplog.text.count("SO-1") == 2
    assert wiring.hints() is None
    wiring.close_clients()
    assert wiring._open == []


def test_ports_are_opened_once_for_the_same_three(build: Build, configured: dict[str, str]) -> None:
    wiring = build(**configured)
    names = [team_id("Acme"), pipeline_id("Sales")]
    wiring.store.pins.add(dict(zip(names, ("team-key", "pipeline-key"), strict=True)))
    ports = wiring.ports
    assert wiring.ports is ports and wiring.ports_of(wiring.streak, wiring.erp, wiring.store) is ports
    assert (ports.team_key, ports.pipeline_key, ports.linked_pipeline_key) == ("team-key", "pipeline-key", "")
    assert ports.owner.endswith(f"/{os.getpid()}") and ports.clock is wiring.clock
    another = wiring.open_streak(StreakLimits())
    assert wiring.ports_of(another, wiring.erp, wiring.store) is not ports
    ports.close()


def test_a_name_is_asked_for_once_and_its_key_kept(build: Build) -> None:
    store = build().store
    asked: list[Team] = []

    def find() -> Team:
        asked.append(Team(key="team-key", name="Acme"))
        return asked[-1]

    assert [module._pinned(store, "team:Acme", find) for _ in range(2)] == ["team-key", "team-key"]
    assert len(asked) == 1 and store.pins.all() == {"team:Acme": "team-key"}
