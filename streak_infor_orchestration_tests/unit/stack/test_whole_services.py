"""Each service of a stack, whole: what is started, with which arguments, after whom, and how it is seen to live."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.stack import CodeLocation, Service
from streak_infor_orchestration.stack.dagster_services import daemons, workers
from streak_infor_orchestration.stack.folders import Folders
from streak_infor_orchestration.stack.gateway_service import gateway
from streak_infor_orchestration.stack.signs import Address, answers, beats, greets, is_touched, lives

LOCATION = CodeLocation("some.module", "made", "shown")
DEFAULTS: dict[str, Any] = {
    "argv": (),
    "module": "",
    "env": {},
    "ready": None,
    "after": (),
    "preload": (),
    "once": False,
    "critical": True,
    "patience": 90.0,
    "health": None,
    "hangs_after": 30.0,
}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(tmp_path)
    folders.make()
    return folders


def told(service: Service) -> dict[str, Any]:
    """Its fields; a partial function as what it calls with what, another one as `callable`."""
    found: dict[str, Any] = {}
    for name, value in asdict(service).items():
        if isinstance(value, partial):
            found[name] = (value.func, value.args, value.keywords)
        else:
            found[name] = "callable" if callable(value) else value
    return found


def test_a_service_of_which_only_the_name_is_said() -> None:
    assert told(Service("x")) == {"name": "x", **DEFAULTS}


def test_the_definitions_that_are_served_unless_others_are_named() -> None:
    assert CodeLocation() == CodeLocation(
        "streak_infor_orchestration.definitions", "defs", "streak_infor_orchestration"
    )


def test_the_tables_and_the_workers(folders: Folders) -> None:
    def worker(queue: str, children: int) -> dict[str, Any]:
        return DEFAULTS | {
            "name": queue,
            "module": "streak_infor_orchestration.stack.worker",
            "argv": (
                f"--queue={queue}",
                f"--children={children}",
                "--module=some.module",
                f"--state={folders.root}",
            ),
            "ready": "callable",
            "health": (is_touched, (folders.ready / queue,), {}),
            "hangs_after": 15.0,
            "after": ("instance",),
            "preload": (
                "streak_infor_orchestration.stack.private",
                "celery.bin.worker",
                "celery.apps.worker",
                "celery.concurrency.prefork",
                "celery.backends.filesystem",
                "streak_infor_orchestration.defs.rows:warm",
            ),
        }

    made = "streak_infor_orchestration.stack.instance"
    assert [told(service) for service in workers(folders, LOCATION)] == [
        DEFAULTS | {"name": "instance", "argv": (sys.executable, "-m", made), "once": True},
        worker("live", 2),
        worker("bulk", 1),
    ]


@pytest.mark.parametrize(
    ("code", "where", "listen"),
    [
        (4266, {"host": "127.0.0.1", "port": 4266}, ("--host=127.0.0.1", "--port=4266")),
        (Path("/s/code.socket"), {"socket": "/s/code.socket"}, ("--socket=/s/code.socket",)),
    ],
    ids=["port", "socket"],
)
def test_what_an_instance_has_once(
    folders: Folders, code: Address, where: dict[str, object], listen: tuple[str, ...]
) -> None:
    workspace = folders.home / "workspace.yaml"
    url = "http://127.0.0.1:3000"
    found = daemons(folders, LOCATION, code, 3000, ["a.example", "b.example:8443"])
    assert [told(service) for service in found] == [
        DEFAULTS
        | {
            "name": "code",
            "module": "dagster",
            "argv": (
                "api",
                "grpc",
                *listen,
                "--module-name=some.module",
                "--location-name=shown",
                f"--working-directory={Path.cwd()}",
            ),
            "ready": "callable",
            "health": (greets, (code,), {}),
            "hangs_after": 15.0,
            "after": ("instance",),
            "preload": ("dagster._cli", "dagster._grpc.server", "some.module:made"),
        },
        DEFAULTS
        | {
            "name": "daemon",
            "module": "dagster._daemon",
            "argv": ("run", f"--workspace={workspace}"),
            "after": ("instance", "code"),
            "preload": ("dagster._daemon.cli",),
            "health": (beats, (url,), {}),
            "hangs_after": 60.0,
        },
        DEFAULTS
        | {
            "name": "webserver",
            "module": "streak_infor_orchestration.stack.webserver",
            "argv": (
                "--port=3000",
                f"--workspace={workspace}",
                "--known-as=a.example",
                "--known-as=b.example:8443",
            ),
            "ready": f"{url}/server_info",
            "health": (answers, (f"{url}/server_info",), {}),
            "hangs_after": 60.0,
            "after": ("instance", "code"),
            "preload": ("dagster_webserver.app", "uvicorn"),
        },
    ]
    assert json.loads(workspace.read_text()) == {
        "load_from": [{"grpc_server": {**where, "location_name": "shown"}}]
    }
    assert not found[0].is_ready(1), "nobody listens there"


def test_the_gateway() -> None:
    health = "http://127.0.0.1:8787/healthz"
    assert told(gateway(8787)) == DEFAULTS | {
        "name": "gateway",
        "module": "streak_infor_orchestration.gateway",
        "env": {"STREAK_INFOR_GATEWAY_PORT": "8787"},
        "ready": health,
        "health": (lives, (health,), {}),
        "after": ("instance",),
    }
