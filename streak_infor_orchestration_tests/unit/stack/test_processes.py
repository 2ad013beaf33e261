"""Processes that are ended together with what they started, and what a start gives them."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from streak_infor_orchestration.stack.processes import KILLED_WITHIN, Process, ended_within, spawn


def gone(process: Process) -> bool:
    ended_within(KILLED_WITHIN, [process])
    return process.poll() is not None


def test_what_a_program_is_given(tmp_path: Path) -> None:
    """Its environment alone, no input, its log, a session of its own, and signals that do what they usually do."""
    log = tmp_path / "x.log"
    log.write_text("before\n")
    program = (
        "import os, signal, sys; print(os.environ.get('A'), os.environ.get('HOME'), sys.stdin.read() == '');"
        "print(os.getsid(0) == os.getpid(), signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,"
        " signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()); print('told', file=sys.stderr)"
    )
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    try:
        process = spawn([sys.executable, "-u", "-c", program], {"A": "1"}, log)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
    assert gone(process) and process.poll() == 0
    assert log.read_text().splitlines() == ["before", "1 None True", "True True True", "told"]


def test_no_such_program(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        spawn(["/no/such/program"], {}, tmp_path / "x.log")


def test_it_ends_with_what_it_started_and_twice_is_harmless(tmp_path: Path) -> None:
    child = tmp_path / "child"
    process = spawn(
        ["sh", "-c", f"sleep 300 & echo $! > {child}; wait"], dict(os.environ), tmp_path / "x.log"
    )
    until = time.monotonic() + 10
    while not (child.exists() and child.read_text().strip()):
        assert time.monotonic() < until
        time.sleep(0.01)
    process.end()
    assert gone(process) and process.poll() == -signal.SIGKILL
    stat = Path(f"/proc/{child.read_text().strip()}/stat")
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until
        time.sleep(0.01)
    process.end()
    process.signal(signal.SIGTERM)


def test_one_that_is_not_there_yet_is_not_waited_for_and_gets_no_signal() -> None:
    coming = Process(None, lambda: None)
    coming.signal(signal.SIGKILL)
    coming.end()
    began = time.monotonic()
    ended_within(5.0, [coming])
    assert time.monotonic() - began < 1


def test_what_does_not_end_is_waited_for_so_long_and_others_are_heard_of(tmp_path: Path) -> None:
    heard: list[float] = []
    process = spawn(["sleep", "300"], dict(os.environ), tmp_path / "x.log")
    began = time.monotonic()
    ended_within(0.3, [process], lambda: heard.append(time.monotonic()))
    assert 0.3 <= time.monotonic() - began < 3 and len(heard) > 2
    assert process.poll() is None
    process.signal(signal.SIGTERM)
    assert gone(process) and process.poll() == -signal.SIGTERM
