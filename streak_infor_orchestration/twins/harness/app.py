"""Assembles a twin: its API routes, the control API, the call log and the faults around both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from streak_infor_orchestration.twins.harness.calls import CallLog, CallLogMiddleware
from streak_infor_orchestration.twins.harness.control import Lever, control_mount
from streak_infor_orchestration.twins.harness.fault_middleware import FaultMiddleware
from streak_infor_orchestration.twins.harness.faults import Faults
from streak_infor_orchestration.twins.harness.violations import Violations


@dataclass(frozen=True)
class Instruments:
    """What a twin is watched and disturbed with; also at ``app.state.instruments`` for in-process tests."""

    violations: Violations = field(default_factory=Violations)
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)


def twin_app(
    routes: Sequence[BaseRoute],
    *,
    instruments: Instruments,
    reset: Callable[[], None],
    levers: Sequence[Lever] = (),
    exception_handlers: Mapping[Any, Any] | None = None,
    lifespan: Any = None,
) -> Starlette:
    """The twin as an ASGI application. ``reset`` puts its state back to the seed."""
    control = control_mount(instruments.faults, instruments.violations, instruments.calls, reset, levers)
    app = Starlette(
        routes=[control, *routes],
        middleware=[
            Middleware(CallLogMiddleware, calls=instruments.calls),
            Middleware(FaultMiddleware, faults=instruments.faults),
        ],
        exception_handlers=exception_handlers,
        lifespan=lifespan,
    )
    app.state.instruments = instruments
    return app
