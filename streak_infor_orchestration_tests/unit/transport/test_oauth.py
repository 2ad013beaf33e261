"""Tokens: one login at a time, in time, and again when refused."""

import base64
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Transient, Unauthorized, Unavailable
from streak_infor_orchestration.transport.deadline import within
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint, refused_address, talking


class Login:
    """A token endpoint that counts, and an API that knows the tokens it gave until it forgets them."""

    def __init__(self, **token: Any) -> None:
        self.token = token
        self.issued: set[str] = set()
        self.logins: list[dict[str, list[str]]] = []
        self.headers: list[str] = []
        self._lock = threading.Lock()
        self.endpoint = Endpoint(self.answer)

    def answer(self, request: Request) -> Response:
        if request.path_params["path"] == "/as/token":
            with self._lock:
                form = parse_qs(self.endpoint.seen[-1][3].decode())
                self.logins.append(form)
                self.headers.append(request.headers["authorization"])
                value = f"token-{len(self.logins)}"
                self.issued.add(value)
            return JSONResponse({"access_token": value, "token_type": "Bearer", **self.token})
        allowed = request.headers.get("authorization", "").removeprefix("Bearer ") in self.issued
        return JSONResponse({"ok": allowed}, 200 if allowed else 401)


def ask(http: HttpClient) -> Any:
    return http.read("GET", "/thing", decode=lambda answer: answer.body)


def write(http: HttpClient) -> Any:
    return http.write("POST", "/thing", decode=lambda answer: answer.body)


def client(url: str, clock: ManualClock | None = None, **options: Any) -> tuple[HttpClient, OAuth]:
    clock = clock or ManualClock()
    auth = OAuth(f"{url}/as/token", "T~client", "s3cret", **{"clock": clock, **options})
    return HttpClient("erp", url, auth=auth, clock=clock, timeout=5), auth


def test_client_credentials_name_the_client_by_basic() -> None:
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, _ = client(url, scope="a b")
        assert ask(http) == {"ok": True}
    assert login.logins == [{"grant_type": ["client_credentials"], "scope": ["a b"]}]
    assert base64.b64decode(login.headers[0].removeprefix("Basic ")) == b"T~client:s3cret"


def test_a_service_account_logs_in_with_the_password_grant_encoded() -> None:
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, _ = client(url, username="T#ab+c", password="p&=ü")
        ask(http)
    assert login.logins == [{"grant_type": ["password"], "username": ["T#ab+c"], "password": ["p&=ü"]}]


def test_the_bytes_of_a_login_are_those_of_a_form() -> None:
    """Unencoded, what follows the `#` of a service account's key would be lost without a word (Infor API contract A.2
    and its Appendix 2)."""
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, _ = client(url, username="ACME_TST#KEY", password="SECRET", scope="a b")
        ask(http)
    body = login.endpoint.seen[0][3]
    assert body == b"grant_type=password&username=ACME_TST%23KEY&password=SECRET&scope=a+b"


def test_a_token_is_used_until_a_minute_before_its_end() -> None:
    login, clock = Login(expires_in=7200), ManualClock()
    with login.endpoint.served() as url:
        http, auth = client(url, clock)
        for seconds, logins in ((0, 1), (7139, 1), (1, 2), (7139, 2)):
            clock.advance(seconds)
            ask(http)
            assert auth.logins == logins


@pytest.mark.parametrize(("life", "used"), [(30, 22.5), (60, 45), (239, 179.25)])
def test_a_short_lived_token_is_used_for_most_of_its_life(life: int, used: float) -> None:
    login, clock = Login(expires_in=life), ManualClock()
    with login.endpoint.served() as url:
        http, auth = client(url, clock)
        ask(http)
        clock.advance(used - 0.5)
        ask(http)
        assert auth.logins == 1
        clock.advance(1)
        ask(http)
        assert auth.logins == 2


def test_a_token_without_an_end_is_used_until_it_is_refused() -> None:
    login, clock = Login(), ManualClock()
    with login.endpoint.served() as url:
        http, auth = client(url, clock)
        ask(http)
        clock.advance(10**7)
        ask(http)
        assert auth.logins == 1
        login.issued.clear()
        ask(http)
        assert auth.logins == 2


def test_eight_threads_log_in_once_and_after_a_refusal_once_more() -> None:
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, auth = client(url)
        with ThreadPoolExecutor(8) as pool:
            assert all(answer["ok"] for answer in pool.map(ask, [http] * 40))
            assert auth.logins == 1
            login.issued.clear()  # expired on their side, whatever was promised
            assert all(answer["ok"] for answer in pool.map(write, [http] * 40))
    assert auth.logins == len(login.logins) == 2


def test_a_refused_write_is_sent_again_once_after_a_new_login() -> None:
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, _ = client(url)
        ask(http)
        login.issued.clear()
        assert write(http) == {"ok": True}
    assert http.calls == {("GET", "200"): 1, ("POST", "401"): 1, ("POST", "200"): 1}


def test_a_second_refusal_is_final() -> None:
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, auth = client(url)
        login.issued = _Forgetful()
        with pytest.raises(Unauthorized):
            write(http)
    assert auth.logins == 2
    assert http.calls == {("POST", "401"): 2}


class _Forgetful(set[str]):
    def __contains__(self, _: object) -> bool:
        return False


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"error": "invalid_grant", "error_description": "no such account"}, "unknown_account"),
        (401, {"error": "invalid_client"}, "unknown_client"),
        (200, {"error": "invalid_scope"}, "unknown_scope"),
        (400, {"error": "unauthorized_client"}, "no_service_account"),
        (400, {"error": "unsupported_grant_type"}, "no_service_account"),
        (400, {"error": "invalid_request"}, "invalid_request"),
        (404, {"error": "no such tenant"}, "no_login_here"),
    ],
)
def test_a_refused_login_is_an_administrators_errand(status: int, body: dict[str, str], code: str) -> None:
    with Endpoint(JSONResponse(body, status)).served() as url:
        for act in (ask, write):
            http, _ = client(url)
            with pytest.raises(Unauthorized) as caught:
                act(http)
            assert "s3cret" not in str(caught.value) and caught.value.code == code
            assert http.calls == {}


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"error": "later"}, 503),
        Response("<html>", media_type="text/html"),
        JSONResponse({"token_type": "Bearer"}),
        JSONResponse({"access_token": "t", "token_type": "Bearer", "expires_in": "soon"}),
    ],
)
def test_a_login_that_fails_leaves_a_write_certainly_not_done(answer: Response) -> None:
    with Endpoint(answer).served() as url:
        http, _ = client(url)
        with pytest.raises(Transient):
            write(http)
    assert http.calls == {}


def test_a_login_nobody_answers_is_the_system_being_down() -> None:
    http, _ = client(refused_address())
    with pytest.raises(Unavailable):
        write(http)


def test_the_token_endpoint_gets_no_token_and_the_api_no_secret() -> None:
    login = Login(expires_in=7200)
    with login.endpoint.served() as url:
        http, auth = client(url)
        ask(http)
    for _, path, headers, _ in login.endpoint.seen:
        assert headers["authorization"].startswith("Basic" if path == "/as/token" else "Bearer")
    assert "s3cret" not in repr(auth)


def test_whoever_waits_for_anothers_login_keeps_its_own_deadline() -> None:
    hanging, done = threading.Event(), threading.Event()

    def hang(connection: socket.socket) -> None:
        hanging.set()
        done.wait(20)

    with talking(hang) as url, ThreadPoolExecutor(1) as pool:
        http, _ = client(url)
        first = pool.submit(ask, http)
        hanging.wait(20)
        with within(0.1), pytest.raises(Transient) as caught:
            write(http)
        assert caught.value.code == "busy"
        done.set()
        with pytest.raises(Transient):
            first.result()
    assert http.calls == {}
