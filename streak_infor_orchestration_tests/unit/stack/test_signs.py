"""What is taken for a sign of life, of real servers and files."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import grpc
import pytest

from streak_infor_orchestration.stack import signs
from streak_infor_orchestration.stack.ports import LOOPBACK
from streak_infor_orchestration.stack.signs import FRESH, accepts, answers, beats, greets, is_touched, lives


@pytest.fixture
def mute() -> Iterator[int]:
    """A port where connections are accepted and nothing is ever said: what a stopped process looks like."""
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def test_a_grpc_server_greets() -> None:
    server = grpc.server(ThreadPoolExecutor(1))
    port = server.add_insecure_port(f"{LOOPBACK}:0")
    server.start()
    assert greets(port) and accepts(port)
    server.stop(None).wait()
    assert not greets(port) and not accepts(port)


def test_who_only_accepts_shows_no_sign_of_life(mute: int) -> None:
    assert accepts(mute)
    assert not greets(mute, 0.1)
    assert not answers(f"http://{LOOPBACK}:{mute}/", 0.1)
    assert not lives(f"http://{LOOPBACK}:{mute}/", 0.1)


@pytest.mark.parametrize(
    ("status", "well", "alive"), [(200, True, True), (404, True, True), (503, False, True)]
)
def test_who_says_that_it_is_busy_lives(status: int, well: bool, alive: bool) -> None:
    with socket.create_server((LOOPBACK, 0)) as server, ThreadPoolExecutor(1) as pool:
        url = f"http://{LOOPBACK}:{server.getsockname()[1]}/healthz"

        def answer() -> bytes:
            connection, _ = server.accept()
            with connection:
                asked = connection.recv(65536)
                connection.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
            return asked

        for ask, expected in ((answers, well), (lives, alive)):
            answering = pool.submit(answer)
            assert ask(url, 5.0) == expected
            assert answering.result(5).startswith(b"GET /healthz HTTP/1.1\r\n")
    assert not answers(url) and not lives(url), "nobody is there any more"


def test_a_file_is_touched_for_a_while(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    assert not is_touched(sign)
    sign.touch()
    assert is_touched(sign)
    os.utime(sign, (time.time() - FRESH - 1,) * 2)
    assert not is_touched(sign)


def test_five_seconds_are_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "sign"
    sign.touch()
    os.utime(sign, (1000.0, 1000.0))
    for now, touched in ((1004.9, True), (1005.0, False)):
        monkeypatch.setattr(signs, "time", SimpleNamespace(time=lambda now=now: now))
        assert is_touched(sign) is touched


@pytest.mark.parametrize(("heard", "beating"), [(910.5, True), (910.0, False), (909.5, False)])
def test_a_daemon_may_be_silent_for_ninety_seconds(
    webserver: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch, heard: float, beating: bool
) -> None:
    url, bodies = webserver
    told = {"instance": {"daemonHealth": {"allDaemonStatuses": [{"lastHeartbeatTime": heard}]}}}
    bodies.append(json.dumps({"data": told}).encode())
    monkeypatch.setattr(signs, "time", SimpleNamespace(time=lambda: 1000.0))
    assert beats(url, 5.0) is beating


def test_a_socket_in_a_folder_that_nobody_listens_on(tmp_path: Path) -> None:
    assert not accepts(tmp_path / "x") and not greets(tmp_path / "x")


@pytest.fixture
def webserver() -> Iterator[tuple[str, list[bytes]]]:
    """Answers each question with the next of the given bodies, as Dagster's webserver would."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            well = self.path == "/graphql" and self.headers["Content-Type"] == "application/json"
            assert well and b"lastHeartbeatTime" in asked
            body = bodies.pop()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{LOOPBACK}:{server.server_port}", bodies
        server.shutdown()


def heartbeats(*ages: float | None) -> bytes:
    """What the webserver says now of parts that were heard so many seconds ago."""
    told = [{"lastHeartbeatTime": None if age is None else time.time() - age} for age in ages]
    return json.dumps({"data": {"instance": {"daemonHealth": {"allDaemonStatuses": told}}}}).encode()


@pytest.mark.parametrize(
    ("told", "beating"),
    [
        ((10.0,), True),
        ((1000.0, 80.0, None), True),
        ((100.0, 1000.0), False),
        ((None, None), False),
        ((), False),
        (b"no JSON", True),
        (b'{"data": null}', True),
        (b"[]", True),
    ],
    ids=["fresh", "one is enough", "all are old", "none yet", "no daemon", "no JSON", "no data", "other"],
)
def test_a_daemon_beats_while_any_part_of_it_does(
    webserver: tuple[str, list[bytes]], told: tuple[float | None, ...] | bytes, beating: bool
) -> None:
    """And while the webserver cannot say: that is not the daemon's fault."""
    url, bodies = webserver
    bodies.append(told if isinstance(told, bytes) else heartbeats(*told))
    assert beats(url, 5.0) == beating


def test_no_webserver_is_not_the_daemons_fault(mute: int) -> None:
    assert beats(f"http://{LOOPBACK}:{mute}", 0.1)
