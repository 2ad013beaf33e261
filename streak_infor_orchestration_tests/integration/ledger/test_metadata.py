"""What Streak calls things is fetched once for all processes and threads, and no older than half a minute."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import Clock, ManualClock
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.streak.remembered import Remembered
from streak_infor_orchestration_tests.integration.ledger.support import in_processes, open_store

LIFE = timedelta(seconds=30)


class Answer(Model):
    """To the question of this number."""

    number: int


def remembered(store: Store, clock: Clock, log: Path) -> Remembered[Answer]:
    """As one process has it; each fetch takes a moment and leaves a line."""

    def fetch(key: str) -> Answer:
        with log.open("a") as lines:
            lines.write(f"{key}\n")
        time.sleep(0.3)
        return Answer(number=len(log.read_text().splitlines()))

    made = Remembered(fetch, clock, LIFE, Answer)
    made.memory = store.metadata
    return made


def ask(url: str | None, folder: Path) -> list[int]:
    """What eight threads of one process are told."""
    store = open_store(url, folder)
    known = remembered(store, Clock(), folder / "fetched")
    with ThreadPoolExecutor(8) as pool:
        told = [answer.number for answer in pool.map(known.get, ["pipeline"] * 8)]
    store.close()
    return told


def test_processes_and_threads_that_start_together_fetch_once(
    database_url: str | None, tmp_path: Path
) -> None:
    told = in_processes(4, ask, database_url, tmp_path)
    assert {number for numbers in told for number in numbers} == {1}
    assert (tmp_path / "fetched").read_text().splitlines() == ["pipeline"]


def test_it_is_fetched_again_when_its_half_minute_is_over_and_never_before(
    database_url: str | None, tmp_path: Path
) -> None:
    clock = ManualClock()
    store = open_store(database_url, tmp_path)
    processes = [remembered(store, clock, tmp_path / "fetched") for _ in range(3)]
    told: list[tuple[datetime, int]] = []
    for _ in range(5):
        told += [(clock.now(), known.get("pipeline").number) for known in processes]
        assert processes[0].newer("pipeline", than=processes[0].get("pipeline")).number == told[-1][1]
        clock.advance(15)
    store.close()
    assert [number for _, number in told[::3]] == [1, 1, 2, 2, 3]
    assert len(set(told)) == 5, "all were told the same at each moment"


def test_a_failed_fetch_lets_the_next_one_try(database_url: str | None, tmp_path: Path) -> None:
    store = open_store(database_url, tmp_path)

    def fail(_: str) -> Answer:
        raise ZeroDivisionError

    failing = Remembered(fail, Clock(), LIFE, Answer)
    failing.memory = store.metadata
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            failing.get("pipeline")
    assert remembered(store, Clock(), tmp_path / "fetched").get("pipeline").number == 1
    store.close()
