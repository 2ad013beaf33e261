"""Dagster's own programs as services, and the run workers: what runs on every machine of the product."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.ports import LOOPBACK
from streak_infor_orchestration.stack.service import Service
from streak_infor_orchestration.stack.signs import Address, accepts, answers, beats, greets, is_touched

INSTANCE, CODE, LIVE, BULK, DAEMON, WEBSERVER = "instance", "code", "live", "bulk", "daemon", "webserver"
HANGS_AFTER = 15.0
"""Seconds. Workers touch their file twice a second, and a code server greets whatever else it does."""

CELERY = (
    "celery.bin.worker",
    "celery.apps.worker",
    "celery.concurrency.prefork",
    "celery.backends.filesystem",
)


@dataclass(frozen=True)
class CodeLocation:
    """The definitions to serve: a module, the function in it that makes them, and the name shown for it. Runs need more
    than what they load: `warmed_by`, called before workers are forked, loads the rest."""

    module: str = "streak_infor_orchestration.definitions"
    function: str = "defs"
    name: str = "streak_infor_orchestration"
    warmed_by: str = "streak_infor_orchestration.defs.rows:warm"


def workers(folders: Folders, location: CodeLocation) -> list[Service]:
    """The instance's tables, and who executes its runs: live and bulk have a worker each, so that no backlog
    stands before a live run."""
    return [
        Service(INSTANCE, (sys.executable, "-m", "streak_infor_orchestration.stack.instance"), once=True),
        _worker(LIVE, 2, folders, location),
        _worker(BULK, 1, folders, location),
    ]


def daemons(
    folders: Folders, location: CodeLocation, code: Address, webserver_port: int, hosts: Iterable[str]
) -> list[Service]:
    """What an instance has once: a code server, shared by webserver and daemon through a file written here. `hosts`:
    names the webserver answers to besides loopback's."""
    workspace = folders.home / "workspace.yaml"
    info = f"http://{LOOPBACK}:{webserver_port}/server_info"
    where = {"host": LOOPBACK, "port": code} if isinstance(code, int) else {"socket": str(code)}
    server = {**where, "location_name": location.name}
    workspace.write_text(json.dumps({"load_from": [{"grpc_server": server}]}))
    return [
        _code_server(location, code),
        Service(
            DAEMON,
            module="dagster._daemon",
            argv=("run", f"--workspace={workspace}"),
            after=(INSTANCE, CODE),  # it looks again for a code server that was not there after a minute only
            preload=("dagster._daemon.cli",),
            health=partial(beats, f"http://{LOOPBACK}:{webserver_port}"),
            hangs_after=60.0,
        ),
        Service(
            WEBSERVER,
            module="streak_infor_orchestration.stack.webserver",
            argv=(
                f"--port={webserver_port}",
                f"--workspace={workspace}",
                *(f"--known-as={host}" for host in hosts),
            ),
            ready=info,
            health=partial(answers, info),
            hangs_after=60.0,  # its pages may be slow while runs go on
            after=(INSTANCE, CODE),
            preload=("dagster_webserver.app", "uvicorn"),
        ),
    ]


def _code_server(location: CodeLocation, address: Address) -> Service:
    listen = (
        (f"--host={LOOPBACK}", f"--port={address}") if isinstance(address, int) else (f"--socket={address}",)
    )
    return Service(
        CODE,
        module="dagster",
        argv=(
            *("api", "grpc", *listen),
            *(f"--module-name={location.module}", f"--location-name={location.name}"),
            f"--working-directory={Path.cwd()}",
        ),
        ready=lambda _pid: accepts(address),
        health=partial(greets, address),
        hangs_after=HANGS_AFTER,
        after=(INSTANCE,),  # it opens the instance too
        preload=("dagster._cli", "dagster._grpc.server", f"{location.module}:{location.function}"),
    )


def _worker(queue: str, children: int, folders: Folders, location: CodeLocation) -> Service:
    listening = folders.ready / queue
    return Service(
        queue,
        module="streak_infor_orchestration.stack.worker",
        argv=(
            *(f"--queue={queue}", f"--children={children}"),
            *(f"--module={location.module}", f"--state={folders.root}"),
        ),
        ready=lambda pid: listening.exists() and listening.read_text() == str(pid),
        health=partial(is_touched, listening),
        hangs_after=HANGS_AFTER,
        after=(INSTANCE,),
        preload=("streak_infor_orchestration.stack.private", *CELERY, location.warmed_by),
    )
