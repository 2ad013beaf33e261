"""Builds the M3 twin as an ASGI application."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from streak_infor_orchestration.twins.erp import AutomaticInvoices
from streak_infor_orchestration.twins.erp.problems import Problem
from streak_infor_orchestration.twins.harness import (
    Instruments,
    LateCommits,
    Now,
    Violations,
    twin_app,
    utc_now,
)
from streak_infor_orchestration.twins.harness.paths import is_control
from streak_infor_orchestration.twins.ion import Account, Gateway
from streak_infor_orchestration.twins.m3.basic import BasicDoor
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.cache import AnswerCache
from streak_infor_orchestration.twins.m3.legacy import Legacy
from streak_infor_orchestration.twins.m3.levers import levers
from streak_infor_orchestration.twins.m3.nok import Nok
from streak_infor_orchestration.twins.m3.rest import Rest
from streak_infor_orchestration.twins.m3.seed import seed_books
from streak_infor_orchestration.twins.m3.twin import M3Twin

SUITE = "M3"


def create_app(
    *, account: Account | None = None, now: Now = utc_now, seed: Callable[[Books], None] = seed_books
) -> Starlette:
    """Behind the gateway at ``/{tenant}/M3/m3api-rest``, by Basic at ``/m3api-rest``; control at ``/__twin__/``.

    ``seed`` fills the empty books at the start and at every reset. ``app.state.twin`` is the twin itself.
    """
    violations = Violations(now)
    books = Books(now)
    gateway = Gateway(SUITE, now=now, violations=violations, account=account)
    late = LateCommits(books.now, books.at, Nok)
    twin = M3Twin(books, late, AutomaticInvoices(books.now), violations, seed, gateway, AnswerCache(now))
    twin.reset()

    async def refuse(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return problem.response()

    async def not_a_switch(request: Request, error: Exception) -> Response:
        if not is_control(request.url.path):
            raise error
        return JSONResponse({"error": str(error)}, 400)

    async def unrouted(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if not is_control(request.url.path):
            violations.add(request.method, request.url.path, "unknown_path", f"{error.status_code}")
        return JSONResponse({"message": error.detail}, error.status_code)

    rest = Rest(twin)
    product = [*rest.routes(), *Legacy(twin, rest).routes()]
    app = twin_app(
        [*gateway.routes(product), Mount("/", routes=product, middleware=[Middleware(BasicDoor)])],
        instruments=Instruments(violations=violations),
        reset=twin.reset,
        levers=levers(twin),
        exception_handlers={Problem: refuse, ValueError: not_a_switch, HTTPException: unrouted},
    )
    app.state.twin = twin
    return app
