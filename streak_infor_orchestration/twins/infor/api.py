"""The collections over HTTP: list, show, create, change. Contract, Collections and Errors."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from streak_infor_orchestration.twins.erp.problems import FieldError, Problem, invalid, not_found
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.contract import COLLECTIONS, Collection
from streak_infor_orchestration.twins.infor.invoices import create_invoice
from streak_infor_orchestration.twins.infor.orders import change_order, create_order
from streak_infor_orchestration.twins.infor.parties import (
    change_contact,
    change_customer,
    create_contact,
    create_customer,
)
from streak_infor_orchestration.twins.infor.query import read_query, write_cursor
from streak_infor_orchestration.twins.infor.table import Record
from streak_infor_orchestration.twins.infor.twin import FacadeTwin

PREFIX = "/infor/api/v1"
ANY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]

CREATE: dict[str, Callable[[Company, Any], Record]] = {
    "customers": create_customer,
    "contacts": create_contact,
    "salesorders": create_order,
    "invoices": create_invoice,
}
CHANGE: dict[str, Callable[[Company, Record, Any], Record]] = {
    "customers": change_customer,
    "contacts": change_contact,
    "salesorders": change_order,
}


class Api:
    def __init__(self, twin: FacadeTwin) -> None:
        self._twin = twin

    def routes(self) -> list[Route]:
        """Every method is routed here, so that a wrong one is refused as the contract writes refusals."""
        return [
            Route("/oauth/token", self._twin.access.token_endpoint, methods=["POST"]),
            Route("/oauth/revoke", self._twin.access.revocation_endpoint, methods=["POST"]),
            Route(PREFIX + "/{collection}", self.collection, methods=ANY_METHOD),
            Route(PREFIX + "/{collection}/{key}", self.record, methods=ANY_METHOD),
        ]

    async def collection(self, request: Request) -> Response:
        name, collection = self._enter(request, 0)
        if request.method == "POST":
            return await self._create(request, name)
        query = read_query(collection, request.query_params.multi_items())
        await self._twin.pace.take()
        with self._twin.opened() as company:
            page, last = company.tables[name].page(query.members, query.since, query.after, query.limit)
        return JSONResponse({"Items": page, "NextCursor": write_cursor(last)})

    async def record(self, request: Request) -> Response:
        name, _ = self._enter(request, 1)
        _refuse_query(request)
        key = request.path_params["key"]
        body = await _json(request) if request.method == "PUT" else None
        await self._twin.pace.take()
        with self._twin.opened() as company:
            record = company.get(name, key)
            if record is None:
                raise not_found(f"{key} in {name}")
            tag = f'"{company.tables[name].revision(key)}"'
            if request.method == "GET":
                return JSONResponse(record, headers={"ETag": tag})
            _match(request, tag)
            return JSONResponse(CHANGE[name](company, record, body))

    async def _create(self, request: Request, name: str) -> Response:
        _refuse_query(request)
        body = await _json(request)
        await self._twin.pace.take()
        with self._twin.opened() as company:
            if self._twin.late.postpones(lambda: CREATE[name](company, body), name):
                raise Problem(504, "unavailable", "the ERP did not answer in time")
            record = CREATE[name](company, body)
            location = f"{PREFIX}/{name}/{company.tables[name].key_of(record)}"
        return JSONResponse(record, 201, {"Location": location})

    def _enter(self, request: Request, level: int) -> tuple[str, Collection]:
        """Who is it, does the collection exist, does it know the method (of list 0 or record 1), is it granted."""
        granted = self._twin.access.authenticate(request)
        name = request.path_params["collection"]
        collection = COLLECTIONS.get(name)
        if collection is None:
            raise not_found(f"collection {name}")
        methods = collection.methods[level]
        if request.method not in methods:
            error = FieldError("", "method", f"{name} takes {', '.join(sorted(methods))} here")
            raise Problem(
                405, "validation", error.message, [error], headers={"Allow": ", ".join(sorted(methods))}
            )
        kind = "read" if request.method == "GET" else "write"
        self._twin.access.authorize(f"{kind}:{name}", granted)
        return name, collection


async def _json(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise invalid(FieldError("Content-Type", "content_type", "must be application/json"))
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise invalid(FieldError("", "malformed_json", "the body is not JSON")) from error
    if not isinstance(body, dict):
        raise invalid(FieldError("", "malformed_json", "the body is not a JSON object"))
    return body


def _refuse_query(request: Request) -> None:
    if request.query_params:
        raise invalid(
            *(FieldError(name, "unknown_query_parameter", "takes no query") for name in request.query_params)
        )


def _match(request: Request, tag: str) -> None:
    """Raises 412 ``stale`` when If-Match names other versions only."""
    wanted = request.headers.get("if-match")
    if wanted is not None and not {"*", tag} & {each.strip() for each in wanted.split(",")}:
        raise Problem(412, "stale", "the record has changed since it was read")
