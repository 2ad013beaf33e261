"""Plays the chosen fault on a request, as pure ASGI.

The two cuts need a real server (:func:`.server.serve`): an in-process ASGI transport cannot break off.
"""

import asyncio
import json
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from streak_infor_orchestration.twins.harness.answer import KeptAnswer
from streak_infor_orchestration.twins.harness.faults import FAULT_KEY, Fault, Faults
from streak_infor_orchestration.twins.harness.paths import is_control


class FaultMiddleware:
    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_control(scope["path"]):
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        authorization = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
        fault = self._faults.choose(scope["method"], scope["path"], query, authorization)
        if fault is None:
            await self._app(scope, receive, send)
            return
        scope[FAULT_KEY] = fault.kind
        await self._play(fault, scope, receive, send)

    async def _play(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "slow_after":
            answer = await self._answer(scope, receive)
            await asyncio.sleep(fault.seconds)
            await answer.replay(send)
            return
        await asyncio.sleep(fault.seconds)
        match fault.kind:
            case "slow":
                await self._app(scope, receive, send)
            case "status":
                await _drain(receive)
                await _canned(fault)(scope, receive, send)
            case "status_after":
                await self._answer(scope, receive)
                await _canned(fault)(scope, receive, send)
            case "cut_before":
                await _drain(receive)
                await _cut(send)
            case "cut_after":
                await self._answer(scope, receive)
                await _cut(send)
            case "garbage":
                answer = await self._answer(scope, receive)
                await _garbage(fault, answer.body)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> KeptAnswer:
        """Runs the handler to its end and keeps its answer back."""
        answer = KeptAnswer()
        await self._app(scope, receive, answer.record)
        return answer


async def _drain(receive: Receive) -> None:
    """Reads the request to its end: closing on unread bytes would make a reset race the answer."""
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


async def _cut(send: Send) -> None:
    """Promises more bytes than it sends and returns, upon which the server closes the connection."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1024")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})


def _canned(fault: Fault) -> Response:
    return _response(fault, _encoded(fault.body))


def _garbage(fault: Fault, real: bytes) -> Response:
    if fault.body is not None:
        return _response(fault, _encoded(fault.body))
    match fault.style:
        case "invalid":
            return _response(fault, b"\xff\xfe{not json")
        case "wrong_types":
            return _response(fault, json.dumps(_mistyped(json.loads(real or b"{}"))).encode())
        case _:
            return _response(fault, real[: len(real) // 2] or b"{")


def _response(fault: Fault, body: bytes) -> Response:
    assert fault.status is not None
    return Response(body, fault.status, fault.headers, fault.content_type)


def _encoded(body: Any) -> bytes:
    """A string goes out as it is (HTML, broken JSON); anything else as JSON; None as nothing."""
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def _mistyped(value: Any) -> Any:
    """The same members with every value of another type than promised."""
    match value:
        case dict():
            return {name: _mistyped(member) for name, member in value.items()}
        case list():
            return {str(n): _mistyped(member) for n, member in enumerate(value)}
        case str():
            return [value]
        case _:
            return {"unexpected": value}
