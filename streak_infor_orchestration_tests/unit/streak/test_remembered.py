"""What is remembered, for how long, and who asks again."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Misconfigured, Transient
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.streak.remembered import Remembered
from streak_infor_orchestration.transport.deadline import within


class Answer(Model):
    """To the question of this number."""

    number: int


class Source:
    """Answers a new object each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.clock = ManualClock()
        self.remembered = Remembered(self.fetch, self.clock, timedelta(minutes=5), Answer)

    def fetch(self, key: str) -> Answer:
        self.asked += 1
        return Answer(number=self.asked)


def test_who_finds_the_same_value_wanting_shares_one_fresh_look() -> None:
    source = Source()
    wanting = source.remembered.get("k")
    fresh = source.remembered.newer("k", than=wanting)
    assert fresh == Answer(number=2)
    assert source.remembered.newer("k", than=wanting) is fresh
    assert source.remembered.get("k") is fresh
    assert source.asked == 2


def test_what_was_learned_elsewhere_counts() -> None:
    source = Source()
    source.remembered.put("k", Answer(number=99))
    assert source.remembered.get("k") == Answer(number=99)
    assert source.asked == 0


def test_a_failed_look_is_not_remembered() -> None:
    source = Source()

    def fail(key: str) -> Answer:
        raise Transient("down")

    failing = Remembered(fail, source.clock, timedelta(minutes=5), Answer)
    for _ in range(2):
        with pytest.raises(Transient):
            failing.get("k")


def test_a_refusal_counts_only_after_a_fresh_look_and_is_the_last_ones() -> None:
    source = Source()

    def refuse(value: Answer) -> None:
        raise Misconfigured(str(value.number))

    with pytest.raises(Misconfigured, match="2") as caught:
        source.remembered.resolve("k", refuse)
    assert caught.value.__context__ is None
    assert source.remembered.resolve("k", lambda value: value.number) == 2


def test_whoever_waits_for_anothers_look_keeps_its_own_deadline() -> None:
    looking, done = threading.Event(), threading.Event()

    def slow(key: str) -> Answer:
        looking.set()
        done.wait(20)
        return Answer(number=1)

    remembered = Remembered(slow, ManualClock(), timedelta(minutes=5), Answer)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(remembered.get, "k")
        looking.wait(20)
        with within(0.05), pytest.raises(Transient) as caught:
            remembered.get("k")
        assert caught.value.code == "busy"
        done.set()
        assert first.result() == Answer(number=1)
