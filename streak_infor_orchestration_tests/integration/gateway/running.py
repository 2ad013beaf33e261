"""The application behind real HTTP: in a thread of the test, or in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from starlette.types import ASGIApp

from streak_infor_orchestration.gateway.connections import RequestLimits
from streak_infor_orchestration.gateway.serve import server

SECRET = "s3cret-in-the-url"
PATH = f"/webhooks/streak/BOX_EDIT/{SECRET}"
START_SECONDS = 20.0


@contextmanager
def in_thread(app: ASGIApp, limits: RequestLimits | None = None) -> Iterator[httpx.Client]:
    """A client of the running application."""
    running = server(app, limits)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not running.started:
            assert thread.is_alive() and time.monotonic() < deadline
            time.sleep(0.002)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=30) as client:
                yield client
        finally:
            running.should_exit = True
            thread.join(START_SECONDS)
            assert not thread.is_alive()


@contextmanager
def in_process(*module: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`python -m module…` and the port it announces; killed at the end."""
    command = [sys.executable, "-m", *module]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    with process:
        try:
            assert process.stdout
            yield process, int(process.stdout.readline().rpartition(":")[2])
        finally:
            process.send_signal(signal.SIGKILL)


@contextmanager
def gateway_process(
    state_dir: Path, database_url: str | None = None, **environment: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The gateway as it is installed. Nobody listens where it nudges."""
    with in_process(
        "streak_infor_orchestration.gateway",
        STREAK_INFOR_STATE_DIR=str(state_dir),
        STREAK_INFOR_DATABASE_URL=database_url or "",
        STREAK_INFOR_GATEWAY_PORT="0",
        STREAK_INFOR_WEBSERVER_URL="http://127.0.0.1:9",
        STREAK_WEBHOOK_SECRET=SECRET,
        **environment,
    ) as started:
        yield started
