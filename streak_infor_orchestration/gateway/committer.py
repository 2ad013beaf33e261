"""Group commit: the events of many requests in one durable transaction.

A durable commit waits for the disk, and takes no longer for a hundred events than for one. So one thread commits,
and what arrives meanwhile is the next commit. Nobody waits for company: a lone request is committed at once.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from streak_infor_orchestration.ledger.inbox_rows import Event

logger = logging.getLogger(__name__)

CAPACITY = 2_000
"""Requests that may wait; some seconds' worth, more than a caller would wait for."""
MOST_REQUESTS = 250
"""The most requests whose events are committed in one transaction."""


class Overloaded(Exception):
    """Too much waits for the disk already, or the service is stopping: ask again later."""


class Committer:
    """`record` commits events or raises; `committed` is told what has been committed, and must not block."""

    def __init__(
        self,
        record: Callable[[Sequence[Event]], object],
        committed: Callable[[Sequence[Event]], object] = lambda _events: None,
        *,
        capacity: int = CAPACITY,
    ) -> None:
        self._record = record
        self._committed = committed
        self._capacity = capacity
        self._waiting: deque[tuple[Sequence[Event], Future[None]]] = deque()
        self._changed = threading.Condition()
        self._open = False
        self._thread = threading.Thread(target=self._run, name="committer", daemon=True)

    def start(self) -> None:
        self._open = True
        self._thread.start()

    def submit(self, events: Sequence[Event]) -> Future[None]:
        """Done when the events are on disk; fails with what `record` raised. Raises Overloaded."""
        future: Future[None] = Future()
        with self._changed:
            if not self._open or len(self._waiting) >= self._capacity:
                raise Overloaded
            self._waiting.append((events, future))
            self._changed.notify()
        return future

    def close(self) -> None:
        """Takes nothing more, and returns when all that was taken is committed or has failed."""
        with self._changed:
            self._open = False
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while gathered := self._gather():
            # a request that gave up has been told "not stored"; so it is not
            wanted = [
                (events, future) for events, future in gathered if future.set_running_or_notify_cancel()
            ]
            if wanted:
                self._commit(wanted)

    def _gather(self) -> list[tuple[Sequence[Event], Future[None]]]:
        """All events that wait, as soon as any does; none only when the committer ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or not self._open)
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_REQUESTS))]

    def _commit(self, requests: Sequence[tuple[Sequence[Event], Future[None]]]) -> None:
        events = [event for events, _ in requests for event in events]
        try:
            self._record(events)
        except Exception as error:  # whatever it was, nothing is known to be stored
            logger.error("%d events were not stored: %s", len(events), type(error).__name__)
            for _, future in requests:
                future.set_exception(error)
            return
        for _, future in requests:
            future.set_result(None)
        self._committed(events)
