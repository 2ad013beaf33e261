"""Connections held open for nothing, over real sockets: half heads, half bodies, silence, too many of them."""

import asyncio
import json
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.connections import RequestLimits
from streak_infor_orchestration.gateway.serve import CONNECTIONS
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.load import box, request
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread

HALF_HEAD = f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Le".encode()
HALF_BODY = f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n[".encode()
REFUSED_HALF = HALF_BODY.replace(SECRET.encode(), b"wrong")
PATIENT = RequestLimits(head_seconds=60, body_seconds=60)


@pytest.fixture
def store(store_on_sqlite: Store) -> Store:
    return store_on_sqlite


@contextmanager
def gateway(store: Store, limits: RequestLimits) -> Iterator[httpx.Client]:
    with in_thread(create_app(store, secret=SECRET), limits) as client:
        yield client


def connected(client: httpx.Client, content: bytes = b"") -> socket.socket:
    connection = socket.create_connection((client.base_url.host, client.base_url.port), timeout=20)
    connection.sendall(content)
    return connection


def ended(connection: socket.socket) -> bool:
    """Whether the server has hung up; what it said before is read."""
    connection.setblocking(False)
    try:
        while connection.recv(65536):
            pass
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    return True


def hangs_up(connection: socket.socket) -> float:
    """After how many seconds the server does."""
    began = time.monotonic()
    connection.settimeout(20)
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        pass
    return time.monotonic() - began


@pytest.mark.parametrize("content", [HALF_HEAD, HALF_BODY, REFUSED_HALF, b"", b"\r\n"], ids=str)
def test_more_than_a_thousand_held_connections_are_in_nobodys_way(store: Store, content: bytes) -> None:
    """What made the gateway answer 503 to everybody, its supervisor included."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # ours; the server is in the same process
    held: list[socket.socket] = []
    with gateway(store, PATIENT) as client:
        try:
            for number in range(CONNECTIONS + 50):
                held.append(connected(client, content))
                if number % 50 == 0:  # half of what may stand before an idle one, read late or not
                    assert client.post(PATH, json=[box(f"b{number}")]).status_code == 200
            assert client.get("/healthz").status_code == 200
            with httpx.Client(base_url=client.base_url) as newcomer:
                assert newcomer.post(PATH, json=[box("last")]).status_code == 200
            assert sum(not ended(connection) for connection in held) <= PATIENT.of_one
            assert not ended(held[-1]), "the one that has waited longest goes first"
        finally:
            for connection in held:
                connection.close()
    assert store.inbox.pending("deal", "last") and store.inbox.pending("deal", "b1000")


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"", RequestLimits(head_seconds=0.3, body_seconds=60)),
        (b"\r\n", RequestLimits(head_seconds=0.3, body_seconds=60)),
        (HALF_HEAD, RequestLimits(head_seconds=0.3, body_seconds=60)),
        (HALF_BODY, RequestLimits(head_seconds=60, body_seconds=0.3)),
        (REFUSED_HALF, RequestLimits(head_seconds=60, body_seconds=0.3)),
    ],
    ids=str,
)
def test_a_request_that_does_not_arrive_in_time_is_given_up(
    store: Store, content: bytes, limits: RequestLimits
) -> None:
    with gateway(store, limits) as client, connected(client, content) as connection:
        assert 0.2 < hangs_up(connection) < 5
        assert client.post(PATH, json=[box("b1")]).status_code == 200


@pytest.mark.parametrize(
    ("beginning", "drip"),
    [
        (b"GET /healthz HTTP/1.1\r\n", b"a: b\r\n"),
        (b"", b"\r\n"),
        (f"POST {PATH} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".encode(), b"1\r\nx\r\n"),
    ],
    ids=["head", "nothing", "body"],
)
def test_a_drip_does_not_prolong_it(store: Store, beginning: bytes, drip: bytes) -> None:
    with (
        gateway(store, RequestLimits(head_seconds=0.5, body_seconds=0.5)) as client,
        connected(client, beginning) as connection,
    ):
        began = time.monotonic()
        with pytest.raises(OSError, match=r"reset|[Bb]roken"):
            while time.monotonic() - began < 10:
                connection.sendall(drip)
                time.sleep(0.05)
        assert time.monotonic() - began > 0.3


def test_a_second_request_is_held_to_the_same(store: Store) -> None:
    with gateway(store, RequestLimits(head_seconds=0.5)) as client:
        for rest in (HALF_HEAD, b"\r\n"):
            with connected(client, request(PATH, [box("b1")])) as connection:
                assert b"200 OK" in connection.recv(65536)
                time.sleep(0.7)
                assert not ended(connection), "between two requests it may rest for longer"
                connection.setblocking(True)
                connection.sendall(rest)
                assert 0.3 < hangs_up(connection) < 5


def test_a_head_is_not_endless(store: Store) -> None:
    with gateway(store, PATIENT) as client, connected(client, b"GET /healthz HTTP/1.1\r\n") as connection:
        with pytest.raises(OSError, match=r"reset|[Bb]roken"):
            for _ in range(1000):
                connection.sendall(b"a: " + b"b" * 4000 + b"\r\n")
                time.sleep(0.001)
        assert client.get("/healthz", headers={"a": "b" * 20_000}).status_code == 200


def test_a_large_body_is_no_head(store: Store) -> None:
    with gateway(store, PATIENT) as client:
        many = [box(f"b{number}") for number in range(400)]
        for _ in range(2):
            assert client.post(PATH, json=many).text == "stored"


def test_bodies_that_come_slowly_but_in_time_are_taken(store: Store) -> None:
    whole = request(PATH, [box("slow")])
    with (
        gateway(store, RequestLimits(head_seconds=2, body_seconds=10)) as client,
        connected(client) as connection,
    ):
        for start in range(0, len(whole), 200):
            connection.sendall(whole[start : start + 200])
            time.sleep(0.02)
        assert b"200 OK" in connection.recv(65536)
    assert store.inbox.pending("deal", "slow")


def test_one_clients_crowd_does_not_drop_anothers(store: Store) -> None:
    limits = RequestLimits(head_seconds=60, body_seconds=60, of_one=5, in_all=100)
    with gateway(store, limits) as client:
        other = socket.create_connection(
            (client.base_url.host, client.base_url.port), source_address=("127.0.0.2", 0), timeout=20
        )
        other.sendall(HALF_HEAD)
        crowd = [connected(client, HALF_HEAD) for _ in range(20)]
        assert client.get("/healthz").status_code == 200
        assert not ended(other)
        assert sum(not ended(connection) for connection in crowd) < 5
        for connection in (other, *crowd):
            connection.close()


def test_in_all_there_is_no_more_room_than_that(store: Store) -> None:
    limits = RequestLimits(head_seconds=60, body_seconds=60, of_one=5, in_all=12)
    with gateway(store, limits) as client:
        address = (client.base_url.host, client.base_url.port)
        crowd = []
        for host in range(2, 12):
            for _ in range(3):
                crowd.append(
                    socket.create_connection(address, source_address=(f"127.0.0.{host}", 0), timeout=20)
                )
                crowd[-1].sendall(HALF_HEAD)
        assert client.get("/healthz").status_code == 200
        open_ones = [connection for connection in crowd if not ended(connection)]
        assert 8 <= len(open_ones) <= 12 and open_ones == crowd[-len(open_ones) :]
        for connection in crowd:
            connection.close()


def test_requests_that_have_arrived_are_answered_however_many_others_are_dropped(store: Store) -> None:
    limits = RequestLimits(head_seconds=60, body_seconds=60, of_one=10, in_all=10)
    with gateway(store, limits) as client:
        url = str(client.base_url.join(PATH))

        async def post(number: int) -> int:
            async with httpx.AsyncClient(timeout=30) as own:
                return (await own.post(url, content=json.dumps([box(f"b{number}")]))).status_code

        async def all_at_once() -> list[int]:
            return await asyncio.gather(*(post(number) for number in range(8)))

        for _ in range(5):
            assert asyncio.run(all_at_once()) == [200] * 8
            crowd = [connected(client, HALF_BODY) for _ in range(10)]
            assert httpx.post(url, json=[box("x")], timeout=30).status_code == 200
            for connection in crowd:
                connection.close()


def test_pipelined_requests_are_answered_in_their_order(store: Store) -> None:
    two = request(PATH, [box("b1")]) + b"GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    with gateway(store, RequestLimits(head_seconds=1)) as client, connected(client, two) as connection:
        said = b""
        while part := connection.recv(65536):
            said += part
    assert said.index(b"200 OK") < said.index(b"404 Not Found")


def test_a_request_behind_another_one_is_not_dropped_while_it_is_answered() -> None:
    """Who sent both at once owes nothing when the first is answered, and makes room for nobody."""
    begun, going_on = threading.Event(), threading.Event()

    async def quick(_: Request) -> Response:
        return PlainTextResponse("quick")

    def slow(_: Request) -> Response:
        begun.set()
        going_on.wait(20)
        return PlainTextResponse("slow")

    both = b"".join(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in ("quick", "slow"))
    app = Starlette(routes=[Route("/quick", quick), Route("/slow", slow)])
    with in_thread(app, RequestLimits(head_seconds=60, body_seconds=60, of_one=1)) as client:
        first = connected(client, both)
        assert begun.wait(20)
        second = connected(client)
        time.sleep(0.2)
        going_on.set()
        read = b""
        first.settimeout(20)
        while not read.endswith(b"slow"):
            more = first.recv(65536)
            assert more, read
            read += more
        assert b"quick" in read
        for connection in (first, second):
            connection.close()
