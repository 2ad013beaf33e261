"""The control surface that all ERP twins have: what the company's people and the passing of business do to it."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.erp.automatic import READY, SHIPPED, AutomaticInvoices
from streak_infor_orchestration.twins.erp.business import Business
from streak_infor_orchestration.twins.erp.maintained import (
    CORRECTION,
    CUSTOMER,
    MAINTAINED,
    ORDER,
    ORDER_STATUSES,
)
from streak_infor_orchestration.twins.erp.members import Field, Fields, read_members
from streak_infor_orchestration.twins.erp.pace import Pace
from streak_infor_orchestration.twins.erp.problems import FieldError, invalid
from streak_infor_orchestration.twins.erp.settlements import CREDIT_NOTE, PAYMENT
from streak_infor_orchestration.twins.erp.values import any_text, boolean, choice, positive_integer, seconds
from streak_infor_orchestration.twins.harness import LateCommits, Lever

HOLD: Fields = {"CreditHold": Field(boolean, default=True)}
STATUS: Fields = {"OrderStatus": Field(choice(*ORDER_STATUSES), required=True)}
LATE_COMMIT: Fields = {
    "seconds": Field(seconds, required=True),
    "times": Field(positive_integer, default=1),
    "collection": Field(any_text),
}
PROCESSING: Fields = {"seconds": Field(seconds, required=True)}
INVOICING: Fields = {"seconds": Field(seconds), "after": Field(choice(READY, SHIPPED), default=SHIPPED)}

Opened = Callable[[], AbstractContextManager[Business]]
"""The business, locked and up to date, while the context lasts."""

Act = Callable[[Business, dict[str, str], Any], Any]
"""(the business, path parameters, body) to the answer."""


async def lever_body(request: Request) -> Any:
    """The JSON of a lever's body, an empty object without one. Raises the 400."""
    try:
        return json.loads(await request.body() or "{}")
    except ValueError as error:
        raise invalid(FieldError("", "malformed_json", "the body is not JSON")) from error


def business_lever(opened: Opened, path: str, act: Act, method: str = "POST") -> Lever:
    async def endpoint(request: Request) -> Response:
        body = await lever_body(request)
        with opened() as business:
            return JSONResponse(act(business, request.path_params, body))

    return Lever(path, endpoint, methods=[method])


def business_levers(
    opened: Opened, *, late: LateCommits, automatic: AutomaticInvoices, pace: Pace
) -> list[Lever]:
    def lever(path: str, act: Act, method: str = "POST") -> Lever:
        return business_lever(opened, path, act, method)

    def arm_late_commit(business: Business, path: dict[str, str], body: Any) -> Any:
        armed = read_members(LATE_COMMIT, body, complete=True)
        late.arm(armed["seconds"], armed["times"], armed["collection"])
        return armed

    def set_processing(business: Business, path: dict[str, str], body: Any) -> Any:
        told = read_members(PROCESSING, body, complete=True)
        pace.seconds = told["seconds"]
        return told

    def set_invoicing(business: Business, path: dict[str, str], body: Any) -> Any:
        told = read_members(INVOICING, body, complete=True)
        automatic.seconds, automatic.after = told["seconds"], told["after"]
        return told

    return [
        *(lever(f"/{name}", _upsert_into(name)) for name in MAINTAINED if name != "inventoryitems"),
        lever("/inventory", _upsert_into("inventoryitems")),
        lever("/customers", _enter_customer),
        lever("/customers/{key}", _correct_customer),
        lever("/orders", _enter_order),
        lever("/orders/{key}/ship", lambda business, path, body: business.ship(path["key"])),
        lever("/orders/{key}/status", _set_status),
        lever("/orders/{key}/invoice", lambda business, path, body: business.invoice(path["key"])),
        lever("/payments", _pay),
        lever("/creditnotes", _credit),
        lever("/customers/{key}/credit-hold", _hold),
        lever("/records/{collection}/{key}/double", _double),
        lever("/records/{collection}/{key}", _delete, "DELETE"),
        lever("/records/{collection}/{key}", _corrupt),
        lever("/state", lambda business, path, body: business.state(), "GET"),
        lever("/processing", set_processing),
        lever("/late-commit", arm_late_commit),
        lever("/invoicing", set_invoicing),
    ]


def _upsert_into(collection: str) -> Act:
    def act(business: Business, path: dict[str, str], body: Any) -> Any:
        return [business.upsert(collection, item) for item in (body if isinstance(body, list) else [body])]

    return act


def _enter_customer(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.enter_customer(read_members(CUSTOMER, body, complete=True))


def _correct_customer(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.correct_customer(path["key"], read_members(CORRECTION, body, complete=False))


def _enter_order(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.enter_order(read_members(ORDER, body, complete=True))


def _set_status(business: Business, path: dict[str, str], body: Any) -> Any:
    status = read_members(STATUS, body, complete=True)["OrderStatus"]
    return business.set_status(path["key"], status)


def _pay(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.pay(read_members(PAYMENT, body, complete=True))


def _credit(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.credit(read_members(CREDIT_NOTE, body, complete=True))


def _hold(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.hold(path["key"], on=read_members(HOLD, body, complete=True)["CreditHold"])


def _delete(business: Business, path: dict[str, str], body: Any) -> Any:
    return {"deleted": business.delete(path["collection"], path["key"])}


def _corrupt(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.corrupt(path["collection"], path["key"], body)


def _double(business: Business, path: dict[str, str], body: Any) -> Any:
    return business.double(path["collection"], path["key"], body)
