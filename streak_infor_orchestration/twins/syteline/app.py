"""Builds the SyteLine twin as an ASGI application."""

from collections.abc import Callable
from datetime import UTC, tzinfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

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
from streak_infor_orchestration.twins.ion import Account, Gateway
from streak_infor_orchestration.twins.syteline.api import Api
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.entrance import NotAuthenticated
from streak_infor_orchestration.twins.syteline.levers import levers
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.refusing import OrderedRefusals
from streak_infor_orchestration.twins.syteline.seed import seed_company
from streak_infor_orchestration.twins.syteline.sessions import Sessions, User
from streak_infor_orchestration.twins.syteline.settings import Settings
from streak_infor_orchestration.twins.syteline.twin import SytelineTwin
from streak_infor_orchestration.twins.syteline.widths import Widths

SUITE = "CSI"


def create_app(
    *,
    account: Account | None = None,
    user: User | None = None,
    widths: Widths | None = None,
    settings: Settings | None = None,
    zone: tzinfo = UTC,
    now: Now = utc_now,
    seed: Callable[[Company], None] = seed_company,
) -> Starlette:
    """Direct at ``/IDORequestService``, behind the gateway at ``/{tenant}/CSI/IDORequestService``, control at
    ``/__twin__/``.

    ``account`` opens the gateway, ``user`` the direct way; ``zone`` is the server's local time. ``seed`` fills the
    empty company at the start and at every reset. ``app.state.twin`` is the twin itself.
    """
    violations = Violations(now)
    company = Company(now, zone, widths or Widths(), settings or Settings())
    twin = SytelineTwin(
        company,
        LateCommits(company.moment, company.at, Refusal),
        AutomaticInvoices(company.moment),
        violations,
        seed,
        Sessions(user or User()),
        Gateway(SUITE, now=now, violations=violations, account=account),
        OrderedRefusals(),
    )
    twin.reset()

    async def refuse(request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, Refusal)
        if refusal.breach:
            violations.add(request.method, request.url.path, refusal.breach, refusal.message)
        return JSONResponse({"Success": False, "Message": refusal.message})

    async def unauthenticated(request: Request, error: Exception) -> Response:
        return JSONResponse({"Success": False, "Message": str(error)}, 401)

    async def refuse_lever(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return problem.response()

    api = Api(twin)
    app = twin_app(
        [*twin.gateway.routes(api.behind_gateway()), *api.direct()],
        instruments=Instruments(violations=violations),
        reset=twin.reset,
        levers=levers(twin),
        exception_handlers={Refusal: refuse, NotAuthenticated: unauthenticated, Problem: refuse_lever},
    )
    app.state.twin = twin
    return app
