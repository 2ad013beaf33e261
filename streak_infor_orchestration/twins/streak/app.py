"""The Streak twin as an ASGI application."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Router

from streak_infor_orchestration.twins.harness import Instruments, Now, Violations, twin_app, utc_now
from streak_infor_orchestration.twins.streak.control import levers
from streak_infor_orchestration.twins.streak.operations import OPERATIONS
from streak_infor_orchestration.twins.streak.protocol.operation import routes
from streak_infor_orchestration.twins.streak.state.system import Streak


def create_app(api_keys: Mapping[str, str], team_name: str = "Acme", now: Now = utc_now) -> Starlette:
    """A team with one user per e-mail address, the first its owner, and nothing else.

    ``api_keys`` maps each API key to its user's e-mail address. Raises ValueError without any key. Everything
    besides is made over the API at ``/api/v1`` and ``/api/v2``; the control API is at ``/__twin__``.
    """
    if not api_keys:
        raise ValueError("a team needs at least one user")
    instruments = Instruments(violations=Violations(now))
    streak = Streak(api_keys, team_name, now, instruments.violations)

    async def unknown_path(request: Request, _: Exception) -> Response:
        instruments.violations.add(request.method, request.url.path, "unknown_path", "no such operation")
        return JSONResponse({"success": False, "error": "Invalid API path specified"}, 404)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await streak.deliveries.close()

    # a slash too many is an unknown path at Streak, not a redirection
    api = Router(routes(OPERATIONS, streak), redirect_slashes=False)
    handlers: dict[Any, Any] = {404: unknown_path}
    return twin_app(
        [Mount("/api", app=api)],
        instruments=instruments,
        reset=streak.reset,
        levers=levers(streak),
        exception_handlers=handlers,
        lifespan=lifespan,
    )
