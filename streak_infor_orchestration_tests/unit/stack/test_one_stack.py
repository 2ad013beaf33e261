"""A stack from its start to its end, with small programs in place of Dagster's: folder, lock, status, what is said."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from streak_infor_orchestration.stack import Service, Stack, StackError, wipe
from streak_infor_orchestration.stack import stack as module

WITHIN = 10.0


@pytest.fixture(autouse=True)
def nothing_of_dagsters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "workers", lambda folders, location: [])
    monkeypatch.setattr(module, "daemons", lambda folders, location, code, port, hosts: [])


def environ(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAK_")}
    return {**kept, "STREAK_INFOR_WEBSERVER_PORT": "0", **more}


def sleeper(note: Path) -> Service:
    """Writes down its environment, and stays."""
    program = "import json, os, sys, time; open(sys.argv[1], 'w').write(json.dumps(dict(os.environ))); time.sleep(300)"
    return Service(
        "sleeper",
        (sys.executable, "-c", program, str(note)),
        ready=lambda _pid: note.exists() and note.read_text().endswith("}"),
    )


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def stack(tmp_path: Path, said: list[str]) -> Iterator[Stack]:
    services = [sleeper(tmp_path / "note")]
    yield Stack(tmp_path / "state", services=services, environ=environ(CELERY_X="1"), say=said.append)


def test_a_stack_while_it_runs_and_when_it_has_ended(stack: Stack, tmp_path: Path, said: list[str]) -> None:
    with stack:
        url = stack.webserver_url
        assert url == f"http://127.0.0.1:{stack.webserver_port}" and stack.webserver_port > 0
        assert json.loads(stack.folders.status.read_text()) == {
            "process": os.getpid(),
            "webserver": url,
            "profile": "local",
        }
        seen = json.loads((tmp_path / "note").read_text())
        assert seen["STREAK_INFOR_WEBSERVER_PORT"] == str(stack.webserver_port)
        assert seen["DAGSTER_HOME"] == str(tmp_path / "state/dagster") and "CELERY_X" not in seen
        assert set(stack.pids) == {"sleeper"}
        assert (stack.folders.home / "dagster.yaml").exists() and (
            stack.folders.logs / "sleeper.log"
        ).exists()
        with pytest.raises(TimeoutError):
            FileLock(stack.folders.lock).acquire(timeout=0)
        first = stack.kill("sleeper")
        until = time.monotonic() + WITHIN
        while stack.pids.get("sleeper") in (None, first):
            assert time.monotonic() < until
            time.sleep(0.02)
        with pytest.raises(KeyError):
            stack.kill("nobody")
        assert said[0].startswith("sleeper: ready in ") and said[1] == (
            "sleeper: killed by SIGKILL, starting it anew in 0.2 s"
        )
    assert not stack.folders.status.exists()
    FileLock(stack.folders.lock).acquire(timeout=0)
    with pytest.raises(StackError, match="not running"):
        _ = stack.pids


def test_a_code_server_outside_the_folder_leaves_nothing_there(tmp_path: Path) -> None:
    """A path too long for a socket."""
    state = tmp_path / ("x" * 120)
    with Stack(state, environ=environ(), say=lambda line: None) as stack:
        assert isinstance(stack._code, Path)
        place = stack._code.parent
        assert place.is_dir() and not place.is_relative_to(state)
        stack._code.touch()  # the code server listened there
    assert not place.exists() and stack._code is None


@pytest.mark.parametrize("was", [None, 0o755, 0o777])
def test_its_folder_is_its_users_alone(tmp_path: Path, was: int | None) -> None:
    state = tmp_path / "state"
    if was is not None:
        state.mkdir()
        state.chmod(was)
    with Stack(state, environ=environ(), say=lambda line: None):
        assert state.stat().st_mode & 0o777 == 0o700
    wiped = tmp_path / "wiped"
    wipe(wiped)
    assert wiped.stat().st_mode & 0o777 == 0o700


def test_a_further_machine_has_no_webserver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module, "daemons", lambda *_: pytest.fail("a webserver and a daemon are there already")
    )
    taken = environ(STREAK_INFOR_WEBSERVER_PORT="no port at all")
    with Stack(tmp_path, workers_only=True, environ=taken, say=lambda line: None) as stack:
        assert (stack.webserver_port, stack._code) == (0, None)


def test_the_settings_say_how_long_a_run_may_wait(tmp_path: Path) -> None:
    usual = Stack(tmp_path, environ=environ(), say=lambda line: None)
    patient = Stack(tmp_path, environ=environ(), start_timeout=77, say=lambda line: None)
    for stack, seconds in ((usual, 1200), (patient, 77)):
        with stack:
            settings = (stack.folders.home / "dagster.yaml").read_text()
            assert f"start_timeout_seconds: {seconds}\n" in settings


def test_a_start_that_fails_frees_the_folder(tmp_path: Path) -> None:
    broken = Service("broken", (sys.executable, "-c", "raise SystemExit(3)"), ready=lambda _pid: False)
    stack = Stack(tmp_path, services=[broken], environ=environ(), say=lambda line: None)
    with pytest.raises(StackError, match="broken ended with exit code 3"), stack:
        pass
    assert not stack.folders.status.exists()
    FileLock(stack.folders.lock).acquire(timeout=0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_it_is_told_to_stop(stack: Stack, said: list[str], number: signal.Signals) -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    called: list[str] = []

    def then() -> None:
        called.append(stack.webserver_url)
        threading.Timer(0.1, os.kill, (os.getpid(), number)).start()

    stack.run(then)
    assert len(called) == 1 and said[-2:] == [f"{number.name}: stopping", "stopped"]
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before
    assert not stack.folders.status.exists()


def test_one_that_gives_up_later_says_why(tmp_path: Path, said: list[str]) -> None:
    stack = Stack(tmp_path, services=[sleeper(tmp_path / "note")], environ=environ(), say=said.append)

    def then() -> None:
        stack._running.failure = "the supervisor failed"

    with pytest.raises(StackError, match=r"^the supervisor failed$"):
        stack.run(then)
    assert not stack.folders.status.exists()


def test_a_stalled_worker_ends_and_until_then_shows_that_somebody_looks(tmp_path: Path) -> None:
    sign = tmp_path / "live"
    sign.touch()
    os.utime(sign, (0, 0))
    program = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from celery.worker import state
from streak_infor_orchestration.stack import stalled
assert (stalled.PATIENCE, stalled.LOOK_EVERY) == (5.0, 0.5)
stalled.PATIENCE, stalled.LOOK_EVERY = 0.2, 0.02
class Request: pass
busy, waiting = Request(), Request()
state.reserved_requests |= {busy, waiting}
state.active_requests |= {busy}
stalled.Stalled(int(sys.argv[2])).watch(Path(sys.argv[1]))
time.sleep(1.5)
print("still there")
"""
    for children, code, out in ((2, 1, ""), (1, 0, "still there\n")):
        ended = subprocess.run(
            [sys.executable, "-c", program, str(sign), str(children)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (ended.returncode, ended.stdout) == (code, out), ended.stderr
    assert time.time() - sign.stat().st_mtime < 60
