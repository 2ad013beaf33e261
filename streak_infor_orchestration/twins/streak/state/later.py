"""Work that the twin does after its answer, on the twin's clock: index lag, clean-up of links (§7)."""

import heapq
from collections.abc import Callable
from itertools import count

from streak_infor_orchestration.twins.harness import Now


class Later:
    """Actions waiting for their time; whoever serves a request runs those that are due first."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._order = count()
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Runs ``action`` at once when ``seconds`` is 0."""
        if seconds <= 0:
            action()
        else:
            due = self._now().timestamp() + seconds
            heapq.heappush(self._waiting, (due, next(self._order), action))

    def run_due(self) -> None:
        if not self._waiting:
            return
        instant = self._now().timestamp()
        while self._waiting and self._waiting[0][0] <= instant:
            heapq.heappop(self._waiting)[2]()

    def run_all(self) -> None:
        while self._waiting:
            heapq.heappop(self._waiting)[2]()

    def clear(self) -> None:
        self._waiting.clear()
