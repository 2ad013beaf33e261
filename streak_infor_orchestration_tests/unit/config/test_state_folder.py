"""The state folder is one user's alone, whoever makes it first and whatever it was before."""

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.ledger.backup import backup
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.stack import wipe
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.transport.budget import Budget
from streak_infor_orchestration.wiring import Wiring


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """As a shell starts us."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(root: Path) -> dict[str, int]:
    """What others may do to each thing below `root`, and to itself; nothing where they may do nothing."""
    found = {str(path.relative_to(root)): path.lstat().st_mode for path in (root, *root.rglob("*"))}
    return {name: mode & 0o077 for name, mode in found.items() if mode & 0o077 and not stat.S_ISLNK(mode)}


def test_it_and_all_that_will_be_in_it_is_closed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    state = claimed(tmp_path / "var" / "state")
    (state / "file").touch()
    (state / "folder").mkdir()
    assert modes(tmp_path / "var") == {}
    assert caplog.text == "", "nothing was open"


def test_a_link_may_stand_for_one_that_is_still_to_be_made(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "state")
    (claimed(tmp_path / "link") / "file").touch()
    assert (tmp_path / "state" / "file").exists() and modes(tmp_path / "state") == {}


def test_one_that_is_open_is_closed_with_all_in_it_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch()
    state = tmp_path / "state"
    (state / "tables" / "infor").mkdir(parents=True)
    for name in ("ledger.db", "tables/infor/orders.parquet"):
        (state / name).touch()
    (state / "run.sh").touch(0o755)
    (state / "link").symlink_to(elsewhere)
    with caplog.at_level(logging.WARNING):
        claimed(state)
    assert modes(state) == {}
    assert stat.S_IMODE((state / "run.sh").stat().st_mode) == 0o700
    assert elsewhere.stat().st_mode & 0o077, "what a link leads to is not ours"
    assert caplog.messages == [f"{state} is no longer open to other users of this machine"]
    caplog.clear()
    claimed(state)
    assert caplog.messages == []


def test_another_users_open_folder_is_refused_with_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    state.mkdir()

    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", forbidden)  # what the system says to anybody but owner and root
    with pytest.raises(Misconfigured, match="run everything as one user") as caught:
        _ = Wiring({"STREAK_INFOR_STATE_DIR": str(state)}).state_dir
    assert caught.value.field == "STREAK_INFOR_STATE_DIR"


def test_one_that_cannot_be_made_is_told_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match="STREAK_INFOR_STATE_DIR to another folder"):
        _ = Wiring({"STREAK_INFOR_STATE_DIR": str(tmp_path / "file" / "state")}).store


def by_the_ledger(state: Path) -> None:
    store = Store.open(None, state, clock=Clock())
    store.nudges.acquire("x")
    backup(state, state / "backup")
    store.close()


def by_the_stack(state: Path) -> None:
    wipe(state)
    folders = Folders(state)
    folders.make()
    folders.status.write_text("{}")


def by_a_rate_budget(state: Path) -> None:
    assert Budget(claimed(state) / "budget.db", 5.0).acquire(1.0)


@pytest.mark.parametrize("make", [by_the_ledger, by_the_stack, by_a_rate_budget])
def test_whoever_makes_it_makes_it_closed(tmp_path: Path, make: object) -> None:
    state = tmp_path / "state"
    assert callable(make)
    make(state)
    assert any(state.iterdir()) and modes(state) == {}


def test_what_a_command_writes_is_its_users_alone(tmp_path: Path) -> None:
    """`streak-infor` as it is installed, started with a shell's umask."""
    target = tmp_path / "schema.json"
    command = [sys.executable, "-c", "from streak_infor_orchestration.cli import main; main()"]
    subprocess.run([*command, "schema", "-o", str(target)], check=True, timeout=60)
    assert modes(target) == {}


@pytest.mark.parametrize(
    ("name", "why"),
    [("x" * 200 + "/" + "y" * 200, "longer than 400 bytes"), ("caf\udce9", "its path is not UTF-8")],
)
def test_a_path_that_the_database_cannot_open_is_told(name: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=why):
        claimed(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
