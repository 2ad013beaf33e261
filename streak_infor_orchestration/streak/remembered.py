"""What changes rarely, remembered per process for a few minutes."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from streak_infor_orchestration.domain.clock import Clock

T = TypeVar("T")


class Remembered(Generic[T]):
    """Values by key, from `fetch`; one fetch at a time. Thread-safe."""

    def __init__(self, fetch: Callable[[str], T], clock: Clock, life: timedelta) -> None:
        self._fetch = fetch
        self._clock = clock
        self._life = life
        self._known: dict[str, tuple[datetime, T]] = {}
        self._lock = threading.Lock()

    def get(self, key: str, *, max_age: timedelta | None = None) -> T:
        """The value, not older than `max_age` (the usual life where that is None). Raises what `fetch` raises."""
        with self._lock:
            known = self._known.get(key)
            if known is not None and self._clock.now() - known[0] < (max_age or self._life):
                return known[1]
            asked = self._clock.now()
            value = self._fetch(key)
            self._known[key] = (asked, value)
            return value

    def put(self, key: str, value: T) -> None:
        """Remember what was learned on another way."""
        with self._lock:
            self._known[key] = (self._clock.now(), value)
