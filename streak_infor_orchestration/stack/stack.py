"""The stack of one machine: Dagster's services, the run workers, and whatever services the caller adds."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Self

from filelock import FileLock, Timeout

from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.stack.code_address import code_address, left_behind
from streak_infor_orchestration.stack.dagster_services import CodeLocation, daemons, workers
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.guard import named_hosts
from streak_infor_orchestration.stack.home import START_TIMEOUT, environment, write_home
from streak_infor_orchestration.stack.plain_path import plain
from streak_infor_orchestration.stack.ports import LOOPBACK, choose_port
from streak_infor_orchestration.stack.service import Service
from streak_infor_orchestration.stack.signs import Address
from streak_infor_orchestration.stack.supervisor import StackError, Supervisor

OURS = CodeLocation()


class Stack:
    """Everything that runs on one machine, from `with Stack(...)` to its end.

        with Stack(state_dir, services=[Service("gateway", ...)]) as stack:
            stack.webserver_url, stack.pids["live"]

    state_dir: the folder that holds all it writes.
    profile: local; postgres (STREAK_INFOR_DATABASE_URL); redis (also STREAK_INFOR_REDIS_URL).
    services: run beside Dagster's own, in the same environment plus STREAK_INFOR_WEBSERVER_PORT, the real port;
        `after=("instance",)` waits until Dagster's tables exist.
    workers_only: a further machine, which executes runs that come through Redis; no webserver, no daemon.
    start_timeout: seconds after which a run that no worker has begun is shown as failed.
    say: gets one line for each thing that happens, from a thread of its own.

    Making one raises StackError for a state folder whose path cannot be used. Entering raises PortTaken, ValueError for
    a wrong setting, StackError when another stack uses the folder or a critical service does not come up.
    """

    def __init__(
        self,
        state_dir: Path | str,
        profile: str = "local",
        services: Iterable[Service] = (),
        *,
        workers_only: bool = False,
        location: CodeLocation = OURS,
        environ: Mapping[str, str] = os.environ,
        start_timeout: int = START_TIMEOUT,
        say: Callable[[str], None] = print,
    ) -> None:
        self.folders = Folders(plain(Path(state_dir).resolve(), environ))
        self.profile = profile
        self.location = location
        self.webserver_port = 0
        self._added = tuple(services)
        self._workers_only = workers_only
        self._environ = environ
        self._start_timeout = start_timeout
        self._say = say
        self._lock = FileLock(self.folders.lock)
        self._code: Address | None = None
        self._supervisor: Supervisor | None = None

    @property
    def webserver_url(self) -> str:
        return f"http://{LOOPBACK}:{self.webserver_port}"

    @property
    def pids(self) -> dict[str, int]:
        """Process ids of the services that run now."""
        watched = self._running.watched.items()
        return {name: service.pid for name, service in watched if service.pid is not None}

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Send a signal to a service, for tests; the process id it went to. KeyError when it does not run."""
        pid = self.pids[name]
        os.kill(pid, number)
        return pid

    def run(self, then: Callable[[], None] = lambda: None) -> None:
        """Start, call `then`, stay until SIGINT or SIGTERM, stop; for the main thread. Raises what entering and
        `then` raise, and StackError when the supervisor gives up later."""

        def interrupt(number: int, _frame: FrameType | None) -> None:
            self._say(f"{signal.Signals(number).name}: stopping")
            raise KeyboardInterrupt

        before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with self:
                then()
                self._running.ended.wait()
                raise StackError(self._running.failure)
        except KeyboardInterrupt:
            self._say("stopped")
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def __enter__(self) -> Self:
        claimed(self.folders.root)
        _take(self._lock, self.folders)
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._supervisor is not None:
            self._supervisor.stop()
            self._supervisor = None
            self.folders.status.unlink(missing_ok=True)
        if self._code is not None:
            left_behind(self._code, self.folders)
            self._code = None
        self._lock.release()

    def _start(self) -> None:
        if not self._workers_only:
            self.webserver_port = choose_port("STREAK_INFOR_WEBSERVER_PORT", 3000, self._environ)
        hosts = named_hosts(self._environ)
        env = environment(self.folders, self.profile, self._environ)
        env["STREAK_INFOR_WEBSERVER_PORT"] = str(self.webserver_port)
        self.folders.make()
        write_home(self.folders, self.profile, self._start_timeout)
        dagster = workers(self.folders, self.location)
        if not self._workers_only:
            self._code = code_address(self.folders, self._environ)
            dagster += daemons(self.folders, self.location, self._code, self.webserver_port, hosts)
        self._supervisor = Supervisor([*dagster, *self._added], env, self.folders.logs, self._say)
        status = {"process": os.getpid(), "webserver": self.webserver_url, "profile": self.profile}
        self.folders.status.write_text(json.dumps(status))
        self._supervisor.start()

    @property
    def _running(self) -> Supervisor:
        if self._supervisor is None:
            raise StackError("the stack is not running")
        return self._supervisor


def wipe(state_dir: Path | str) -> None:
    """Empty a state folder for a new start, or make it. Raises StackError while a stack runs there."""
    folders = Folders(Path(state_dir).resolve())
    claimed(folders.root)
    lock = FileLock(folders.lock)
    _take(lock, folders)
    try:
        for found in folders.root.iterdir():
            if found.is_dir() and not found.is_symlink():
                shutil.rmtree(found)
            elif found != folders.lock:
                found.unlink()
    finally:
        lock.release()


def _take(lock: FileLock, folders: Folders) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        holder = folders.status.read_text() if folders.status.exists() else "starting"
        raise StackError(
            f"another stack uses {folders.root} ({holder}); stop it, or choose another state folder"
        ) from error
