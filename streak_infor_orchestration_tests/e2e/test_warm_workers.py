"""Runs go to warm workers through a folder; what a killed worker held is shown as failed, and work goes on."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

import pytest

from streak_infor_orchestration.proof.killer import children
from streak_infor_orchestration.stack import Stack
from streak_infor_orchestration.stack.dagster_services import HANGS_AFTER
from streak_infor_orchestration.stack.signs import beats
from streak_infor_orchestration_tests.e2e.engine.dagster_api import DagsterApi
from streak_infor_orchestration_tests.e2e.engine.serve import LOCATION

pytestmark = pytest.mark.e2e

FOLLOWING_RUN_BAR = 30.0


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loads") / "processes"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, loads: Path) -> Iterator[Stack]:
    environ = {**os.environ, "STREAK_INFOR_WEBSERVER_PORT": "0", "ENGINE_TEST_LOADS": str(loads)}
    state = tmp_path_factory.mktemp("state")
    with Stack(state, location=LOCATION, environ=environ, start_timeout=30) as running:
        yield running


@pytest.fixture(scope="module")
def dagster(stack: Stack) -> DagsterApi:
    return DagsterApi(stack.webserver_url, LOCATION.name)


@pytest.fixture(scope="module", autouse=True)
def lost(stack: Stack, dagster: DagsterApi, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A run whose message vanished on the way; launched first, because here Dagster gives it 30 s to start."""
    run = dagster.launch("write_file", writing(tmp_path_factory.mktemp("lost") / "out"), queue="nobody")
    (message,) = stack.folders.messages.glob("*.nobody.msg")
    message.unlink()
    return run


def writing(path: Path, seconds: float = 0.0) -> dict[str, object]:
    return {"ops": {"write": {"config": {"path": str(path), "seconds": seconds}}}}


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def begun(path: Path) -> tuple[int, int]:
    """Waits for a job to begin; the process that executes it, and that one's parent."""
    deadline = time.monotonic() + 20
    while not (path.exists() and path.read_text().startswith("began")):
        assert time.monotonic() < deadline, "the run has not begun after 20 s"
        time.sleep(0.05)
    _, process, parent = path.read_text().split()
    return int(process), int(parent)


def test_a_run_is_executed_by_a_warm_child_of_the_live_worker(
    stack: Stack, dagster: DagsterApi, tmp_path: Path
) -> None:
    run = dagster.launch("write_file", writing(tmp_path / "out"))

    assert dagster.finished(run, within=15) == "SUCCESS"
    stage, process, parent = (tmp_path / "out").read_text().split()
    assert (stage, int(parent)) == ("ended", stack.pids["live"])
    assert int(process) not in stack.pids.values()


def test_the_bulk_queue_has_a_worker_of_its_own(stack: Stack, dagster: DagsterApi, tmp_path: Path) -> None:
    run = dagster.launch("write_file", writing(tmp_path / "out"), queue="bulk")

    assert dagster.finished(run, within=15) == "SUCCESS"
    assert int((tmp_path / "out").read_text().split()[2]) == stack.pids["bulk"]


def test_jobs_that_take_turns_do_not_load_the_definitions_again(
    stack: Stack, dagster: DagsterApi, tmp_path: Path, loads: Path
) -> None:
    for turn in range(4):
        job = ("write_file", "write_other")[turn % 2]
        dagster.finished(dagster.launch(job, writing(tmp_path / "out")), within=15)

    loaded_by = [int(pid) for pid in loads.read_text().split()]
    assert loaded_by.count(stack.pids["live"]) == loaded_by.count(stack.pids["bulk"]) == 1
    (warm,) = set(loaded_by) - set(stack.pids.values())
    assert parent(stack.pids["live"]) == warm, "a worker's child loaded them"


def test_warm_launches_are_quick(dagster: DagsterApi, tmp_path: Path) -> None:
    took = []
    for _ in range(5):
        asked = time.monotonic()
        dagster.finished(dagster.launch("write_file", writing(tmp_path / "out")), within=15)
        took.append(time.monotonic() - asked)

    print(f"launch to success: {sorted(took)[2]:.2f} s (median of 5), load {os.getloadavg()[0]:.1f}")
    assert sorted(took)[2] < 4.0  # an interpreter start alone takes 6 to 7 s here


@pytest.mark.parametrize("victim", ["child", "worker"])
def test_a_killed_process_fails_its_run_and_the_next_is_executed_at_once(
    stack: Stack, dagster: DagsterApi, tmp_path: Path, victim: str
) -> None:
    held = dagster.launch("write_file", writing(tmp_path / "held", seconds=60))
    process, worker = begun(tmp_path / "held")
    queued = [dagster.launch("write_file", writing(tmp_path / f"q{n}", seconds=1)) for n in range(3)]
    killed = time.monotonic()
    os.kill(process if victim == "child" else worker, signal.SIGKILL)
    following = dagster.launch("write_file", writing(tmp_path / "following"))

    assert dagster.finished(following, within=FOLLOWING_RUN_BAR) == "SUCCESS"
    executed = time.monotonic() - killed
    assert dagster.finished(held, within=FOLLOWING_RUN_BAR) == "FAILURE"
    failed = time.monotonic() - killed
    assert {dagster.finished(run, within=60) for run in queued} <= {"SUCCESS", "FAILURE"}
    assert (tmp_path / "held").read_text().startswith("began"), "the killed run was executed on"
    print(f"{victim} killed: next run done after {executed:.1f} s, the held one failed after {failed:.1f} s")
    print(f"queued runs: {[dagster.status(run) for run in queued]}, load {os.getloadavg()[0]:.1f}")


def test_children_killed_while_they_wait_do_not_stop_their_worker_for_ever(
    stack: Stack, dagster: DagsterApi, tmp_path: Path
) -> None:
    """One of them holds the lock under which tasks are read, and takes it into its grave."""
    waiting = children(stack.pids["live"])
    assert waiting
    for child in waiting:
        os.kill(child, signal.SIGKILL)
    killed = time.monotonic()
    held = dagster.launch("write_file", writing(tmp_path / "held"))
    assert dagster.finished(held, within=FOLLOWING_RUN_BAR) in {"SUCCESS", "FAILURE"}
    following = dagster.launch("write_file", writing(tmp_path / "following"))
    assert dagster.finished(following, within=FOLLOWING_RUN_BAR) == "SUCCESS"
    print(f"next run done after {time.monotonic() - killed:.1f} s, load {os.getloadavg()[0]:.1f}")


def test_the_daemons_heart_is_heard(stack: Stack) -> None:
    assert "daemon" in stack.pids
    deadline = time.monotonic() + 30
    while not beats(stack.webserver_url, 5):
        assert time.monotonic() < deadline, "it has not told the instance of itself"
    assert not beats(stack.webserver_url, 5, within=0.0)
    assert beats("http://127.0.0.1:9", 1, within=0.0), "nobody is there to be asked"


def test_workers_and_a_code_server_that_hang_are_replaced(
    stack: Stack, dagster: DagsterApi, tmp_path: Path
) -> None:
    hanging = {name: stack.pids[name] for name in ("live", "bulk", "code")}
    for pid in hanging.values():
        os.kill(pid, signal.SIGSTOP)
    stopped = time.monotonic()
    while any(stack.pids.get(name, pid) == pid for name, pid in hanging.items()):
        assert time.monotonic() - stopped < 3 * HANGS_AFTER, "they hang, and nobody does anything about it"
        time.sleep(0.1)
    following = ""
    while not following:
        assert time.monotonic() - stopped < 4 * HANGS_AFTER, "nothing can be launched any more"
        with suppress(HTTPError, AssertionError):  # until the code server is there and the webserver knows
            following = dagster.launch("write_file", writing(tmp_path / "following"))
    assert dagster.finished(following, within=FOLLOWING_RUN_BAR) == "SUCCESS"
    print(f"next run done after {time.monotonic() - stopped:.1f} s, load {os.getloadavg()[0]:.1f}")


def test_a_run_can_be_terminated_from_the_ui(dagster: DagsterApi, tmp_path: Path) -> None:
    run = dagster.launch("write_file", writing(tmp_path / "out", seconds=60))
    begun(tmp_path / "out")
    dagster.terminate(run)

    assert dagster.finished(run, within=45) in {"CANCELED", "FAILURE"}
    following = dagster.launch("write_file", writing(tmp_path / "following"))
    assert dagster.finished(following, within=FOLLOWING_RUN_BAR) == "SUCCESS"


def test_a_launch_that_got_lost_is_shown_as_failed(dagster: DagsterApi, lost: str) -> None:
    assert dagster.finished(lost, within=45) == "FAILURE"
