"""The façade twin's own control routes, beside those of every ERP twin."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.erp import business_levers
from streak_infor_orchestration.twins.erp.levers import lever_body
from streak_infor_orchestration.twins.erp.members import Field, Fields, read_members
from streak_infor_orchestration.twins.erp.values import decimal, strings
from streak_infor_orchestration.twins.harness import Lever
from streak_infor_orchestration.twins.infor.twin import FacadeTwin

_SCOPES: Fields = {"revoke": Field(strings, default=[]), "grant": Field(strings, default=[])}


def levers(twin: FacadeTwin) -> list[Lever]:
    async def expire_tokens(request: Request) -> Response:
        return JSONResponse({"expired": twin.access.expire_tokens()})

    async def change_scopes(request: Request) -> Response:
        told = read_members(_SCOPES, await lever_body(request), complete=True)
        return JSONResponse({"revoked": twin.access.change_scopes(**told)})

    async def ship_part(request: Request) -> Response:
        """``{"1": "2"}``: two of line 1 leave; ``?tracking=`` says in which parcel."""
        body = await lever_body(request)
        quantities = {line: decimal(quantity) for line, quantity in body.items()}
        parcel = request.query_params.get("tracking", "")
        with twin.business() as business:
            return JSONResponse(business.ship_part(request.path_params["key"], quantities, parcel))

    return [
        *business_levers(twin.business, late=twin.late, automatic=twin.automatic, pace=twin.pace),
        Lever("/tokens/expire", expire_tokens, methods=["POST"]),
        Lever("/orders/{key}/ship-part", ship_part, methods=["POST"]),
        Lever("/scopes", change_scopes, methods=["POST"]),
        Lever("/ionapi", _ionapi(twin)),
    ]


def _ionapi(twin: FacadeTwin) -> Callable[[Request], Any]:
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
