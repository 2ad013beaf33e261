"""A log of what a client did against the contract, so that a test can demand that it stays empty."""

import threading
from collections import deque
from typing import Any

from streak_infor_orchestration.twins.harness.clock import Now, utc_now

CAPACITY = 10_000


class Violations:
    """Bounded log of ``{at, method, path, rule, detail}``; ``at`` is epoch seconds of the twin's clock.

    ``rule`` is a short stable name (``unknown_query_parameter``), ``detail`` says what was seen.
    """

    def __init__(self, now: Now = utc_now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._entries: deque[dict[str, Any]] = deque(maxlen=CAPACITY)

    def add(self, method: str, path: str, rule: str, detail: str) -> None:
        at = self._now().timestamp()
        with self._lock:
            self._entries.append({"at": at, "method": method, "path": path, "rule": rule, "detail": detail})

    def entries(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._entries)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
