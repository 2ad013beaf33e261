"""The time a call may take, as a total: connecting, waiting for the rate budget, retries and the last byte.

A deadline belongs to the thread that makes the calls, so that it holds through interfaces which do not name it
(the ERP port). It does not cross into the threads of a pool: open it inside the worker.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_until: ContextVar[float] = ContextVar("deadline", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Calls made inside end after `seconds` at the latest. Nested deadlines only ever shorten."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


def remaining() -> float:
    """Seconds left, negative when late, infinite when there is no deadline."""
    return _until.get() - time.monotonic()
