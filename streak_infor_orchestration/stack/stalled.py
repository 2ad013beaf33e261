"""A worker whose tasks no longer reach its children is ended: the supervisor starts it anew, and work goes on.

The children of a worker take turns at reading one pipe, under a lock. A child that is killed while it waits there keeps
that lock for ever (billiard's semaphore knows no owner): its siblings and successors live, look idle, and get nothing.
"""

import contextlib
import logging
import os
import threading
import time
from pathlib import Path

from celery.worker import state

PATIENCE = 5.0
"""Seconds a task may wait for a child that is free. Taking one needs milliseconds, a new child about a second."""

LOOK_EVERY = 0.5

_log = logging.getLogger(__name__)


class Stalled:
    """Watches the main process of a worker with so many `children` from a thread of its own."""

    def __init__(self, children: int) -> None:
        self._children = children
        self._since: float | None = None

    def watch(self, sign: Path) -> None:
        """From now on; the file `sign` is touched at each look, so that others see that somebody looks."""
        threading.Thread(target=self._run, args=(sign,), name="stalled", daemon=True).start()

    def is_stalled(self, waiting: int, executing: int, now: float) -> bool:
        """Whether tasks have waited beside a free child for longer than `PATIENCE`, in seconds of `now`'s clock."""
        if not waiting or executing >= self._children:
            self._since = None
            return False
        self._since = now if self._since is None else self._since
        return now - self._since > PATIENCE

    def _run(self, sign: Path) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            with contextlib.suppress(FileNotFoundError):  # the stack is being stopped
                os.utime(sign)
            executing = len(state.active_requests)
            waiting = len(state.reserved_requests) - executing
            if self.is_stalled(waiting, executing, time.monotonic()):
                _log.error("tasks do not reach the children any more: ending this worker")
                os._exit(1)
