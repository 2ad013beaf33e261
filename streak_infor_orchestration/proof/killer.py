"""Kills and stops the product's processes, by the signals that no program can refuse."""

import contextlib
import os
import time
from collections import Counter
from pathlib import Path
from random import Random
from signal import SIGCONT, SIGKILL, SIGSTOP

from streak_infor_orchestration.proof.postgres import Postgres
from streak_infor_orchestration.stack import Stack

VICTIMS = {
    "live worker": 3,
    "live worker's child": 4,
    "bulk worker": 1,
    "gateway": 3,
    "daemon": 2,
    "code server": 1,
    "webserver": 1,
}
"""How often each is drawn. The simulators are not ours to kill: they play the systems that stay."""

SERVICES = {"live worker": "live", "bulk worker": "bulk", "code server": "code"}
STOPPED = ("live worker's child", "live worker", "gateway", "daemon", "code server")
BEYOND_LEASE = 24.0
"""Seconds a worker is stopped to come back when its lease is gone and another has its deals."""


class Killer:
    """`kills` and `stops` count by victim."""

    def __init__(self, stack: Stack, dice: Random, postgres: Postgres | None) -> None:
        self._stack = stack
        self._dice = dice
        self._postgres = postgres
        self._asleep: list[tuple[float, int]] = []
        self.kills: Counter[str] = Counter()
        self.stops: Counter[str] = Counter()

    def kill(self, victim: str) -> bool:
        """`kill -9`; False when it does not run at this moment."""
        if victim == "postgres":
            assert self._postgres is not None
            self._postgres.crash_and_start()
        elif not self._signal(victim, SIGKILL):
            return False
        self.kills[victim] += 1
        return True

    def stop(self, victim: str, seconds: float) -> bool:
        """SIGSTOP, and SIGCONT when `wake` is called so many seconds later."""
        pid = self._signal(victim, SIGSTOP)
        if pid:
            self._asleep.append((time.monotonic() + seconds, pid))
            self.stops[victim] += 1
        return bool(pid)

    def wake(self, *, everybody: bool = False) -> None:
        now = time.monotonic()
        for until, pid in [*self._asleep]:
            if everybody or until <= now:
                self._asleep.remove((until, pid))
                with contextlib.suppress(ProcessLookupError):  # killed while it slept
                    os.kill(pid, SIGCONT)

    def _signal(self, victim: str, number: int) -> int:
        """The process it went to, 0 when there is none."""
        name, _, child = victim.partition("'s ")
        pid = self._stack.pids.get(SERVICES.get(name, name), 0)
        if child and pid:
            pid = self._dice.choice(children(pid) or [0])
        if pid:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                return 0
        return pid


def children(pid: int) -> list[int]:
    """Processes that this one has started and that run, whichever of its threads did it (Linux)."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread, or the process, has just ended
            found += map(int, thread.read_text().split())
    return found


def draw_kills(count: int, dice: Random, *, postgres: bool) -> list[str]:
    """Whom to kill, one after the other: every kind of victim first comes once, as far as the count goes."""
    victims = {**VICTIMS, **({"postgres": 2} if postgres else {})}
    once = list(victims)[:count]
    more = dice.choices(list(victims), list(victims.values()), k=count - len(once))
    drawn = [*once, *more]
    dice.shuffle(drawn)
    return drawn


def draw_stops(count: int, dice: Random) -> list[tuple[str, float]]:
    """Whom to stop and for how many seconds; the first outlives its lease."""
    stops = [("live worker's child", BEYOND_LEASE)]
    for _ in range(count - 1):
        victim = dice.choice(STOPPED)
        stops.append((victim, dice.choice((1.0, 3.0, 6.0))))
    return stops[:count]
