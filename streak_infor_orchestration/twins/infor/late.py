"""Creates that are answered 504 and commit only later: what the contract does not promise, made to happen."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.problems import Problem


@dataclass
class _Armed:
    seconds: float
    times: int
    collection: str | None


class LateCommits:
    """Commits fall due by the company's clock and are made before anybody can look, as if they came on time."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self.clear()

    def clear(self) -> None:
        self._armed: list[_Armed] = []
        self._pending: list[tuple[datetime, Callable[[], object]]] = []

    def arm(self, seconds: float, times: int, collection: str | None) -> None:
        """The next ``times`` creates (in ``collection``, or anywhere) commit ``seconds`` late."""
        self._armed.append(_Armed(seconds, times, collection))

    def postpones(self, collection: str, commit: Callable[[], object]) -> bool:
        """Whether this create is one of those; then ``commit`` is kept until it falls due."""
        for armed in self._armed:
            if armed.times > 0 and armed.collection in (None, collection):
                armed.times -= 1
                due = self._company.now() + timedelta(seconds=armed.seconds)
                self._pending.append((due, commit))
                return True
        return False

    def settle(self) -> None:
        """Makes the commits that have fallen due, in order, dated then; one the ERP refuses by now is lost."""
        now = self._company.now()
        due = sorted((entry for entry in self._pending if entry[0] <= now), key=lambda entry: entry[0])
        self._pending = [entry for entry in self._pending if entry[0] > now]
        for moment, commit in due:
            with self._company.at(moment), suppress(Problem):
                commit()
