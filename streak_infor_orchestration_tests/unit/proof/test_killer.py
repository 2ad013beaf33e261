"""Signals reach real processes, and nobody else."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import cast

import pytest

from streak_infor_orchestration.proof.killer import Killer, children
from streak_infor_orchestration.stack import Stack

PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


@dataclass
class Running:
    """What a killer needs of a stack."""

    pids: dict[str, int]


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", PARENT], start_new_session=True) as started:
        deadline = time.monotonic() + 20
        while not children(started.pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        yield started
        for pid in children(started.pid):
            subprocess.run(["kill", "-9", str(pid)], check=False)
        started.kill()


def killer(process: subprocess.Popen[bytes]) -> Killer:
    return Killer(cast(Stack, Running({"live": process.pid})), Random(1), None)


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_child_is_killed_and_its_parent_is_not(parent: subprocess.Popen[bytes]) -> None:
    at_work = killer(parent)
    assert at_work.kill("live worker's child")
    assert parent.wait(20) == 0, "it ended by itself, since its child had"
    assert at_work.kills == {"live worker's child": 1}


def test_a_worker_is_killed(parent: subprocess.Popen[bytes]) -> None:
    (child,) = children(parent.pid)
    at_work = killer(parent)
    assert at_work.kill("live worker")
    assert parent.wait(20) == -SIGKILL
    subprocess.run(["kill", "-9", str(child)], check=True)


def test_who_is_stopped_is_woken_when_it_is_time(parent: subprocess.Popen[bytes]) -> None:
    at_work = killer(parent)
    assert at_work.stop("live worker", 60)
    while state(parent.pid) != "T":
        time.sleep(0.005)
    at_work.wake()
    assert state(parent.pid) == "T"
    at_work.wake(everybody=True)
    while state(parent.pid) == "T":
        time.sleep(0.005)


def test_who_does_not_run_is_not_counted(parent: subprocess.Popen[bytes]) -> None:
    at_work = killer(parent)
    assert not at_work.kill("gateway")
    assert not at_work.stop("gateway", 1)
    assert not at_work.kills and not at_work.stops


def test_children_of_any_thread_are_found() -> None:
    """Celery starts a child anew from a thread of its own."""
    started: list[subprocess.Popen[bytes]] = []
    stay = threading.Event()

    def start() -> None:
        started.append(subprocess.Popen(["sleep", "60"]))
        stay.wait(30)

    thread = threading.Thread(target=start)
    thread.start()
    while not started:
        time.sleep(0.01)
    try:
        assert started[0].pid in children(os.getpid())
    finally:
        stay.set()
        started[0].kill()
        started[0].wait()
        thread.join()
