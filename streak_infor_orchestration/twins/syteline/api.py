"""The IDO REST service over HTTP. Contract, C.1 and C.2: 200 also for failures, 401 for authentication, 405."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from streak_infor_orchestration.twins.syteline.change import DELETE, INSERT, UPDATE, Change, read_changes
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.entrance import Direct, Entrance, ThroughGateway
from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.idos import EXTENSION
from streak_infor_orchestration.twins.syteline.information import information
from streak_infor_orchestration.twins.syteline.load import load
from streak_infor_orchestration.twins.syteline.methods import invoke
from streak_infor_orchestration.twins.syteline.query import read_query
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.tokens import TokenCalls
from streak_infor_orchestration.twins.syteline.twin import SytelineTwin
from streak_infor_orchestration.twins.syteline.update import apply

SERVICE = "/IDORequestService"
COLLECTIONS = {"SLCos": "salesorders", "SLCustomers": "customers"}
"""What the control surface calls the records of an IDO, for commits that come late."""

Handler = Callable[[Request], Awaitable[Response]]


class Api:
    def __init__(self, twin: SytelineTwin) -> None:
        self._twin = twin

    def direct(self) -> list[BaseRoute]:
        tokens = TokenCalls(self._twin.sessions, self._twin.violations)
        return [*tokens.routes(f"{SERVICE}/ido"), *self._calls(Direct(self._twin.sessions))]

    def behind_gateway(self) -> list[BaseRoute]:
        return self._calls(ThroughGateway(self._twin.sessions.user.configuration))

    def _calls(self, entrance: Entrance) -> list[BaseRoute]:
        def call(path: str, method: str, handle: Handler) -> Route:
            async def endpoint(request: Request) -> Response:
                entrance.enter(request)
                answer = await handle(request)
                if path.startswith("/invoke") and self._twin.data.settings.invoke_ends_session:
                    entrance.leave(request)
                return answer

            return Route(f"{SERVICE}/ido{path}", endpoint, methods=[method])

        return [
            Route(f"{SERVICE}/Ping.aspx", _ping),
            Route(f"{SERVICE}/ido/configurations", self._configurations),
            call("/load/{ido}", "GET", self._load),
            call("/update/{ido}", "POST", self._update),
            call("/invoke/{ido}", "POST", self._invoke),
            call("/info/{ido}", "GET", self._info),
        ]

    async def _configurations(self, request: Request) -> Response:
        """Without authentication."""
        configurations = [self._twin.sessions.user.configuration]
        return JSONResponse({"Success": True, "Message": None, "Configurations": configurations})

    async def _load(self, request: Request) -> Response:
        await self._twin.pace.take()
        with self._twin.opened() as company:
            ido = self._entered(company, request, "Read", "load")
            return JSONResponse(load(company, ido, read_query(request.query_params.multi_items())))

    async def _info(self, request: Request) -> Response:
        with self._twin.opened() as company:
            return JSONResponse(information(self._entered(company, request, "Read", "load")))

    async def _update(self, request: Request) -> Response:
        body = await _json(request)
        await self._twin.pace.take()
        with self._twin.opened() as company:
            ido = company.ido(request.path_params["ido"])
            changes = read_changes(ido, body)
            applied = self._applied(company, request, changes)
            items = []
            for change in applied:
                self._entered(company, request, "Update", _ACTIONS[change.action])
                if self._postpones(company, ido, change):
                    return PlainTextResponse("The request timed out", 504)
                items.append(apply(company, ido, change))
        wanted = body.get("RefreshAfterSave") is True or request.query_params.get("refresh") == "true"
        refreshed = [item for item in items if item is not None] if wanted else None
        return JSONResponse({"Success": True, "Message": None, "RefreshItems": refreshed, "Bookmark": None})

    async def _invoke(self, request: Request) -> Response:
        body = await _json(request)
        await self._twin.pace.take()
        with self._twin.opened() as company:
            ido = self._entered(company, request, "Execute", "invoke")
            return JSONResponse(invoke(company, ido, request.query_params.get("method", ""), body))

    def _entered(self, company: Company, request: Request, privilege: str, action: str) -> Ido:
        """The IDO of the address, if the user has the right and nobody ordered this to fail."""
        ido = company.ido(request.path_params["ido"])
        if f"{privilege} {ido.name}" in company.settings.denied:
            raise Refusal(f"User requires [{privilege}] privilege for {ido.name}")
        self._twin.refusals.check(ido.name, action)
        return ido

    def _applied(self, company: Company, request: Request, changes: list[Change]) -> list[Change]:
        """Contract, C.3: of several changes only the first is looked at; the others are lost without a word."""
        limit = company.settings.changes_applied
        if limit and len(changes) > limit:
            detail = f"{len(changes)} changes, of which {limit} is applied"
            self._twin.violations.add(request.method, request.url.path, "more_than_one_change", detail)
        return changes[:limit] if limit else changes

    def _postpones(self, company: Company, ido: Ido, change: Change) -> bool:
        """Inserts by the IDO or the collection, other changes as ``update SLCos``, ``delete SLCoitems``."""
        base = ido.name.removeprefix(EXTENSION)
        inserted = (base, COLLECTIONS.get(base, base))
        names = inserted if change.action == INSERT else (f"{_ACTIONS[change.action]} {base}",)
        return self._twin.late.postpones(lambda: apply(company, ido, change), *names)


_ACTIONS = {INSERT: "insert", UPDATE: "update", DELETE: "delete"}


async def _ping(request: Request) -> Response:
    return PlainTextResponse("OK")


async def _json(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal("Content-Type must be application/json", "content_type")
    try:
        return json.loads(await request.body())
    except ValueError as error:
        raise Refusal("The request body is invalid", "malformed_json") from error
