"""The rate budget: never more than so many grants in any second, over threads and processes."""

import json
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.transport.budget import Budget
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint, ok


class Time:
    """Moves only by sleeping, or when told to."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        with self._lock:
            self.now += seconds


def budget(path: Path, per_second: float, clock: Time) -> Budget:
    return Budget(path / "budget.db", per_second, now=clock, sleep=clock.sleep)


def worst(granted: list[float], window: float = 1.0) -> int:
    """The most grants in any half-open window."""
    return max(sum(start <= at < start + window for at in granted) for start in granted)


@settings(max_examples=40, deadline=None)
@given(
    per_second=st.integers(1, 12),
    idle=st.lists(st.floats(0, 1.5), min_size=1, max_size=40),
)
def test_no_second_ever_holds_more_than_the_limit(
    tmp_path_factory: pytest.TempPathFactory, per_second: int, idle: list[float]
) -> None:
    clock = Time()
    shared = budget(tmp_path_factory.mktemp("budget"), per_second, clock)
    granted = []
    for pause in idle:
        clock.now += pause
        assert shared.acquire(60)
        granted.append(clock.now)
    assert worst(granted) <= per_second


def test_a_few_calls_do_not_wait_and_many_leave_evenly(tmp_path: Path) -> None:
    """However the first ones came: what the network delays must not pile up on the next second's."""
    clock = Time()
    shared = budget(tmp_path, 8, clock)
    granted = []
    for _ in range(40):
        assert shared.acquire(60)
        granted.append(clock.now)
    assert granted[:4] == [1000] * 4
    distances = [later - earlier for earlier, later in pairwise(granted[8:])]
    assert distances == pytest.approx([1 / 8] * len(distances), abs=0.002)


def test_the_whole_limit_is_used(tmp_path: Path) -> None:
    clock = Time()
    shared = budget(tmp_path, 8, clock)
    for _ in range(80):
        assert shared.acquire(60)
    assert clock.now - 1000 <= 10.0


def test_a_place_that_comes_too_late_is_refused_at_once_and_not_taken(tmp_path: Path) -> None:
    clock = Time()
    shared = budget(tmp_path, 2, clock)
    assert shared.acquire(0)
    assert not shared.acquire(0.4)
    assert clock.now == 1000
    assert shared.acquire(0.6)
    assert clock.now == pytest.approx(1000.5, abs=0.002)


@pytest.mark.parametrize(("per_second", "seconds"), [(8.9, 1.0), (0.5, 2.0), (0.1, 10.0)])
def test_a_fraction_is_rounded_down_or_makes_a_longer_window(
    tmp_path: Path, per_second: float, seconds: float
) -> None:
    clock = Time()
    shared = budget(tmp_path, per_second, clock)
    places = max(1, int(per_second))
    granted = []
    for _ in range(3 * places):
        assert shared.acquire(60)
        granted.append(clock.now)
    assert worst(granted, seconds) == places


@pytest.mark.parametrize("per_second", [0, -1])
def test_a_budget_of_nothing_is_a_mistake(tmp_path: Path, per_second: float) -> None:
    with pytest.raises(ValueError, match="budget"):
        Budget(tmp_path / "b.db", per_second)


def test_grants_from_before_the_machine_was_started_do_not_count(tmp_path: Path) -> None:
    assert budget(tmp_path, 1, Time(50_000)).acquire(0)
    assert budget(tmp_path, 1, Time(12)).acquire(0)


def test_the_limit_may_be_changed(tmp_path: Path) -> None:
    clock = Time()
    for per_second in (10, 3, 7):
        clock.now += 2
        shared = budget(tmp_path, per_second, clock)
        granted = []
        for _ in range(3 * per_second):
            assert shared.acquire(60)
            granted.append(clock.now)
        assert worst(granted) <= per_second


def test_a_process_killed_in_the_middle_leaves_the_budget_usable(tmp_path: Path) -> None:
    shared = Budget(tmp_path / "budget.db", 5)
    assert shared.acquire(1)
    subprocess.run([sys.executable, "-c", _DIES_HOLDING_THE_LOCK, tmp_path / "budget.db"], check=False)
    assert shared.acquire(1)


_DIES_HOLDING_THE_LOCK = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE cursor SET slot = 3")
os._exit(7)
"""


@pytest.mark.parametrize(("limit", "processes", "threads", "calls"), [(20, 3, 4, 5), (5, 4, 2, 2)])
def test_processes_and_threads_share_one_budget(
    tmp_path: Path, limit: int, processes: int, threads: int, calls: int
) -> None:
    """By the instants of the grants: how late a caller is woken is the machine's affair."""
    program = Path(__file__).with_name("budget_process.py")
    arguments = [tmp_path / "budget.db", limit, threads, calls, time.monotonic() + 1.0]
    command = [sys.executable, str(program), *map(str, arguments)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(processes)]
    outputs = [process.communicate(timeout=60)[0] for process in running]
    granted = [grant for output in outputs for grant in json.loads(output)]
    assert len(granted) == processes * threads * calls
    assert worst(granted) <= limit


def test_it_costs_little_when_there_is_room(tmp_path: Path) -> None:
    """Less than 2 ms of the processor: what the disk and other programs add is theirs."""
    shared = Budget(tmp_path / "budget.db", 100_000)
    shared.acquire(1)
    started = time.process_time()
    for _ in range(200):
        shared.acquire(1)
    assert (time.process_time() - started) / 200 < 0.002


def test_a_file_that_is_no_budget_stops_calls_before_they_leave(tmp_path: Path) -> None:
    (tmp_path / "budget.db").write_bytes(b"something else, and longer than a header" * 100)
    endpoint = Endpoint(ok())
    with endpoint.served() as url:
        shared = Budget(tmp_path / "budget.db", 5)
        http = HttpClient("t", url, budget=shared, clock=ManualClock())
        with pytest.raises(Transient) as caught:
            http.write("POST", "/", decode=lambda answer: answer.body)
    assert caught.value.code == "rate_budget"
    assert endpoint.seen == []


def test_a_call_without_a_place_in_time_is_certainly_not_done(tmp_path: Path) -> None:
    endpoint = Endpoint(ok())
    shared = Budget(tmp_path / "budget.db", 0.01)
    assert shared.acquire(0)
    with endpoint.served() as url:
        http = HttpClient("t", url, budget=shared, clock=ManualClock(), timeout=0.5)
        with pytest.raises(Transient) as caught:
            http.write("POST", "/", decode=lambda answer: answer.body)
    assert caught.value.code == "rate_budget"
    assert caught.value.retry_after, "nobody's fault: it waits, and burns no attempt"
    assert endpoint.seen == []


def test_every_request_takes_a_place_also_the_one_after_a_new_try(tmp_path: Path) -> None:
    clock = Time()
    endpoint = Endpoint(*[ok()] * 4)
    with endpoint.served() as url:
        http = HttpClient("t", url, budget=budget(tmp_path, 1, clock), clock=ManualClock(), timeout=60)
        for _ in range(4):
            http.read("GET", "/", decode=lambda answer: answer.body)
    assert clock.now == pytest.approx(1003, abs=0.01)
