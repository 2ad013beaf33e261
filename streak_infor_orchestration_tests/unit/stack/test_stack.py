"""What stops a stack before it starts anything."""

import json
import socket
from pathlib import Path

import pytest
from filelock import FileLock

from streak_infor_orchestration.stack import PortTaken, Stack, StackError, wipe


def test_a_second_stack_on_the_same_folder_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    """Dagster does not prevent two daemons on one instance."""
    with FileLock(tmp_path / "stack.lock"):
        (tmp_path / "stack.json").write_text(json.dumps({"process": 4711}))

        with pytest.raises(StackError, match=r"another stack uses .*4711"):
            Stack(tmp_path, environ={"STREAK_INFOR_WEBSERVER_PORT": "0"}).__enter__()

    assert (tmp_path / "stack.json").exists()


def test_a_taken_port_names_the_webserver_s_variable_and_frees_the_folder(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = str(holder.getsockname()[1])

        with pytest.raises(PortTaken, match="STREAK_INFOR_WEBSERVER_PORT"):
            Stack(tmp_path, environ={"STREAK_INFOR_WEBSERVER_PORT": taken}).__enter__()

    FileLock(tmp_path / "stack.lock").acquire(timeout=0)


def test_a_wrong_setting_is_told_before_anything_starts(tmp_path: Path) -> None:
    environ = {"STREAK_INFOR_WEBSERVER_PORT": "0"}

    with pytest.raises(ValueError, match="STREAK_INFOR_DATABASE_URL"):
        Stack(tmp_path, profile="postgres", environ=environ).__enter__()

    assert not (tmp_path / "logs").exists()


def test_a_stack_that_does_not_run_has_no_processes(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="not running"):
        _ = Stack(tmp_path).pids


def test_a_folder_is_wiped_for_a_new_start(tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "message").touch()
    (tmp_path / "ledger.db").touch()
    wipe(tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == ["stack.lock"]


def test_a_folder_in_use_is_not_wiped(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    with FileLock(tmp_path / "stack.lock"), pytest.raises(StackError, match="another stack uses"):
        wipe(tmp_path)
    assert (tmp_path / "ledger.db").exists()
