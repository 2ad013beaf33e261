"""The twin's own control routes: what the company's people and the passing of business do to the ERP."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.harness import Lever
from streak_infor_orchestration.twins.infor.catalogue import MAINTAINED, upsert
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.contract import COLLECTIONS, ORDER_STATUSES
from streak_infor_orchestration.twins.infor.invoices import (
    complete_if_done,
    record_credit_note,
    record_payment,
)
from streak_infor_orchestration.twins.infor.members import Field, Fields, read_members
from streak_infor_orchestration.twins.infor.problems import FieldError, conflict, invalid, not_found
from streak_infor_orchestration.twins.infor.table import Record
from streak_infor_orchestration.twins.infor.twin import Twin
from streak_infor_orchestration.twins.infor.values import boolean, choice, positive_integer, seconds, strings

_HOLD: Fields = {"CreditHold": Field(boolean, default=True)}
_STATUS: Fields = {"OrderStatus": Field(choice(*ORDER_STATUSES), required=True)}
_SCOPES: Fields = {"revoke": Field(strings, default=[]), "grant": Field(strings, default=[])}
_PROCESSING: Fields = {"seconds": Field(seconds, required=True)}
_LATE_COMMIT: Fields = {
    "seconds": Field(seconds, required=True),
    "times": Field(positive_integer, default=1),
    "collection": Field(choice(*COLLECTIONS)),
}

Action = Callable[[Company, dict[str, str], Any], Any]
"""(company, path parameters, body) to the answer."""


def levers(twin: Twin) -> list[Lever]:
    def lever(path: str, act: Action, method: str = "POST") -> Lever:
        async def endpoint(request: Request) -> Response:
            try:
                body = json.loads(await request.body() or "{}")
            except ValueError as error:
                raise invalid(FieldError("", "malformed_json", "the body is not JSON")) from error
            with twin.opened() as company:
                return JSONResponse(act(company, request.path_params, body))

        return Lever(path, endpoint, methods=[method])

    def expire_tokens(company: Company, path: dict[str, str], body: Any) -> Any:
        return {"expired": twin.access.expire_tokens()}

    def change_scopes(company: Company, path: dict[str, str], body: Any) -> Any:
        return {"revoked": twin.access.change_scopes(**read_members(_SCOPES, body, complete=True))}

    def set_processing(company: Company, path: dict[str, str], body: Any) -> Any:
        twin.processing_seconds = read_members(_PROCESSING, body, complete=True)["seconds"]
        return {"seconds": twin.processing_seconds}

    def arm_late_commit(company: Company, path: dict[str, str], body: Any) -> Any:
        armed = read_members(_LATE_COMMIT, body, complete=True)
        twin.late.arm(armed["seconds"], armed["times"], armed["collection"])
        return armed

    return [
        *(lever(f"/{name}", _upsert_into(name)) for name in MAINTAINED if name != "inventoryitems"),
        lever("/inventory", _upsert_into("inventoryitems")),
        lever("/orders/{key}/ship", _ship),
        lever("/orders/{key}/status", _set_status),
        lever("/payments", lambda company, path, body: record_payment(company, body)),
        lever("/creditnotes", lambda company, path, body: record_credit_note(company, body)),
        lever("/customers/{key}/credit-hold", _set_credit_hold),
        lever("/records/{collection}/{key}", _delete, "DELETE"),
        lever("/records/{collection}/{key}", _corrupt),
        lever("/records/{collection}/{key}/double", _double),
        lever("/state", _state, "GET"),
        lever("/tokens/expire", expire_tokens),
        lever("/scopes", change_scopes),
        lever("/processing", set_processing),
        lever("/late-commit", arm_late_commit),
        Lever("/ionapi", _ionapi(twin)),
    ]


def _upsert_into(collection: str) -> Action:
    def act(company: Company, path: dict[str, str], body: Any) -> Any:
        return [upsert(company, collection, item) for item in (body if isinstance(body, list) else [body])]

    return act


def _ship(company: Company, path: dict[str, str], body: Any) -> Any:
    """Goods left: Shipped, before or after the invoice; Completed once that is paid."""
    order = _found(company, "salesorders", path["key"])
    if order["OrderStatus"] == "Cancelled":
        raise conflict(f"order {path['key']} is cancelled")
    if path["key"] in company.shipped_orders:
        return order
    company.shipped_orders.add(path["key"])
    return complete_if_done(company, company.update("salesorders", order, {"OrderStatus": "Shipped"}))


def _set_status(company: Company, path: dict[str, str], body: Any) -> Any:
    """Forces any status, as somebody in the ERP may."""
    order = _found(company, "salesorders", path["key"])
    return company.update("salesorders", order, read_members(_STATUS, body, complete=True))


def _set_credit_hold(company: Company, path: dict[str, str], body: Any) -> Any:
    customer = _found(company, "customers", path["key"])
    return company.update("customers", customer, read_members(_HOLD, body, complete=True))


def _delete(company: Company, path: dict[str, str], body: Any) -> Any:
    """The record is gone without a trace, as an ERP's own deletions are."""
    table = company.tables.get(path["collection"])
    return {"deleted": table is not None and table.remove(path["key"])}


def _corrupt(company: Company, path: dict[str, str], body: Any) -> Any:
    """Members set against all of the ERP's own rules: what a defect of the ERP, or a hand in its database, leaves."""
    return company.update(path["collection"], _found(company, path["collection"], path["key"]), body)


def _double(company: Company, path: dict[str, str], body: Any) -> Any:
    """From now on lists show the record twice, the second time with these members."""
    record = {**_found(company, path["collection"], path["key"]), **body}
    company.tables[path["collection"]].doubles[path["key"]] = record
    return record


def _state(company: Company, path: dict[str, str], body: Any) -> Any:
    return {name: table.all() for name, table in company.tables.items()}


def _ionapi(twin: Twin) -> Callable[[Request], Any]:
    """An ``.ionapi`` file for this twin, as an administrator downloads it (keys: Infor API contract, A.1)."""

    async def endpoint(request: Request) -> Response:
        known, base = twin.access.credentials, str(request.base_url).removesuffix("/__twin__/").rstrip("/")
        return JSONResponse(
            {
                "ti": "TWIN",
                "cn": "StreakInfor",
                "dt": "12",
                "ci": known.client_id,
                "cs": known.client_secret,
                "iu": base,
                "pu": f"{base}/oauth/",
                "oa": "authorize",
                "ot": "token",
                "or": "revoke",
                "ev": "TWIN",
                "v": "1.0",
                "saak": known.service_user,
                "sask": known.service_password,
            }
        )

    return endpoint


def _found(company: Company, collection: str, key: str) -> Record:
    record = company.get(collection, key)
    if record is None:
        raise not_found(f"{key} in {collection}")
    return record
