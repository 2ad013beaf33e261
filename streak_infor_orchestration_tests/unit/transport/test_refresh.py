"""Tokens that end are renewed by their refresh token; credentials that are good are not taken for bad ones."""

from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.infor.ion import IonOAuth
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.oauth import OAuth
from streak_infor_orchestration_tests.unit.transport.endpoint import Endpoint
from streak_infor_orchestration_tests.unit.transport.test_oauth import Login, ask, client, write


def grants(login: Login) -> list[str]:
    return [form["grant_type"][0] for form in login.logins]


def test_a_token_that_ends_is_renewed_by_its_refresh_token_which_stays_good() -> None:
    login, clock = Login(expires_in=7200, refresh_token="R~1"), ManualClock()
    with login.endpoint.served() as url:
        http, _ = client(url, clock, username="T#account", password="secret")
        ask(http)
        del login.token["refresh_token"]
        for _ in range(2):
            clock.advance(7200)
            ask(http)
    assert grants(login) == ["password", "refresh_token", "refresh_token"]
    assert [form.get("refresh_token") for form in login.logins[1:]] == [["R~1"], ["R~1"]]


def test_a_refused_token_is_not_refreshed_but_logged_in_anew() -> None:
    login = Login(expires_in=7200, refresh_token="R~1")
    with login.endpoint.served() as url:
        http, _ = client(url, username="T#account", password="secret")
        ask(http)
        login.issued.clear()
        assert ask(http) == {"ok": True}
    assert grants(login) == ["password", "password"]


class Forgetful(Login):
    """No refresh token is known any more."""

    def answer(self, request: Request) -> Response:
        if b"grant_type=refresh_token" in self.endpoint.seen[-1][3]:
            self.logins.append({"grant_type": ["refresh_token"]})
            return JSONResponse({"error": "invalid_grant"}, 400)
        return super().answer(request)


def test_a_refresh_token_that_ended_costs_one_call_and_the_password_is_used() -> None:
    login, clock = Forgetful(expires_in=7200, refresh_token="R~1"), ManualClock()
    with login.endpoint.served() as url:
        http, _ = client(url, clock, username="T#account", password="secret")
        ask(http)
        clock.advance(7200)
        assert ask(http) == {"ok": True}
    assert grants(login) == ["password", "refresh_token", "password"]


STUMBLES = [
    "OAuth [U14]: unknown oauth_consumer_key",
    "Something went wrong validating OAuth 1.0a credentials.",
]


def through_the_gateway(url: str, kind: type[OAuth], **options: Any) -> tuple[HttpClient, OAuth]:
    clock = ManualClock()
    auth = kind(f"{url}/as/token", "T~client", "s3cret", clock=clock)
    return HttpClient("erp", url, auth=auth, clock=clock, timeout=5, **options), auth


@pytest.mark.parametrize("said", STUMBLES)
@pytest.mark.parametrize("call", [ask, write])
def test_the_gateway_s_stumbles_are_tried_again_by_the_same_token(said: str, call: Any) -> None:
    token = JSONResponse({"access_token": "t", "token_type": "Bearer", "expires_in": 7200})
    script = [
        token,
        PlainTextResponse(said, 401),
        JSONResponse({"error": said}, 401),
        JSONResponse({"ok": True}),
    ]
    endpoint = Endpoint(*script)
    with endpoint.served() as url:
        http, auth = through_the_gateway(url, IonOAuth)
        assert call(http) == {"ok": True}
    assert auth.logins == 1
    assert http.calls.total() == 3


def test_one_that_goes_on_stumbling_has_certainly_not_done_it() -> None:
    token = JSONResponse({"access_token": "t", "token_type": "Bearer", "expires_in": 7200})
    endpoint = Endpoint(token, PlainTextResponse(STUMBLES[0], 401))
    with endpoint.served() as url:
        http, auth = through_the_gateway(url, IonOAuth, attempts=3)
        with pytest.raises(Transient, match="good credentials"):
            write(http)
    assert auth.logins == 1
