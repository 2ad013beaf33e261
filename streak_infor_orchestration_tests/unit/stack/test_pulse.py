"""When a service that lives is taken for one that hangs."""

import threading
from collections.abc import Iterable

import pytest

from streak_infor_orchestration.stack.pulse import TIMES, Pulse

WITHIN = 20.0


class Patient:
    """Answers each question as `script` says, and notes whether it was taken to hang by then."""

    def __init__(self, script: Iterable[bool]) -> None:
        self._script = list(script)
        self.pulse = Pulse(self, hangs_after=0.12)
        self.patience: set[float] = set()
        self.hung: list[bool] = []
        self.through = threading.Event()

    def __call__(self, seconds: float) -> bool:
        self.patience.add(seconds)
        self.hung.append(self.pulse.hangs)
        if not self._script:
            self.pulse.pause()
            self.through.set()
            return True
        return self._script.pop(0)

    def watched(self) -> list[bool]:
        self.pulse.begin()
        assert self.through.wait(WITHIN)
        self.pulse.stop()
        return self.hung


def test_six_questions_in_a_row_without_an_answer() -> None:
    assert TIMES == 6
    missed = [False] * (TIMES - 1)
    assert not any(Patient([True, *missed, True, *missed, True]).watched())
    assert Patient([True, *missed, False]).watched() == [False] * 7 + [True]


def test_half_of_the_time_is_waited_for_answers() -> None:
    patient = Patient([True])
    patient.watched()
    (asked,) = patient.patience
    assert asked == pytest.approx(0.12 / 6 / 2)


def test_its_successor_has_missed_nothing_and_nobody_asks_in_between() -> None:
    patient = Patient([False] * TIMES)
    patient.watched()
    patient.pulse = pulse = Pulse(lambda _seconds: False, hangs_after=0.12)
    pulse.pause()
    assert not pulse.hangs
    pulse._missed = TIMES
    assert pulse.hangs
    pulse.begin()
    pulse.pause()
    assert pulse._missed < TIMES
    pulse.stop()
    pulse._thread.join(WITHIN)
    assert not pulse._thread.is_alive()
