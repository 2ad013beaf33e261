"""OAuth 2.0 tokens for machines: client credentials, and Infor's password grant with a service account."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from oauthlib.oauth2 import BackendApplicationClient, LegacyApplicationClient, OAuth2Error
from oauthlib.oauth2.rfc6749.errors import MissingTokenError

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured, Rejected, Unauthorized
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.auth import basic
from streak_infor_orchestration.transport.deadline import holding
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.token import Token, TokenAuth


class OAuth(TokenAuth):
    """With a `username` the grant is `password`, else `client_credentials`; the client names itself by HTTP Basic
    (Infor API facts §A.2; Infor façade contract, Transport and authentication). A token that ends is renewed by its
    refresh token, where one was issued; one that was refused never is. Where there is a `revoke_url`, `close` gives the
    token back.
    """

    def __init__(
        self,
        token_url: str,
        client_id: str,
        client_secret: str,
        *,
        username: str = "",
        password: str = "",
        scope: str = "",
        revoke_url: str = "",
        system: str = "login",
        clock: Clock | None = None,
        verify: bool | str = True,
    ) -> None:
        super().__init__(system, clock)
        self._client_id = client_id
        self._client_secret = client_secret
        self._username = username
        self._password = password
        self._scope = scope or None
        self._refresh_token = ""
        self._http, self._path = endpoint(token_url, system, self._clock, verify)
        self._revocation = endpoint(revoke_url, system, self._clock, verify) if revoke_url else None

    def close(self) -> None:
        """A token that nobody gives back ends by itself: whatever goes wrong here is not told."""
        with holding(self._lock, self._http.system), suppress(IntegrationError):
            if self._revocation is not None and self._token:
                http, path = self._revocation
                body = urlencode({"token": self._token, "token_type_hint": "access_token"})
                self._token = ""
                http.write("POST", path, content=body, headers=self._as_client(), decode=lambda _answer: None)

    def _log_in(self, *, refused: bool) -> Token:
        refresh_token, self._refresh_token = self._refresh_token, ""
        if refresh_token and not refused:
            with suppress(Unauthorized):  # it ends, too, and a new one is had for the password
                return self._ask(self._refresh_body(refresh_token), refresh_token)
        return self._ask(self._request_body())

    def _ask(self, body: str, refresh_token: str = "") -> Token:
        """`refresh_token`: the one that stays good unless the answer brings another."""
        try:
            given = self._http.read(
                "POST", self._path, content=body, headers=self._as_client(), decode=self._parse
            )
        except (Rejected, Misconfigured) as error:  # 400 invalid_grant, 404…: nothing that time cures
            raise Unauthorized(error.message, code=error.code, system=error.system) from None
        self._refresh_token = str(given.get("refresh_token") or refresh_token)
        lifetime = given.get("expires_in")
        return Token(str(given["access_token"]), None if lifetime is None else float(lifetime))

    def _as_client(self) -> Mapping[str, str]:
        return {
            "Authorization": basic(self._client_id, self._client_secret),
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def _request_body(self) -> str:
        if not self._username:
            return str(BackendApplicationClient(self._client_id).prepare_request_body(scope=self._scope))
        client = LegacyApplicationClient(self._client_id)
        return str(client.prepare_request_body(self._username, self._password, scope=self._scope))

    def _refresh_body(self, refresh_token: str) -> str:
        client = BackendApplicationClient(self._client_id)
        return str(client.prepare_refresh_body(refresh_token=refresh_token))

    def _parse(self, answer: Answer) -> Mapping[str, Any]:
        """The token's parameters. oauthlib gets no scope to compare: it would raise where one was narrowed."""
        try:
            return dict(
                BackendApplicationClient(self._client_id).parse_request_body_response(answer.content.decode())
            )
        except MissingTokenError:
            raise ValueError("no token in the answer") from None
        except OAuth2Error as error:
            raise Unauthorized(f"{self._http.system}: {error.error}", code=str(error.error)) from None


def endpoint(url: str, system: str, clock: Clock, verify: bool | str) -> tuple[HttpClient, str]:
    """A client of its own, and the path. One try: whoever needs the token tries again."""
    parts = urlsplit(url)
    base_url = f"{parts.scheme}://{parts.netloc}"
    http = HttpClient(system, base_url, clock=clock, attempts=1, max_bytes=1 << 20, verify=verify)
    return http, parts.path + (f"?{parts.query}" if parts.query else "")
