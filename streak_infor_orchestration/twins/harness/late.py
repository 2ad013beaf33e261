"""Writes that are answered 504 and commit only later: what no contract promises, made to happen."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from streak_infor_orchestration.twins.harness.clock import Now


@dataclass
class _Armed:
    seconds: float
    times: int
    what: str | None


class LateCommits:
    """Commits fall due by the twin's clock and are made before anybody can look, as if they came on time.

    ``at`` sets the time that a commit is dated by; ``refusal`` is what the twin raises for what it refuses.
    """

    def __init__(
        self,
        now: Now,
        at: Callable[[datetime], AbstractContextManager[None]],
        refusal: type[Exception],
    ) -> None:
        self._now = now
        self._at = at
        self._refusal = refusal
        self.clear()

    def clear(self) -> None:
        self._armed: list[_Armed] = []
        self._pending: list[tuple[datetime, Callable[[], object]]] = []

    def arm(self, seconds: float, times: int, what: str | None) -> None:
        """The next ``times`` writes (of what is named so, or any) commit ``seconds`` late."""
        self._armed.append(_Armed(seconds, times, what))

    def postpones(self, commit: Callable[[], object], *names: str) -> bool:
        """Whether this write, known by any of ``names``, is one of those; then ``commit`` is kept until it is due."""
        for armed in self._armed:
            if armed.times > 0 and armed.what in (None, *names):
                armed.times -= 1
                self._pending.append((self._now() + timedelta(seconds=armed.seconds), commit))
                return True
        return False

    def settle(self) -> None:
        """Makes the commits that have fallen due, in order, dated then; one the twin refuses by now is lost."""
        now = self._now()
        due = sorted((entry for entry in self._pending if entry[0] <= now), key=lambda entry: entry[0])
        self._pending = [entry for entry in self._pending if entry[0] > now]
        for moment, commit in due:
            with self._at(moment), suppress(self._refusal):
                commit()
