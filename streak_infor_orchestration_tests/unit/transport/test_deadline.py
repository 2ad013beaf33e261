"""The time a call may take: nested, begun anew, and while another thread is at it."""

import math
import threading

import pytest

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.transport.deadline import anew, holding, remaining, within

NEARLY = 5.0  # seconds that a busy machine may need for a test's few lines


def left(seconds: float) -> bool:
    return seconds - NEARLY < remaining() <= seconds


def test_without_one_there_is_all_the_time() -> None:
    assert remaining() == math.inf


def test_an_inner_one_only_shortens() -> None:
    with within(100):
        assert left(100)
        with within(50):
            assert left(50)
        with within(500):
            assert left(100)
        assert left(100)
    assert remaining() == math.inf


def test_one_that_is_begun_anew_ends_with_the_one_around_it() -> None:
    with within(100):
        with within(20):
            anew(60)
            assert left(60)
            anew(500)
            assert left(100)
        assert left(100), "the one around it is as it was"
        anew(500)
        assert left(500)
    with within(-1):
        assert remaining() < 0


def test_it_does_not_cross_into_another_thread() -> None:
    seen: list[float] = []
    with within(100):
        thread = threading.Thread(target=lambda: seen.append(remaining()))
        thread.start()
        thread.join()
    assert seen == [math.inf]


def test_a_lock_is_waited_for_until_the_deadline_and_given_back() -> None:
    lock = threading.Lock()
    with pytest.raises(ZeroDivisionError), holding(lock, "login"):
        assert lock.locked()
        1 / 0  # noqa: B018
    assert not lock.locked()
    lock.acquire()
    for late in (0.01, -5):
        with (
            pytest.raises(Transient, match="login: another thread") as caught,
            within(late),
            holding(lock, "login"),
        ):
            pass
        assert (caught.value.code, caught.value.retry_after) == ("busy", 1.0)
    assert lock.locked()
