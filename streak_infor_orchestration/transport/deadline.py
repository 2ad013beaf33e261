"""The time a call may take, as a total: connecting, waiting for the rate budget, retries and the last byte.

A deadline belongs to the thread that makes the calls, so that it holds through interfaces which do not name it
(the ERP port). It does not cross into the threads of a pool: open it inside the worker.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode

_until: ContextVar[float] = ContextVar("deadline", default=math.inf)
_outer: ContextVar[float] = ContextVar("outer deadline", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Calls made inside end after `seconds` at the latest. Nested deadlines only ever shorten."""
    outer = _outer.set(_until.get())
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)
        _outer.reset(outer)


def anew(seconds: float) -> None:
    """The innermost deadline is `seconds` from now, and still not after the one around it."""
    _until.set(min(_outer.get(), time.monotonic() + seconds))


def remaining() -> float:
    """Seconds left, negative when late, infinite when there is no deadline."""
    return _until.get() - time.monotonic()


@contextmanager
def holding(lock: threading.Lock, what: str) -> Iterator[None]:
    """The lock, waited for no longer than the deadline allows: its holder may be waiting for a dead system.

    Raises `Transient`.
    """
    if not lock.acquire(timeout=min(max(remaining(), 0), threading.TIMEOUT_MAX)):
        raise Transient(
            f"{what}: another thread was at it until the deadline", code=SystemCode.BUSY, retry_after=1.0
        )
    try:
        yield
    finally:
        lock.release()
