"""The authorization server of the tenant: the password grant of a Backend Service, refresh, revoke. Contract, A.2."""

import base64
import binascii
import hmac
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.harness import Violations
from streak_infor_orchestration.twins.ion.account import Account
from streak_infor_orchestration.twins.ion.policies import Policies
from streak_infor_orchestration.twins.ion.tokens import Tokens

FORM = "application/x-www-form-urlencoded"
OF_OTHER_APPS = frozenset({"authorization_code", "urn:ietf:params:oauth:grant-type:saml2-bearer"})
"""Grants that Infor has, for apps other than a Backend Service."""


class Refused(Exception):
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status

    def response(self) -> Response:
        """OAuth-style; clients read ``error_description``."""
        headers = {"WWW-Authenticate": 'Basic realm="ionapi"'} if self.status == 401 else None
        return JSONResponse(
            {"error": self.error, "error_description": self.description}, self.status, headers
        )


class AuthorizationServer:
    def __init__(self, account: Account, tokens: Tokens, violations: Violations) -> None:
        self._account = account
        self._tokens = tokens
        self._violations = violations
        self.policies = Policies()

    async def token(self, request: Request) -> Response:
        try:
            form = await self._form(request)
            self._authenticate(request, form)
            scopes = self._granted(form)
        except Refused as refused:
            return refused.response()
        seconds = self.policies.token_seconds
        answer: dict[str, object] = {
            "access_token": self._tokens.issue(seconds, scopes),
            "token_type": "Bearer",
            "expires_in": seconds,
        }
        if self.policies.refresh_tokens:
            answer["refresh_token"] = self._tokens.issue_refresh(scopes)
        if scopes:
            answer["scope"] = " ".join(sorted(scopes))
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def revoke(self, request: Request) -> Response:
        """A token that is not known is as good as revoked."""
        try:
            form = await self._form(request)
            self._authenticate(request, {})
            self._tokens.revoke(_needed(form, "token"))
        except Refused as refused:
            return refused.response()
        return Response()

    def _granted(self, form: dict[str, str]) -> frozenset[str]:
        asked = frozenset(form.get("scope", "").split())
        match _needed(form, "grant_type"):
            case "password":
                user, password = _needed(form, "username"), _needed(form, "password")
                if not (_same(user, self._account.user) and _same(password, self._account.password)):
                    raise Refused("invalid_grant", "The service account is unknown or its key is wrong.")
                return asked
            case "refresh_token" if self.policies.refresh_tokens:
                scopes = self._tokens.refreshed(_needed(form, "refresh_token"))
                if scopes is None:
                    raise Refused("invalid_grant", "unknown, invalid, or expired refresh token")
                return scopes
            case grant if grant in OF_OTHER_APPS:
                raise Refused("unauthorized_client", f"This app must not use the grant {grant}.")
            case grant:
                raise Refused("unsupported_grant_type", f"grant_type {grant} is not supported")

    async def _form(self, request: Request) -> dict[str, str]:
        body = await request.body()
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            self._violated(request, "content_type", f"must be {FORM}")
            raise Refused("invalid_request", f"the body must be {FORM}")
        raw, _, behind = body.partition(b"#")  # what follows is lost, and nobody says so
        if behind:
            self._violated(request, "form_not_encoded", "a # stands unencoded in the form")
        return {
            name: values[0]
            for name, values in parse_qs(raw.decode(errors="replace"), keep_blank_values=True).items()
        }

    def _authenticate(self, request: Request, form: dict[str, str]) -> None:
        """By Basic or by ``client_id`` and ``client_secret`` in the form: both are used in the wild."""
        client, secret = _basic(request.headers.get("authorization", "")) or (
            form.get("client_id", ""),
            form.get("client_secret", ""),
        )
        if not (_same(client, self._account.client_id) and _same(secret, self._account.client_secret)):
            raise Refused("invalid_client", "Invalid client or client credentials.", 401)

    def _violated(self, request: Request, rule: str, detail: str) -> None:
        self._violations.add(request.method, request.url.path, rule, detail)


def _needed(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        raise Refused("invalid_request", f"{name} is missing")
    return form[name]


def _basic(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
