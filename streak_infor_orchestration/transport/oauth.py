"""OAuth 2.0 tokens for machines: client credentials, and Infor's password grant with a service account."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from oauthlib.oauth2 import BackendApplicationClient, LegacyApplicationClient, OAuth2Error
from oauthlib.oauth2.rfc6749.errors import MissingTokenError

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import (
    IntegrationError,
    Misconfigured,
    Rejected,
    Unauthorized,
    Unavailable,
)
from streak_infor_orchestration.domain.problems.code import Code
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.auth import basic
from streak_infor_orchestration.transport.deadline import holding
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration.transport.outcomes import Refusal
from streak_infor_orchestration.transport.token import Token, TokenAuth

_NOT_HERE = (301, 302, 303, 307, 308, 404, 405, 410)
"""No token endpoint answers so: it is a page, or nothing, at an address that is another's."""

_REFUSALS: dict[str, Code] = {
    "invalid_client": LoginCode.UNKNOWN_CLIENT,
    "invalid_grant": LoginCode.UNKNOWN_ACCOUNT,
    "unauthorized_client": LoginCode.NO_SERVICE_ACCOUNT,
    "unsupported_grant_type": LoginCode.NO_SERVICE_ACCOUNT,
    "invalid_scope": LoginCode.UNKNOWN_SCOPE,
}
"""What RFC 6749 (§5.2) calls its refusals, in our words."""


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
        """A token that nobody gives back ends by itself, one to refresh by may not: whatever goes wrong here is not
        told."""
        with holding(self._lock, self._http.system):
            given = {"refresh_token": self._refresh_token, "access_token": self._token}
            self._token = self._refresh_token = ""
            for hint, token in given.items():
                if self._revocation is not None and token:
                    with suppress(IntegrationError):
                        self._give_back(*self._revocation, {"token": token, "token_type_hint": hint})

    def _give_back(self, http: HttpClient, path: str, body: Mapping[str, str]) -> None:
        headers = self._as_client()
        http.write("POST", path, content=urlencode(body), headers=headers, decode=lambda _answer: None)

    def _log_in(self, *, refused: bool) -> Token:
        refresh_token, self._refresh_token = self._refresh_token, ""
        if refresh_token and not refused:
            # a refresh token ends as well: then a new one is asked for with the password
            with suppress(Unauthorized):
                return self._ask(self._refresh_body(refresh_token), refresh_token)
        return self._ask(self._request_body())

    def _ask(self, body: str, refresh_token: str = "") -> Token:
        """`refresh_token`: the one that stays good unless the answer brings another."""
        given = self._granted(body)
        self._refresh_token = str(given.get("refresh_token") or refresh_token)
        lifetime = given.get("expires_in")
        return Token(str(given["access_token"]), None if lifetime is None else float(lifetime))

    def _granted(self, body: str) -> Mapping[str, Any]:
        """Raises `Unauthorized` for whatever time does not cure."""
        http, system = self._http, self._http.system
        try:
            return http.read(
                "POST",
                self._path,
                content=body,
                headers=self._as_client(),
                accept=_NOT_HERE,
                explain=_explain,
                decode=self._parse,
            )
        except (Rejected, Misconfigured, Unauthorized) as error:  # 400 invalid_grant…
            code = _REFUSALS.get(error.code, error.code)
            raise Unauthorized(error.message, code=code, system=system) from None
        except Unavailable as error:
            if error.code != SystemCode.NO_CONNECTION:
                raise
            raise Unavailable(
                f"at the login: {error.message}", code=LoginCode.LOGIN_UNREACHABLE, system=system
            ) from None

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
        if answer.status in _NOT_HERE:
            raise Unauthorized(
                f"{self._http.system}: {answer.status}, and no login (POST {self._path})",
                code=LoginCode.NO_LOGIN_HERE,
            )
        try:
            return dict(
                BackendApplicationClient(self._client_id).parse_request_body_response(answer.content.decode())
            )
        except MissingTokenError:
            raise ValueError("no token in the answer") from None
        except OAuth2Error as error:
            raise Unauthorized(f"{self._http.system}: {error.error}", code=str(error.error)) from None


def _explain(body: Any) -> Refusal:
    """RFC 6749 §5.2: `error` is a word of its own, `error_description` may say more."""
    if not isinstance(body, dict):
        return Refusal()
    error, more = (str(body.get(name) or "") for name in ("error", "error_description"))
    return Refusal(message=": ".join(filter(None, (error, more))), code=error)


def endpoint(url: str, system: str, clock: Clock, verify: bool | str) -> tuple[HttpClient, str]:
    """A client of its own, and the path. One try: whoever needs the token tries again."""
    parts = urlsplit(url)
    base_url = f"{parts.scheme}://{parts.netloc}"
    http = HttpClient(system, base_url, clock=clock, attempts=1, max_bytes=1 << 20, verify=verify)
    return http, parts.path + (f"?{parts.query}" if parts.query else "")
