"""One operation of the API as data, and the endpoint that decodes, admits and answers its requests."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from streak_infor_orchestration.twins.streak.protocol.authentication import authenticated
from streak_infor_orchestration.twins.streak.protocol.encoding import Encoding, decoded
from streak_infor_orchestration.twins.streak.protocol.refused import Refused

if TYPE_CHECKING:
    from streak_infor_orchestration.twins.streak.state.system import Streak


@dataclass(frozen=True)
class Call:
    """One admitted request: who asks (``user``), the path's keys, the query, and the decoded body."""

    streak: "Streak"
    user: dict[str, Any]
    method: str
    url_path: str
    path: Mapping[str, str]
    query: QueryParams
    body: Any

    def violation(self, rule: str, detail: str) -> None:
        self.streak.violations.add(self.method, self.url_path, rule, detail)


@dataclass(frozen=True)
class Binary:
    """An answer that is no JSON."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Operation:
    """``answer`` is synchronous, so that each request reads and changes the state in one piece.

    ``query`` and ``accepts`` name the documented parameters and body properties; others are ignored and
    logged, except that ``accepts=None`` takes any property. ``reads`` marks a POST that changes nothing.
    """

    method: str
    path: str
    answer: Callable[[Call], Any]
    encoding: Encoding = Encoding.NONE
    query: tuple[str, ...] = ()
    accepts: tuple[str, ...] | None = None
    reads: bool = False

    @property
    def writes(self) -> bool:
        return self.method != "GET" and not self.reads


def routes(operations: Iterable[Operation], streak: "Streak") -> list[Route]:
    by_path: dict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in operations:
        by_path[operation.path][operation.method] = operation
    return [Route(path, _Resource(methods, streak)) for path, methods in by_path.items()]


class _Resource:
    """The operations on one path, as an ASGI application."""

    def __init__(self, operations: dict[str, Operation], streak: "Streak") -> None:
        self._operations = operations
        self._streak = streak

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = _response(await self._answer(request))
        except Refused as refused:
            response = _refusal(self._streak, request, refused)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Any:
        user = authenticated(request.headers.get("authorization"), self._streak.roster.by_api_key)
        operation = self._operations.get(request.method)
        if operation is None:
            error = {"success": False, "error": "Invalid API path specified"}
            raise Refused(404, error, "unknown_method")
        call = Call(
            self._streak,
            user,
            request.method,
            request.url.path,
            request.path_params,
            request.query_params,
            decoded(operation.encoding, request, await request.body()),
        )
        call = _without_undocumented(call, operation)
        if operation.writes and self._streak.processing_seconds:
            # slept before the change, which then happens even when the client has hung up
            await asyncio.sleep(self._streak.processing_seconds)
        self._streak.later.run_due()
        return operation.answer(call)


def _response(answer: Any) -> Response:
    if isinstance(answer, Binary):
        return Response(answer.content, media_type=answer.media_type)
    return JSONResponse(answer)


def _without_undocumented(call: Call, operation: Operation) -> Call:
    if operation.encoding is not Encoding.FORM:  # whose query parameters are properties of its body
        for name in call.query.keys() - set(operation.query):
            call.violation("unknown_query_parameter", name)
    if operation.accepts is None or not isinstance(call.body, dict):
        return call
    for name in call.body.keys() - set(operation.accepts):
        call.violation("unknown_property", name)
    return replace(call, body={name: call.body[name] for name in operation.accepts if name in call.body})


def _refusal(streak: "Streak", request: Request, refused: Refused) -> Response:
    if refused.rule is not None:
        detail = str((refused.body or {}).get("error", "empty answer"))
        streak.violations.add(request.method, request.url.path, refused.rule, detail)
    if refused.body is None:
        return Response(status_code=refused.status)
    return JSONResponse(refused.body, refused.status)
