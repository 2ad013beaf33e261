"""The time leases are measured in: never the wall clock, which people and NTP move."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import BindParameter, ColumnElement, Double, bindparam, cast, extract, func


class LeaseClock(Protocol):
    """Seconds that only grow. A lease taken under another `identity` (an earlier boot) has expired."""

    @property
    def identity(self) -> str: ...

    def now(self) -> ColumnElement[float]:
        """The present as an SQL expression: of each execution of the statement it is part of."""
        ...

    def here(self) -> float:
        """Seconds of this process that only grow: how old an answer of the ledger is."""
        ...


class DatabaseLeaseClock:
    """Postgres: the server's own clock, so that workers on several machines agree."""

    identity = "database"

    def now(self) -> ColumnElement[float]:
        return cast(extract("epoch", func.clock_timestamp()), Double)

    def here(self) -> float:
        return time.clock_gettime(_CLOCK)


class BootLeaseClock:
    """SQLite, one machine: seconds since boot, sleep included; the wall clock may be set to anything."""

    @property
    def identity(self) -> str:
        return boot_id()

    def now(self) -> ColumnElement[float]:
        return _asked(self.here)

    def here(self) -> float:
        return time.clock_gettime(_CLOCK)


class ManualLeaseClock:
    """Moves only when told to: a lease of 20 s expires in a test without waiting."""

    identity = "manual"

    def __init__(self, start: float = 1000.0) -> None:
        self._now = start
        self._lock = threading.Lock()

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds

    def now(self) -> ColumnElement[float]:
        return _asked(self.here)

    def here(self) -> float:
        return self._now


def _asked(clock: Callable[[], float]) -> BindParameter[float]:
    return bindparam("lease_now", callable_=clock, type_=Double(), unique=True)


# macOS has no CLOCK_BOOTTIME; its CLOCK_MONOTONIC counts sleep as well
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@cache
def boot_id() -> str:
    if sys.platform == "darwin":
        return subprocess.check_output(["sysctl", "-n", "kern.bootsessionuuid"], text=True).strip()
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
