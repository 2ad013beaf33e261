"""When a system wants to be left alone: what it says to one caller holds for all processes of this machine.

A 429 speaks for the system. A 503 may be one record's trouble: it counts for the system when another record got one
within the last ten seconds. No system is left alone for more than five minutes at a time, whatever it says: then it
is asked again. Instants are of the monotonic clock, which all processes share and nobody sets back.
"""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.shared_file import connect

LONGEST_SECONDS = 300.0
TOGETHER_SECONDS = 10.0

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS hold (id INTEGER PRIMARY KEY CHECK (id = 0), until REAL NOT NULL)",
    "CREATE TABLE IF NOT EXISTS suspect (record TEXT PRIMARY KEY, at REAL NOT NULL)",
    "INSERT OR IGNORE INTO hold VALUES (0, 0)",
)

_record: ContextVar[str] = ContextVar("record", default="")


@contextmanager
def about(record: str) -> Iterator[None]:
    """Calls made inside are made for this record."""
    token = _record.set(record)
    try:
        yield
    finally:
        _record.reset(token)


def record_in_hand() -> str:
    """The record that calls are made for, "" where they are made for none."""
    return _record.get()


class Hold:
    """Of one system, over all threads and processes that name the same file. One per process, made after a fork."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = path
        self._now = now
        self._sleep = sleep
        self._turn = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def wait(self, seconds: float) -> float:
        """Waits until the system may be called, if that is within `seconds`, and answers 0; else answers at once how
        many seconds are left.

        Raises `Transient` where the file cannot be used.
        """
        until = self._now() + seconds
        try:
            while (left := self._left()) > 0:
                if self._now() + left > until:
                    return left
                self._sleep(left)
        except sqlite3.Error as error:
            raise Transient(
                f"what a system asked for cannot be read: {error}", code=SystemCode.HELD
            ) from None
        return 0.0

    def ask(self, seconds: float) -> None:
        """The system wants to be left alone for so long."""
        with suppress(sqlite3.Error), self._writing() as connection:
            self._hold(connection, seconds)

    def suspect(self, record: str, seconds: float) -> None:
        """The system says so about this record: it is the system's trouble if another one was told so just now."""
        now, mark = self._now(), hashlib.sha256(record.encode()).hexdigest()
        with suppress(sqlite3.Error), self._writing() as connection:
            connection.execute("DELETE FROM suspect WHERE at <= ? OR at > ?", (now - TOGETHER_SECONDS, now))
            connection.execute("INSERT OR REPLACE INTO suspect VALUES (?, ?)", (mark, now))
            (records,) = connection.execute("SELECT count(*) FROM suspect").fetchone()
            if records > 1:
                self._hold(connection, seconds)

    def _hold(self, connection: sqlite3.Connection, seconds: float) -> None:
        """For so long, or as long as it was held anyway."""
        now = self._now()
        until = now + max(min(seconds, LONGEST_SECONDS), self._left_in(connection))
        connection.execute("UPDATE hold SET until = ?", (until,))

    def _left(self) -> float:
        with self._turn:
            return self._left_in(self._connected())

    def _left_in(self, connection: sqlite3.Connection) -> float:
        (until,) = connection.execute("SELECT until FROM hold").fetchone()
        left: float = until - self._now()
        # a hold longer than the longest was noted by the clock of an earlier boot, and is over
        return left if 0 < left <= LONGEST_SECONDS else 0.0

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn, self._connected() as connection:  # commits, or rolls back
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._path, _SCHEMA)
        return self._connection
