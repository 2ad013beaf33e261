"""What is taken for a sign of life, of real servers and files."""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest

from streak_infor_orchestration.stack.ports import LOOPBACK
from streak_infor_orchestration.stack.signs import FRESH, accepts, answers, greets, is_touched, lives


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
