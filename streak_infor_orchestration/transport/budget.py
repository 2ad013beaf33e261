"""A rate budget shared by every process of this machine: a ring of the last grants in a SQLite file.

At most N grants in any second: a grant is given only when the N-th last is a second old. The first half of them
may come at once, so that a single deal does not wait; the others keep 1/N apart, so that under load the calls
leave evenly and what the network delays cannot pile up on the next second's. The instant is taken under the lock
and by the monotonic clock, which all processes share and nobody sets back.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.shared_file import connect

_SHORTEST_SLEEP = 0.001  # seconds: a wait that rounding has left over is too short for the clock to pass

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS cursor (id INTEGER PRIMARY KEY CHECK (id = 0), slot INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS ring (slot INTEGER PRIMARY KEY, granted REAL NOT NULL)",
    "INSERT OR IGNORE INTO cursor VALUES (0, 0)",
)


class Budget:
    """`per_second` calls in any second, over all threads and processes that name the same file. One per process,
    made after a fork.

    A fraction is left out (8.5 means 8); below one it means a call every 1 / `per_second` seconds.
    """

    def __init__(
        self,
        path: Path,
        per_second: float,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if per_second <= 0:
            raise ValueError("a budget allows something; leave it out for no limit")
        self._path = path
        self._places = max(1, int(per_second))
        self._window = max(1.0, 1 / per_second)
        self._now = now
        self._sleep = sleep
        self._turn = threading.Lock()  # within a process first come, first served, and one connection
        self._connection: sqlite3.Connection | None = None

    def acquire(self, seconds: float) -> bool:
        """Waits for a place, `seconds` at most. False: there is none in that time, and none was taken.

        Raises `Transient` where the file cannot be used.
        """
        until = self._now() + seconds
        if not self._turn.acquire(timeout=min(max(seconds, 0), threading.TIMEOUT_MAX)):
            return False
        try:
            while (wait := self._try()) > 0:
                if self._now() + wait > until:
                    return False
                self._sleep(wait)
            return True
        except sqlite3.Error as error:
            raise Transient(f"the rate budget cannot be used: {error}", code=SystemCode.RATE_BUDGET) from None
        finally:
            self._turn.release()

    def _try(self) -> float:
        """Takes a place and answers 0, or answers the seconds after which there may be one."""
        with self._connect() as connection:  # commits, or rolls back
            connection.execute("BEGIN IMMEDIATE")
            (slot,) = connection.execute("SELECT slot FROM cursor").fetchone()
            slot %= self._places  # the limit may have been changed
            now = self._now()
            oldest, half, last = (
                self._age(connection, slot - back, now) for back in (0, self._places // 2 or 1, 1)
            )
            wait = self._window - oldest
            # half of the places are taken: requests are spread evenly until fewer are
            if half < self._window:
                distance = self._window / self._places
                wait = max(wait, min(distance - last, self._window - half))
            if wait > 0:
                return max(wait, _SHORTEST_SLEEP)
            connection.execute("INSERT OR REPLACE INTO ring VALUES (?, ?)", (slot, now))
            connection.execute("UPDATE cursor SET slot = ?", (slot + 1,))
            return 0.0

    def _age(self, connection: sqlite3.Connection, slot: int, now: float) -> float:
        """Seconds since the grant in `slot` of the ring; a whole window or more where there is none that counts."""
        query = "SELECT granted FROM ring WHERE slot = ?"
        found = connection.execute(query, (slot % self._places,)).fetchone()
        # an instant that is still to come was noted by the clock of an earlier boot
        return now - found[0] if found and found[0] <= now else self._window

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._path, _SCHEMA)
        return self._connection
