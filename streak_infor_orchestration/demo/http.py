"""One way to open an HTTP client, and one to wait for something to be seen over it."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

Json = dict[str, Any]
Found = TypeVar("Found")

LOOK_EVERY = 0.05


class TooLate(Exception):
    """What was waited for did not happen in time; the message says what, and how things stand."""


def client(base_url: str, **options: Any) -> httpx.Client:
    """For loopback: no proxy, and no TLS, whose certificates take longer to read than all of the rest."""
    options = {"timeout": 20, "trust_env": False, "verify": False} | options
    return httpx.Client(base_url=base_url, **options)


def until(look: Callable[[], Found | None], within: float, why: Callable[[], str]) -> Found:
    """What `look` finds, once it finds something. Raises TooLate with `why()` after `within` seconds."""
    deadline = time.monotonic() + within
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise TooLate(f"not within {within:.0f} s: {why()}")
        time.sleep(LOOK_EVERY)
    return found
