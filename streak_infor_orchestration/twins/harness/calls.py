"""Every request the twin saw, numbered, with what it answered and which fault was played on it."""

import threading
import time
from collections import deque
from itertools import count
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streak_infor_orchestration.twins.harness.faults import FAULT_KEY
from streak_infor_orchestration.twins.harness.paths import is_control

CAPACITY = 100_000


class CallLog:
    """Bounded log of ``{n, at, method, path, query, status, seconds, fault}`` in order of completion.

    ``n`` rises for the whole life of the twin, also across :meth:`clear`; ``at`` is the machine's epoch
    seconds at arrival (not the twin's clock: it serves measurement); ``status`` is null where the
    connection was cut.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._entries: deque[dict[str, Any]] = deque(maxlen=CAPACITY)

    def add(
        self,
        *,
        at: float,
        method: str,
        path: str,
        query: str,
        status: int | None,
        seconds: float,
        fault: str | None,
    ) -> None:
        with self._lock:
            self._entries.append(
                {
                    "n": next(self._numbers),
                    "at": at,
                    "method": method,
                    "path": path,
                    "query": query,
                    "status": status,
                    "seconds": seconds,
                    "fault": fault,
                }
            )

    def since(self, n: int = 0) -> list[dict[str, Any]]:
        """The calls numbered above ``n``, oldest first."""
        with self._lock:
            newest_first = []
            for entry in reversed(self._entries):
                if entry["n"] <= n:
                    break
                newest_first.append(entry)
        return newest_first[::-1]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()


class CallLogMiddleware:
    """Times every request except the control API's; outermost, so that it sees what the faults did."""

    def __init__(self, app: ASGIApp, calls: CallLog) -> None:
        self._app = app
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_control(scope["path"]):
            await self._app(scope, receive, send)
            return
        at, started = time.time(), time.perf_counter()
        status: int | None = None

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        except Exception:
            status = 500
            raise
        finally:
            fault: str | None = scope.get(FAULT_KEY)
            cut = fault is not None and fault.startswith("cut")
            self._calls.add(
                at=at,
                method=scope["method"],
                path=scope["path"],
                query=scope["query_string"].decode("latin-1"),
                status=None if cut else status,
                seconds=time.perf_counter() - started,
                fault=fault,
            )
