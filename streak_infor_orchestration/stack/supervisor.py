"""Keep services running: start them in order, start anew what died or hangs, stop them all, leave no orphan."""

import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from signal import SIGTERM, Signals

from streak_infor_orchestration.stack.forks import ForkServer
from streak_infor_orchestration.stack.logs import last_lines, shorten
from streak_infor_orchestration.stack.processes import KILLED_WITHIN, LINUX, Process, ended_within, spawn
from streak_infor_orchestration.stack.pulse import Pulse
from streak_infor_orchestration.stack.service import Service

ATTEMPTS_AT_START = 2
SETTLED = 30.0
LONGEST_PAUSE = 15.0
LOOK_EVERY = 0.05


def pause_after(deaths: int) -> float:
    """Seconds before the next start of what died so many times in a row."""
    doublings = min(deaths, 16)  # as many as are needed, and no number that a float cannot hold
    return min(0.1 * 2.0**doublings, LONGEST_PAUSE)


class StackError(Exception):
    """The stack cannot run; the message says which service, why, and the end of its log."""


class Watched:
    """One service and its current process."""

    def __init__(self, service: Service, log: Path) -> None:
        self.service = service
        self.log = log
        self.process: Process | None = None
        self.ready = False
        self.was_ready = False
        self.started = 0.0
        self.not_before = 0.0
        self.deaths = 0
        self.pulse = Pulse(service.health, service.hangs_after) if service.health else None
        log.touch()

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def due(self) -> bool:
        finished = self.service.once and self.was_ready
        return self.process is None and not finished and time.monotonic() >= self.not_before


class Supervisor:
    """Runs `services` from `start` to `stop`, all from one thread, which owns every process (see `processes`).

    `say` gets one line for each thing that happens; `failure` is why the supervisor gave up, else empty.
    """

    def __init__(
        self, services: Sequence[Service], env: Mapping[str, str], logs: Path, say: Callable[[str], None]
    ) -> None:
        self.watched = {service.name: Watched(service, logs / f"{service.name}.log") for service in services}
        self.env = dict(env)
        self.say = say
        self.failure = ""
        self.ended = threading.Event()
        preload = dict.fromkeys(module for service in services for module in service.preload)
        self._forks = ForkServer(list(preload), env, logs / "warm.log")
        self._all_ready = threading.Event()
        self._stopping = threading.Event()
        self._grace = 0.0
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start everything; returns when all is ready. Raises StackError when a critical service is not."""
        self._thread.start()
        while not self._all_ready.wait(LOOK_EVERY):
            if self.ended.is_set():
                raise StackError(self.failure or "stopped while starting")

    def stop(self, grace: float = 10.0) -> None:
        """SIGTERM to all, dependent ones first; SIGKILL after `grace` seconds; returns when all have ended."""
        self._grace = grace
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            if LINUX and any(watched.service.module for watched in self.watched.values()):
                self._forks.start()
            while not self._stopping.is_set() and not self.failure:
                self._forks.listen()
                for watched in self.watched.values():
                    self._look_after(watched)
                if all(watched.was_ready for watched in self.watched.values() if watched.service.critical):
                    self._all_ready.set()
                self._stopping.wait(LOOK_EVERY)
        except Exception as error:
            self.failure = f"the supervisor failed: {error!r}"
            raise
        finally:
            self._end_all()
            self.ended.set()

    def _look_after(self, watched: Watched) -> None:
        if watched.process is None:
            if watched.due and all(self.watched[name].was_ready for name in watched.service.after):
                self._launch(watched)
            return
        code = watched.process.poll()
        age = time.monotonic() - watched.started
        if code is not None:
            self._bury(watched, watched.process, code, age)
        elif watched.ready:
            shorten(watched.log)
            if watched.pulse and watched.pulse.hangs:
                watched.pulse.begin()  # its end takes a moment: not to be told again in the next
                self.say(f"{watched.service.name}: lives, but does not answer any more, ending it")
                watched.process.end()
        elif watched.pid is None:
            return  # the fork server still imports
        elif watched.service.is_ready(watched.pid):
            self._ready(watched, f"ready in {age:.1f} s (process {watched.pid})")
        elif age > watched.service.patience:
            self.say(f"{watched.service.name}: not ready after {age:.0f} s, ending it")
            watched.process.end()

    def _launch(self, watched: Watched) -> None:
        service = watched.service
        env = {**self.env, **service.env}
        watched.started = time.monotonic()
        watched.ready = False
        if not service.module:
            watched.process = spawn(service.argv, env, watched.log)
        elif LINUX:
            argv = [service.module, *service.argv]
            watched.process = self._forks.fork(service.name, argv, env, watched.log)
        else:
            watched.process = spawn([sys.executable, "-m", service.module, *service.argv], env, watched.log)

    def _ready(self, watched: Watched, how: str) -> None:
        watched.ready = watched.was_ready = True
        if watched.pulse:
            watched.pulse.begin()
        self.say(f"{watched.service.name}: {how}")

    def _bury(self, watched: Watched, process: Process, code: int, age: float) -> None:
        service = watched.service
        process.end()  # its own children may have outlived it
        watched.process = None
        if watched.pulse:
            watched.pulse.pause()
        if service.once and code == 0:
            self._ready(watched, f"done in {age:.1f} s")
            return
        watched.deaths = 1 if watched.ready and age > SETTLED else watched.deaths + 1
        how = f"killed by {Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        if service.critical and not watched.was_ready and watched.deaths >= ATTEMPTS_AT_START:
            self.failure = f"{service.name} {how}; the end of {watched.log}:\n{last_lines(watched.log)}"
            return
        pause = pause_after(watched.deaths)
        watched.not_before = time.monotonic() + pause
        watched.ready = False
        self.say(f"{service.name}: {how}, starting it anew in {pause:.1f} s")

    def _end_all(self) -> None:
        """A service is asked to end when those that started after it have ended: they may still need it."""
        running = {name: watched.process for name, watched in self.watched.items() if watched.process}
        left, asked = set(running), set[str]()
        deadline = time.monotonic() + self._grace
        while left and time.monotonic() < deadline:
            for name in left - asked:
                if not any(name in self.watched[other].service.after for other in left):
                    running[name].signal(SIGTERM)
                    asked.add(name)
            time.sleep(LOOK_EVERY)
            self._forks.listen()
            left = {name for name in left if running[name].poll() is None}
        for process in running.values():
            process.end()
        ended_within(KILLED_WITHIN, running.values(), self._forks.listen)
        for watched in self.watched.values():
            if watched.pulse:
                watched.pulse.stop()
        self._forks.stop()
