"""SyteLine's own control routes, beside those of every ERP twin and of the gateway."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from streak_infor_orchestration.twins.erp import business_levers
from streak_infor_orchestration.twins.erp.levers import lever_body
from streak_infor_orchestration.twins.erp.values import decimal
from streak_infor_orchestration.twins.harness import Lever
from streak_infor_orchestration.twins.harness.switches import switched
from streak_infor_orchestration.twins.syteline.twin import SytelineTwin


def levers(twin: SytelineTwin) -> list[Lever]:
    async def expire_tokens(request: Request) -> Response:
        return JSONResponse({"expired": twin.gateway.expire_tokens() + twin.sessions.expire()})

    async def change_settings(request: Request) -> Response:
        body = await lever_body(request)
        with twin.opened() as company:
            try:
                company.settings = switched(company.settings, body)
            except ValueError as error:
                return JSONResponse({"error": str(error)}, 400)
            return JSONResponse(asdict(company.settings))

    async def install_handler(request: Request) -> Response:
        return JSONResponse(twin.data.events.install(await lever_body(request)))

    async def order_refusal(request: Request) -> Response:
        return JSONResponse(twin.refusals.order(await lever_body(request)))

    async def ship_part(request: Request) -> Response:
        """``{"1": "2"}``: two of line 1 leave."""
        body = await lever_body(request)
        quantities = {line: decimal(quantity) for line, quantity in body.items()}
        with twin.business() as business:
            return JSONResponse(business.ship(request.path_params["key"], quantities))

    return [
        *business_levers(twin.business, late=twin.late, automatic=twin.automatic, pace=twin.pace),
        *twin.gateway.levers(),
        Lever("/tokens/expire", expire_tokens, methods=["POST"]),
        Lever("/orders/{key}/ship-part", ship_part, methods=["POST"]),
        Lever("/settings", change_settings, methods=["GET", "POST"]),
        Lever("/event-handlers", install_handler, methods=["POST"]),
        Lever("/refusals", order_refusal, methods=["POST"]),
    ]
