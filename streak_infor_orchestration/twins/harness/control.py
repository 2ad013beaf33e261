"""The control API of every twin at ``/__twin__/``: faults, violations, calls, reset, and its own levers."""

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from streak_infor_orchestration.twins.harness.calls import CallLog
from streak_infor_orchestration.twins.harness.faults import Fault, Faults
from streak_infor_orchestration.twins.harness.paths import CONTROL_PREFIX
from streak_infor_orchestration.twins.harness.violations import Violations

Lever = Route
"""A twin's own control route, its path relative to ``/__twin__`` (``Lever("/orders/{id}/ship", ship)``)."""


def control_mount(
    faults: Faults,
    violations: Violations,
    calls: CallLog,
    reset: Callable[[], None],
    levers: Sequence[Lever] = (),
) -> Mount:
    """``reset`` puts the twin's own state back to its seed; the three logs are cleared here."""

    async def faults_endpoint(request: Request) -> Response:
        if request.method == "POST":
            try:
                data: Any = await request.json()
                switches = [Fault.from_json(item) for item in (data if isinstance(data, list) else [data])]
            except ValueError as error:
                return JSONResponse({"error": str(error)}, 400)
            faults.add(*switches)
        elif request.method == "DELETE":
            faults.clear()
        return JSONResponse(faults.entries())

    async def violations_endpoint(request: Request) -> Response:
        if request.method == "DELETE":
            violations.clear()
        return JSONResponse(violations.entries())

    async def calls_endpoint(request: Request) -> Response:
        return JSONResponse(calls.since(int(request.query_params.get("since", "0"))))

    async def reset_endpoint(request: Request) -> Response:
        reset()
        faults.clear()
        violations.clear()
        calls.clear()
        return JSONResponse({"reset": True})

    return Mount(
        CONTROL_PREFIX,
        routes=[
            Route("/faults", faults_endpoint, methods=["GET", "POST", "DELETE"]),
            Route("/violations", violations_endpoint, methods=["GET", "DELETE"]),
            Route("/calls", calls_endpoint),
            Route("/reset", reset_endpoint, methods=["POST"]),
            *levers,
        ],
    )
