"""The M3 twin's own control routes, beside those of every ERP twin."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.erp import business_levers
from streak_infor_orchestration.twins.erp.levers import lever_body
from streak_infor_orchestration.twins.erp.members import Field, Fields, read_members
from streak_infor_orchestration.twins.erp.problems import conflict, not_found
from streak_infor_orchestration.twins.erp.values import (
    any_text,
    choice,
    not_negative,
    positive_integer,
    seconds,
    strings,
)
from streak_infor_orchestration.twins.harness import Lever
from streak_infor_orchestration.twins.harness.switches import switched
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.confirming import WHY, release
from streak_infor_orchestration.twins.m3.order import CREATED, Order
from streak_infor_orchestration.twins.m3.twin import M3Twin

_CONFIRM: Fields = {
    "STAT": Field(choice(*WHY), required=True),
    "times": Field(positive_integer, default=1),
    "TX60": Field(any_text, default=""),
    "MDTA": Field(any_text, default=""),
}
_PRICE: Fields = {
    "CUNO": Field(required=True),
    "ITNO": Field(required=True),
    "CUCD": Field(required=True),
    "SAPR": Field(not_negative, required=True),
}
_CACHING: Fields = {"seconds": Field(seconds, required=True)}
_RIGHTS: Fields = {"revoke": Field(strings, default=[]), "grant": Field(strings, default=[])}
_STOP: Fields = {"OBLC": Field(choice("0", "1", "2", "3"), default="1")}

Act = Callable[[Books, dict[str, str], Any], Any]


def levers(twin: M3Twin) -> list[Lever]:
    def lever(path: str, act: Act, methods: tuple[str, ...] = ("POST",)) -> Lever:
        async def endpoint(request: Request) -> Response:
            body = await lever_body(request)
            with twin.opened() as books:
                return JSONResponse(act(books, request.path_params, body))

        return Lever(path, endpoint, methods=list(methods))

    async def ship_part(request: Request) -> Response:
        quantities = {line: not_negative(part) for line, part in (await lever_body(request)).items()}
        with twin.business() as business:
            return JSONResponse(business.ship_part(request.path_params["key"], quantities))

    async def set_caching(request: Request) -> Response:
        twin.cache.seconds = read_members(_CACHING, await lever_body(request), complete=True)["seconds"]
        return JSONResponse({"seconds": twin.cache.seconds})

    async def expire_tokens(request: Request) -> Response:
        return JSONResponse({"expired": twin.gateway.expire_tokens()})

    return [
        lever("/habits", _habits, ("GET", "POST")),
        lever("/confirms", _leave_confirms),
        lever("/temporary/{key}/release", _release),
        lever("/temporary/{key}/status", _set_temporary_status),
        lever("/temporary/{key}", _delete_temporary, ("DELETE",)),
        lever("/orders/{key}/stop", _stop),
        Lever("/orders/{key}/ship-part", ship_part, methods=["POST"]),
        lever("/prices", _agree_price),
        lever("/subscriptions", lambda books, path, body: twin.events.subscribe(books, body)),
        lever("/rights", _change_rights),
        Lever("/caching", set_caching, methods=["POST"]),
        Lever("/tokens/expire", expire_tokens, methods=["POST"]),
        *business_levers(twin.business, late=twin.late, automatic=twin.automatic, pace=twin.pace),
        *twin.gateway.levers(),
    ]


def _habits(books: Books, path: dict[str, str], body: Any) -> Any:
    """Shows them, or changes those that are named."""
    books.habits = switched(books.habits, body)
    return asdict(books.habits)


def _leave_confirms(books: Books, path: dict[str, str], body: Any) -> Any:
    """The next Confirms leave their temporary order in this status."""
    told = read_members(_CONFIRM, body, complete=True)
    armed = {name: told[name] for name in ("STAT", "TX60", "MDTA")}
    books.held_confirms += [dict(armed) for _ in range(told["times"])]
    return armed


def _release(books: Books, path: dict[str, str], body: Any) -> Any:
    """A person makes the real order of a temporary one, whatever held it (OIS275 options 9 and 11)."""
    order = _temporary(books, path["key"])
    if order.head["STAT"] == CREATED:
        raise conflict(f"{order.number} has been created as {order.head['ORNR']}")
    return {"ORNO": order.number, "ORNR": release(books, order)}


def _set_temporary_status(books: Books, path: dict[str, str], body: Any) -> Any:
    """It has stopped, or somebody has put it back to 20."""
    order = _temporary(books, path["key"])
    order.head["STAT"] = read_members(
        {"STAT": Field(choice("20", *WHY), required=True)}, body, complete=True
    )["STAT"]
    return {"ORNO": order.number, "STAT": books.stamp(order.head)["STAT"]}


def _delete_temporary(books: Books, path: dict[str, str], body: Any) -> Any:
    """A person deletes it."""
    return {"deleted": books.temporary.remove(_temporary(books, path["key"]).number)}


def _stop(books: Books, path: dict[str, str], body: Any) -> Any:
    order = books.orders.get(path["key"])
    if order is None:
        raise not_found(f"{path['key']} in salesorders")
    order.head.update(read_members(_STOP, body, complete=True))
    return {"ORNO": order.number, "OBLC": books.stamp(order.head)["OBLC"]}


def _agree_price(books: Books, path: dict[str, str], body: Any) -> Any:
    """What this customer pays for this item."""
    told = read_members(_PRICE, body, complete=True)
    row = {**told, "SAPR": f"{told['SAPR']:f}"}
    return books.prices.put(row)


def _change_rights(books: Books, path: dict[str, str], body: Any) -> Any:
    """Programs, or PROGRAM/TRANSACTION, that the user may not call any more, or may again."""
    told = read_members(_RIGHTS, body, complete=True)
    books.forbidden |= set(told["revoke"])
    books.forbidden -= set(told["grant"])
    return {"revoked": sorted(books.forbidden)}


def _temporary(books: Books, key: str) -> Order:
    order = books.temporary.get(key)
    if order is None:
        raise not_found(f"temporary order {key}")
    return order
