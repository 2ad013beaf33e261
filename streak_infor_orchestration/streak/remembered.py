"""What changes rarely, remembered per process for a few minutes."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration.transport.deadline import holding

T = TypeVar("T")
R = TypeVar("R")


class Remembered(Generic[T]):
    """Values by key, from `fetch`; one fetch at a time. Thread-safe. Each method raises what `fetch` raises."""

    def __init__(self, fetch: Callable[[str], T], clock: Clock, life: timedelta) -> None:
        self._fetch = fetch
        self._clock = clock
        self._life = life
        self._known: dict[str, tuple[datetime, T]] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> T:
        with holding(self._lock, "streak"):
            known = self._known.get(key)
            if known is not None and self._clock.now() - known[0] < self._life:
                return known[1]
            return self._fetched(key)

    def resolve(self, key: str, resolve: Callable[[T], R]) -> R:
        """`resolve` with what is known, and once more after a fresh look before its refusal counts."""
        value = self.get(key)
        with suppress(Misconfigured, Rejected):
            return resolve(value)
        return resolve(self.newer(key, than=value))

    def newer(self, key: str, than: T) -> T:
        """Fetched again, unless another thread has just done so: for whoever found `than` wanting."""
        with holding(self._lock, "streak"):
            known = self._known.get(key)
            if known is not None and known[1] is not than:
                return known[1]
            return self._fetched(key)

    def fresh(self, key: str) -> T:
        """Fetched again, whatever is known."""
        with holding(self._lock, "streak"):
            return self._fetched(key)

    def forget(self, key: str) -> None:
        """It was changed: the next to ask fetches it. Waits for nobody, for the change was made and must not seem
        to have failed."""
        self._known.pop(key, None)

    def put(self, key: str, value: T) -> None:
        """Remember what was learned on another way."""
        with holding(self._lock, "streak"):
            self._known[key] = (self._clock.now(), value)

    def _fetched(self, key: str) -> T:
        asked = self._clock.now()
        value = self._fetch(key)
        self._known[key] = (asked, value)
        return value
