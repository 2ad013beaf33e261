"""How the gateway is served: addresses, what uvicorn is told, the threads behind it, and a program's whole life."""

import logging
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.connections import Connection, RequestLimits
from streak_infor_orchestration.gateway.launch_run import request
from streak_infor_orchestration.gateway.nudge import TAGS
from streak_infor_orchestration.gateway.serve import run, server
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.load import box
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread
from streak_infor_orchestration_tests.integration.gateway.test_process import environment


@pytest.fixture
def store(store_on_sqlite: Store) -> Store:
    return store_on_sqlite


def test_what_uvicorn_is_told() -> None:
    config = server(Starlette()).config
    assert isinstance(config, uvicorn.Config) and isinstance(config.http, type)
    assert issubclass(config.http, Connection) and config.http.limits == RequestLimits(
        head_seconds=10.0, body_seconds=30.0, head_bytes=32_768, of_one=200, in_all=600
    )
    told = {
        name: getattr(config, name)
        for name in (
            "ws",
            "access_log",
            "log_config",
            "server_header",
            "proxy_headers",
            "limit_concurrency",
            "timeout_keep_alive",
            "timeout_graceful_shutdown",
        )
    }
    assert told == {
        "ws": "none",
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,
        "limit_concurrency": 1_000,
        "timeout_keep_alive": 75,
        "timeout_graceful_shutdown": 15,
    }
    assert logging.getLogger("uvicorn.access").disabled


class Enough(Exception):
    """The test has seen what it wanted; `run` is left by it."""


@pytest.mark.parametrize(("host", "name"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
def test_the_address_is_told_when_hundreds_can_connect_to_it(host: str, name: str) -> None:
    """Nobody is accepted yet: all of them wait in the listener's queue."""
    addresses: list[str] = []

    def announce(address: str) -> None:
        addresses.append(address)
        port = int(address.rpartition(":")[2])
        waiting = [socket.create_connection((host, port), timeout=2) for _ in range(300)]
        for connection in waiting:
            connection.close()
        raise Enough

    with pytest.raises(Enough):
        run(Starlette(), host, 0, announce)
    (address,) = addresses
    assert address.startswith(f"http://{name}:") and not address.endswith(":0")


def test_the_gateways_threads_live_as_long_as_it_does(store: Store) -> None:
    def threads() -> dict[str, bool]:
        names = ("committer", "nudger")
        return {thread.name: thread.daemon for thread in threading.enumerate() if thread.name in names}

    with in_thread(create_app(store, secret=SECRET, launch=lambda job, tags: "r1")) as client:
        assert client.get("/healthz").text == "ok"
        assert threads() == {"committer": True, "nudger": True}, "neither keeps a process from ending"
    assert threads() == {}


def test_each_page_of_operations_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_thread(create_app(store, secret=SECRET)) as client:
        ready, health, metrics = (client.get(path) for path in ("/readyz", "/healthz", "/metrics"))
        assert [(one.status_code, one.text) for one in (ready, health)] == [(200, "ok"), (200, "ok")]
        assert metrics.headers["content-type"].startswith("text/plain; version=")
        monkeypatch.setattr(store.nudges, "acquire", lambda *_: 1 / 0)
        ready = client.get("/readyz")
        assert (ready.status_code, ready.text) == (503, "the ledger cannot be written")
    with in_thread(create_app(store, secret=SECRET, status_token="t0ken")) as client:
        refused = client.get("/metrics")
        assert (refused.status_code, refused.text) == (401, "for operators")
        assert refused.headers["www-authenticate"] == "Bearer"
        assert client.get("/metrics", headers={"Authorization": "Bearer"}).status_code == 401


class Webserver:
    """Takes every run it is asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, object]] = []
        self.asked = threading.Event()
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> JSONResponse:
        self.calls.append((request.method, request.url.path, await request.json()))
        self.asked.set()
        return JSONResponse(
            {"data": {"launchRun": {"__typename": "LaunchRunSuccess", "run": {"runId": "r1"}}}}
        )


def test_a_programs_whole_life(tmp_path: Path) -> None:
    """Started on another address with both tokens; a webhook; the run it asks the default webserver for; SIGTERM."""
    webserver = Webserver()
    with in_thread(webserver.app) as dagster:
        process = subprocess.Popen(
            [sys.executable, "-m", "streak_infor_orchestration.gateway"],
            env=environment(
                tmp_path,
                STREAK_WEBHOOK_SECRET=SECRET,
                STREAK_WEBHOOK_TOKEN="hook-t0ken",
                STREAK_INFOR_GATEWAY_STATUS_TOKEN="t0ken",
                STREAK_INFOR_GATEWAY_HOST="::1",
                STREAK_INFOR_GATEWAY_PORT="0",
                STREAK_INFOR_WEBSERVER_PORT=str(dagster.base_url.port),
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout and process.stderr
            announced = process.stdout.readline()
            url = announced.removeprefix("gateway at ").strip()
            assert announced == f"gateway at {url}\n" and url.startswith("http://[::1]:")
            with httpx.Client(base_url=url) as client:
                assert client.get("/metrics").status_code == 401
                assert client.get("/metrics", headers={"Authorization": "Bearer t0ken"}).status_code == 200
                token = {"X-Streak-Webhook-Token": "hook-t0ken"}
                assert client.post(PATH, json=[box("b1")], headers=token).status_code == 200
                assert client.post(PATH, json=[box("b2")]).status_code == 401, "it was seen"
                assert webserver.asked.wait(10)
            process.send_signal(signal.SIGTERM)
            rest, said = process.communicate(timeout=20)
        assert (process.returncode, rest) == (0, "")
    assert webserver.calls[0] == ("POST", "/graphql", request("order_to_cash", TAGS))
    lines = said.splitlines()
    assert any(
        line.split(maxsplit=2)[2].startswith(
            "INFO streak_infor_orchestration.gateway.webhooks: webhook BOX_EDIT"
        )
        for line in lines
    )
    assert "Traceback" not in said and "INFO alembic" not in said
    assert SECRET not in said and "t0ken" not in said
