"""Retries, deadlines, limits and counting of the HTTP client."""

import socket
import time
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from streak_infor_orchestration.domain import errors
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.auth import ApiKey, Basic, Bearer
from streak_infor_orchestration.transport.deadline import within
from streak_infor_orchestration.transport.http import HttpClient, segment
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint, ok, refused_address, talking


def body(answer: Answer) -> Any:
    return answer.body


def failing(status: int, **headers: str) -> Response:
    return JSONResponse({"error": "later"}, status, {k.replace("_", "-"): v for k, v in headers.items()})


class Sleeps(ManualClock):
    """Time that keeps what was slept."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        super().sleep(seconds)


def test_a_read_is_tried_again_until_it_succeeds() -> None:
    endpoint, clock = Endpoint(failing(500), failing(503), ok()), Sleeps()
    with endpoint.served() as url:
        assert HttpClient("t", url, clock=clock).read("GET", "/", decode=body) == {"ok": True}
    assert len(endpoint.seen) == 3
    assert len(clock.slept) == 2


def test_a_read_gives_up_after_a_few_tries_and_raises_the_last_error() -> None:
    endpoint = Endpoint(failing(500))
    with endpoint.served() as url, pytest.raises(errors.Transient):
        HttpClient("t", url, clock=Sleeps(), attempts=4).read("GET", "/", decode=body)
    assert len(endpoint.seen) == 4


def test_unless_told_otherwise_a_read_is_tried_four_times_and_sleeps_for_four_seconds_at_most() -> None:
    endpoint, clock = Endpoint(failing(503, Retry_After="0")), Sleeps()
    with endpoint.served() as url, pytest.raises(errors.Transient):
        HttpClient("t", url, clock=clock).read("GET", "/", decode=body)
    assert (len(endpoint.seen), len(clock.slept)) == (4, 3)
    endpoint, clock = Endpoint(failing(503, Retry_After="4"), failing(503, Retry_After="1")), Sleeps()
    with endpoint.served() as url, pytest.raises(errors.Transient):
        HttpClient("t", url, clock=clock).read("GET", "/", decode=body)
    assert (len(endpoint.seen), clock.slept) == (2, [4.0])


@pytest.mark.parametrize("status", [408, 500, 503])
def test_a_write_in_doubt_is_sent_once(status: int) -> None:
    endpoint = Endpoint(failing(status), ok())
    with endpoint.served() as url, pytest.raises(errors.Unknown):
        HttpClient("t", url, clock=Sleeps()).write("POST", "/", decode=body)
    assert len(endpoint.seen) == 1


def test_a_write_told_429_waits_as_told_and_is_sent_again() -> None:
    endpoint, clock = Endpoint(failing(429, Retry_After="3"), ok()), Sleeps()
    with endpoint.served() as url:
        assert HttpClient("t", url, clock=clock).write("POST", "/", json={"n": 1}, decode=body) == {
            "ok": True
        }
    assert clock.slept == [3.0]
    assert [request[3] for request in endpoint.seen] == [b'{"n":1}'] * 2


def test_retry_after_may_be_a_date() -> None:
    clock = Sleeps()
    date = format_datetime(clock.now() + timedelta(seconds=2), usegmt=True)
    with Endpoint(failing(429, Retry_After=date), ok()).served() as url:
        HttpClient("t", url, clock=clock).read("GET", "/", decode=body)
    assert 1.0 <= clock.slept[0] <= 2.0


def test_429_without_a_time_backs_off_by_itself() -> None:
    clock = Sleeps()
    with Endpoint(failing(429), failing(429), ok()).served() as url:
        HttpClient("t", url, clock=clock).read("GET", "/", decode=body)
    assert len(clock.slept) == 2
    assert all(slept <= 2 for slept in clock.slept)


@pytest.mark.parametrize("seconds", [5, 60])
def test_a_wait_longer_than_our_patience_goes_to_the_caller(seconds: int) -> None:
    endpoint, clock = Endpoint(failing(429, Retry_After=str(seconds))), Sleeps()
    with endpoint.served() as url, pytest.raises(errors.Transient) as caught:
        HttpClient("t", url, clock=clock, patience=4).write("POST", "/", decode=body)
    assert caught.value.retry_after == seconds
    assert clock.slept == []
    assert len(endpoint.seen) == 1


def test_a_write_is_tried_again_where_no_connection_was_made() -> None:
    clock = Sleeps()
    with pytest.raises(errors.Unavailable):
        HttpClient("t", refused_address(), clock=clock, attempts=3).write("POST", "/", decode=body)
    assert len(clock.slept) == 2


def slowly(connection: socket.socket, head: bytes) -> None:
    connection.sendall(head)
    while True:
        time.sleep(0.05)
        connection.sendall(b" ")


@pytest.mark.parametrize(
    "head",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"],
    ids=["status line", "headers", "body"],
)
def test_the_deadline_is_total_even_for_an_endpoint_that_dribbles(head: bytes) -> None:
    with talking(lambda connection: slowly(connection, head)) as url:
        http = HttpClient("t", url, timeout=0.3)
        started = time.monotonic()
        with pytest.raises(errors.Transient):
            http.read("GET", "/", decode=body)
        with pytest.raises(errors.Unknown):
            http.write("POST", "/", decode=body)
        assert time.monotonic() - started < 5


def test_the_callers_deadline_shortens_the_clients() -> None:
    with talking(lambda connection: time.sleep(20)) as url, within(0.2):
        started = time.monotonic()
        with pytest.raises(errors.Unknown):
            HttpClient("t", url).write("POST", "/", decode=body)
        assert time.monotonic() - started < 5


def test_nothing_leaves_after_the_deadline() -> None:
    endpoint = Endpoint(ok())
    with endpoint.served() as url, within(-1), pytest.raises(errors.Transient) as caught:
        HttpClient("t", url).write("POST", "/", decode=body)
    assert caught.value.code == "too_late"
    assert endpoint.seen == []


def test_an_answer_larger_than_allowed_is_not_read_to_its_end() -> None:
    sent = 0

    def flood(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while sent < 200_000_000:
            sent += connection.send(b" " * 65536)

    with talking(flood) as url, pytest.raises(errors.Unknown) as caught:
        HttpClient("t", url, max_bytes=1_000_000).write("POST", "/", decode=body)
    assert caught.value.code == "too_large"
    assert sent < 100_000_000


def test_a_redirect_is_not_followed_so_no_credential_leaves_its_host() -> None:
    elsewhere = Endpoint(ok())
    with elsewhere.served() as other, Endpoint(RedirectResponse(f"{other}/steal")).served() as url:
        with pytest.raises(errors.Transient):
            HttpClient("t", url, auth=Bearer("s3cret"), attempts=1).read("GET", "/", decode=body)
    assert elsewhere.seen == []


def test_a_path_cannot_name_another_host() -> None:
    with pytest.raises(ValueError, match="slash"):
        HttpClient("t", "https://api.example").read("GET", "@evil.example/", decode=body)


@pytest.mark.parametrize("key", ["", ".", ".."])
def test_a_key_that_would_address_something_else_is_refused(key: str) -> None:
    with pytest.raises(errors.Rejected):
        segment(key)


def test_a_key_is_one_segment() -> None:
    assert segment("a/b?c#d") == "a%2Fb%3Fc%23d"


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        (Basic("key"), "authorization", "Basic a2V5Og=="),
        (Bearer("token-1"), "authorization", "Bearer token-1"),
        (ApiKey("key-1"), "x-api-key", "key-1"),
    ],
)
def test_credentials_are_sent_and_never_shown(auth: Any, header: str, value: str) -> None:
    endpoint = Endpoint(ok())
    with endpoint.served() as url:
        HttpClient("t", url, auth=auth).read("GET", "/", decode=body)
    assert endpoint.seen[0][2][header] == value
    assert value not in repr(auth)


def test_the_requests_that_left_are_counted() -> None:
    with Endpoint(failing(500), ok()).served() as url:
        http = HttpClient("t", url, clock=Sleeps())
        http.read("GET", "/", decode=body)
        http.write("POST", "/", decode=body)
    assert http.calls == {("GET", "500"): 1, ("GET", "200"): 1, ("POST", "200"): 1}


def test_a_connection_is_kept_for_the_next_call() -> None:
    ports = set()

    def note(request: Request) -> Response:
        assert request.client
        ports.add(request.client.port)
        return ok()

    with Endpoint(note).served() as url:
        http = HttpClient("t", url)
        for _ in range(5):
            http.read("GET", "/", decode=body)
    assert len(ports) == 1


def test_amounts_in_json_never_become_floats() -> None:
    with Endpoint(Response('{"a": 0.10}', media_type="application/json")).served() as url:
        assert str(HttpClient("t", url).read("GET", "/", decode=body)["a"]) == "0.10"


def test_a_proxy_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with talking(answer, heard=asked) as proxy, Endpoint(ok()).served() as here:
        monkeypatch.setenv("http_proxy", proxy.replace("http://", "http://user:pass@"))
        monkeypatch.setenv("no_proxy", "streak.example")
        HttpClient("t", "http://erp.example").read("GET", "/orders", decode=body)
        HttpClient("t", here).read("GET", "/", decode=body)
        with pytest.raises(errors.Unavailable):
            HttpClient("t", "http://streak.example", timeout=0.5, attempts=1).read("GET", "/", decode=body)
    assert len(asked) == 1
    assert asked[0].startswith(b"GET http://erp.example/orders HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic dXNlcjpwYXNz" in asked[0]


def test_a_proxy_that_refuses_is_certainly_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", refused_address())
    with pytest.raises(errors.Unavailable):
        HttpClient("t", "https://erp.example", attempts=1).write("POST", "/", decode=body)


def test_credentials_of_somebodys_netrc_are_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login root password toor")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    endpoint = Endpoint(ok())
    with endpoint.served() as url:
        HttpClient("t", url).read("GET", "/", decode=body)
    assert "authorization" not in endpoint.seen[0][2]


def test_no_try_begins_that_the_deadline_would_cut_short() -> None:
    endpoint, clock = Endpoint(failing(503, Retry_After="3")), Sleeps()
    with endpoint.served() as url, pytest.raises(errors.Unavailable):
        HttpClient("t", url, clock=clock, timeout=2).read("GET", "/", decode=body)
    assert clock.slept == []
    assert len(endpoint.seen) == 1
