"""What the gateway does with a call before and after the product sees it: 401, 403, 429, its own timeout.

Contract, A.4. The bodies of its errors are not published: a client must not read them.
"""

import asyncio
import math

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streak_infor_orchestration.twins.harness import Violations
from streak_infor_orchestration.twins.harness.answer import KeptAnswer
from streak_infor_orchestration.twins.ion.oauth import AuthorizationServer
from streak_infor_orchestration.twins.ion.policies import TRANSIENT, Quota
from streak_infor_orchestration.twins.ion.tokens import Tokens


class Door:
    """Pure ASGI, around the routes of one API suite."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        server: AuthorizationServer,
        tokens: Tokens,
        quota: Quota,
        violations: Violations,
    ) -> None:
        self._app = app
        self._server = server
        self._tokens = tokens
        self._quota = quota
        self._violations = violations
        self._abandoned: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive)
        if body is None:
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        answer = KeptAnswer()
        call = asyncio.create_task(_run(self._app, scope, _again(body), answer))
        await asyncio.wait({call}, timeout=self._server.policies.timeout_seconds)
        if call.done():
            call.result()
            await answer.replay(send)
            return
        # the product works on, and commits, when the gateway has long given up waiting
        self._abandoned.add(call)
        call.add_done_callback(self._abandoned.discard)
        await _message(504, "The gateway did not receive a response in time")(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        policies = self._server.policies
        scheme, _, token = _header(scope, b"authorization").partition(" ")
        grant = self._tokens.grant(token) if scheme == "Bearer" else None
        if scheme != "Bearer":
            seen = f"the scheme is {scheme!r}"
            self._violations.add(scope["method"], scope["path"], "authorization_not_bearer", seen)
        if grant is None:
            return _message(401, "Invalid or expired access token", {"WWW-Authenticate": "Bearer"})
        if wait := self._quota.wait(policies):
            after = {"Retry-After": str(math.ceil(wait))} if policies.retry_after else None
            return _message(429, "The quota of this endpoint is used up", after)
        if not policies.authorised:
            return _message(403, "The app is not authorized for this API suite")
        if policies.scope and policies.scope not in grant.scopes:
            return _message(403, f"The scope {policies.scope} is not granted")
        if policies.transient:
            self._server.policies = policies.changed({"transient": policies.transient - 1})
            return PlainTextResponse(TRANSIENT[policies.transient_text], 401)
        return None


async def _run(app: ASGIApp, scope: Scope, receive: Receive, answer: KeptAnswer) -> None:
    await app(scope, receive, answer.record)


def _header(scope: Scope, name: bytes) -> str:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(name, b"").decode("latin-1")


def _message(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"message": text}, status, headers)


async def _whole(receive: Receive) -> bytes | None:
    """The request's body: the gateway takes it all before it calls the product. None of who died while it sent it."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
