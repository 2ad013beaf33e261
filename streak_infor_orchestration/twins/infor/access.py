"""Who may do what: API key, bearer tokens, the token endpoint, scopes. Contract, Transport and authentication."""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.erp.problems import Problem
from streak_infor_orchestration.twins.harness import Now, Violations
from streak_infor_orchestration.twins.infor.contract import COLLECTIONS

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Credentials:
    """What the twin lets in. The service account is an ``.ionapi`` file's ``saak`` and ``sask``."""

    client_id: str
    client_secret: str
    api_key: str
    service_user: str
    service_password: str


@dataclass(frozen=True)
class Grant:
    """What a token opens and until when; ``scopes`` None means all."""

    until: datetime
    scopes: frozenset[str] | None = None


SCOPES = frozenset(
    f"{'read' if method == 'GET' else 'write'}:{name}"
    for name, collection in COLLECTIONS.items()
    for methods in collection.methods
    for method in methods
)
"""``read:`` or ``write:`` and a collection."""


class AccessControl:
    def __init__(
        self, credentials: Credentials, token_seconds: int, now: Now, violations: Violations
    ) -> None:
        self.credentials = credentials
        self._token_seconds = token_seconds
        self._now = now
        self._violations = violations
        self.clear()

    def clear(self) -> None:
        self._tokens: dict[str, Grant] = {}
        self._revoked_scopes: set[str] = set()

    def expire_tokens(self) -> int:
        """Revokes every token and says how many there were."""
        count = len(self._tokens)
        self._tokens.clear()
        return count

    def change_scopes(self, revoke: list[str], grant: list[str]) -> list[str]:
        """Scopes are ``read:`` or ``write:`` and a collection; all are granted at first. Returns the revoked."""
        self._revoked_scopes |= set(revoke)
        self._revoked_scopes -= set(grant)
        return sorted(self._revoked_scopes)

    def authenticate(self, request: Request) -> frozenset[str] | None:
        """The scopes a token was asked with, None for all. Raises 401 ``unauthorized`` unless a bearer token or the
        API key opens."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_live(token):
            return self._tokens[token].scopes
        key = request.headers.get("x-api-key", "")
        if _same(key, self.credentials.api_key):
            return None
        raise Problem(
            401,
            "unauthorized",
            "the credential is missing, wrong or expired",
            headers={"WWW-Authenticate": 'Bearer realm="infor-facade"'},
        )

    def authorize(self, scope: str, granted: frozenset[str] | None) -> None:
        """Raises 403 ``forbidden``."""
        if scope in self._revoked_scopes or (granted is not None and scope not in granted):
            raise Problem(403, "forbidden", f"scope {scope} is not granted")

    async def token_endpoint(self, request: Request) -> Response:
        """OAuth 2.0 (RFC 6749, 4.3 and 4.4), the client known by HTTP Basic, the body a form."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            self._violations.add("POST", request.url.path, "content_type", f"must be {FORM}")
            return _refused("invalid_request")
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if not self._is_our_client(request.headers.get("authorization", "")):
            challenge = {"WWW-Authenticate": 'Basic realm="infor-facade"'}
            return _refused("invalid_client", 401, challenge)
        asked = frozenset(form.get("scope", "").split())
        match form.get("grant_type"):
            case None:
                return _refused("invalid_request")
            case "client_credentials" | "password" if asked - SCOPES:
                return _refused("invalid_scope")
            case "client_credentials":
                return self._granted(asked)
            case "password":
                user, password = form.get("username", ""), form.get("password", "")
                known = self.credentials
                if _same(user, known.service_user) and _same(password, known.service_password):
                    return self._granted(asked)
                return _refused("invalid_grant")
            case _:
                return _refused("unsupported_grant_type")

    async def revocation_endpoint(self, request: Request) -> Response:
        """RFC 7009: the client gives a token back; one that is not known is as good as revoked."""
        if not self._is_our_client(request.headers.get("authorization", "")):
            return _refused("invalid_client", 401, {"WWW-Authenticate": 'Basic realm="infor-facade"'})
        form = parse_qs((await request.body()).decode())
        if "token" not in form:
            return _refused("invalid_request")
        self._tokens.pop(form["token"][0], None)
        return Response()

    def _granted(self, asked: frozenset[str]) -> Response:
        """RFC 6749, 5.1: ``scope`` is told where one was asked for."""
        now = self._now()
        self._tokens = {token: grant for token, grant in self._tokens.items() if grant.until > now}
        token = secrets.token_urlsafe(32)
        self._tokens[token] = Grant(now + timedelta(seconds=self._token_seconds), asked or None)
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": self._token_seconds}
        scope = {"scope": " ".join(sorted(asked))} if asked else {}
        return JSONResponse(answer | scope, headers={"Cache-Control": "no-store"})

    def _is_live(self, token: str) -> bool:
        grant = self._tokens.get(token)
        return grant is not None and self._now() < grant.until

    def _is_our_client(self, authorization: str) -> bool:
        scheme, _, encoded = authorization.partition(" ")
        try:
            user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        known = self.credentials
        return (
            scheme.lower() == "basic"
            and _same(user, known.client_id)
            and _same(password, known.client_secret)
        )


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _refused(error: str, status: int = 400, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": error}, status, headers)
