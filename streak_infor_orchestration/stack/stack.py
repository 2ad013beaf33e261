"""The stack of one machine: Dagster's services, the run workers, and whatever services the caller adds."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Self

from filelock import FileLock, Timeout

from .folders import Folders
from .home import environment, write_home
from .ports import LOOPBACK, choose_port, free_port
from .service import Service, listens
from .supervisor import StackError, Supervisor

INSTANCE, CODE, LIVE, BULK, DAEMON, WEBSERVER = "instance", "code", "live", "bulk", "daemon", "webserver"

CELERY = (
    "celery.bin.worker",
    "celery.apps.worker",
    "celery.concurrency.prefork",
    "celery.backends.filesystem",
)


@dataclass(frozen=True)
class CodeLocation:
    """The definitions to serve: a module, and the name shown for it."""

    module: str = "streak_infor_orchestration.definitions"
    name: str = "streak_infor_orchestration"


class Stack:
    """Everything that runs on one machine, from `with Stack(...)` to its end.

        with Stack(state_dir, profile="local", services=[Service("gateway", ...)]) as stack:
            stack.webserver_url, stack.pids["live"]

    state_dir holds all it writes. profile: local, postgres (STREAK_INFOR_DATABASE_URL) or redis (also
    STREAK_INFOR_REDIS_URL). services are started after the instance exists, beside Dagster's own; they get
    STREAK_INFOR_WEBSERVER_PORT with the real port. Entering raises PortTaken, ValueError for a wrong setting, and
    StackError when another stack uses the folder or a service does not come up.
    """

    def __init__(
        self,
        state_dir: Path | str,
        profile: str = "local",
        services: Iterable[Service] = (),
        *,
        location: CodeLocation = CodeLocation(),
        environ: Mapping[str, str] = os.environ,
        say: Callable[[str], None] = print,
    ) -> None:
        self.folders = Folders(Path(state_dir).resolve())
        self.profile = profile
        self.location = location
        self.say = say
        self._environ = environ
        self._added = tuple(services)
        self._lock = FileLock(self.folders.lock)
        self._supervisor: Supervisor | None = None
        self.webserver_port = 0

    @property
    def webserver_url(self) -> str:
        return f"http://{LOOPBACK}:{self.webserver_port}"

    @property
    def pids(self) -> dict[str, int]:
        """Process ids of the services that run now."""
        watched = self._running.watched.items()
        return {name: service.pid for name, service in watched if service.pid is not None}

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Send a signal to a service and return the process id it had, for tests."""
        pid = self.pids[name]
        os.kill(pid, number)
        return pid

    def __enter__(self) -> Self:
        self.folders.make()
        self._take_lock()
        try:
            self.webserver_port = choose_port("STREAK_INFOR_WEBSERVER_PORT", 3000, self._environ)
            env = environment(self.folders, self.profile, self._environ)
            env["STREAK_INFOR_WEBSERVER_PORT"] = str(self.webserver_port)
            write_home(self.folders, self.profile)
            services = [*self._dagster(free_port()), *self._added]
            self._supervisor = Supervisor(services, env, self.folders.logs, self.say)
            self._note_status()
            self._supervisor.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._supervisor is not None:
            self._supervisor.stop()
            self._supervisor = None
            self.folders.status.unlink(missing_ok=True)
        self._lock.release()

    def run(self) -> None:
        """Start, stay until SIGINT or SIGTERM, stop. For the main thread. Raises what entering raises, and
        StackError when the supervisor gives up later."""

        def interrupt(number: int, _frame: FrameType | None) -> None:
            self.say(f"{signal.Signals(number).name}: stopping")
            raise KeyboardInterrupt

        before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with self:
                self._running.ended.wait()
                raise StackError(self._running.failure)
        except KeyboardInterrupt:
            self.say("stopped")
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @property
    def _running(self) -> Supervisor:
        if self._supervisor is None:
            raise StackError("the stack is not running")
        return self._supervisor

    def _take_lock(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            holder = self.folders.status.read_text() if self.folders.status.exists() else "no details"
            raise StackError(
                f"another stack uses {self.folders.root} ({holder}); stop it, or choose another state folder"
            ) from error

    def _note_status(self) -> None:
        status = {"process": os.getpid(), "webserver": self.webserver_url, "profile": self.profile}
        self.folders.status.write_text(json.dumps(status))

    def _dagster(self, code_port: int) -> list[Service]:
        workspace = self.folders.home / "workspace.yaml"
        server = {"host": LOOPBACK, "port": code_port, "location_name": self.location.name}
        workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}))
        module = self.location.module
        return [
            Service(INSTANCE, (sys.executable, "-m", "streak_infor_orchestration.stack.instance"), once=True),
            Service(
                CODE,
                module="dagster",
                argv=(
                    *("api", "grpc", f"--host={LOOPBACK}", f"--port={code_port}", f"--module-name={module}"),
                    *(f"--working-directory={Path.cwd()}", f"--location-name={self.location.name}"),
                ),
                ready=listens(code_port),
                after=(INSTANCE,),
                preload=("dagster._cli", "dagster._grpc.server", module),
            ),
            self._worker(LIVE, children=2),
            self._worker(BULK, children=1),
            Service(
                DAEMON,
                module="dagster._daemon",
                argv=("run", f"--workspace={workspace}"),
                after=(INSTANCE, CODE),
                preload=("dagster._daemon.cli",),
            ),
            Service(
                WEBSERVER,
                module="dagster_webserver",
                argv=(f"--host={LOOPBACK}", f"--port={self.webserver_port}", f"--workspace={workspace}"),
                ready=f"{self.webserver_url}/server_info",
                after=(INSTANCE, CODE),
                preload=("dagster_webserver.cli", "uvicorn"),
            ),
        ]

    def _worker(self, queue: str, children: int) -> Service:
        listening = self.folders.ready / queue
        return Service(
            queue,
            module="streak_infor_orchestration.stack.worker",
            argv=(
                *(f"--queue={queue}", f"--children={children}"),
                *(f"--module={self.location.module}", f"--state={self.folders.root}"),
            ),
            ready=lambda pid: listening.exists() and listening.read_text() == str(pid),
            after=(INSTANCE,),
            preload=("streak_infor_orchestration.stack.private", *CELERY),
        )
