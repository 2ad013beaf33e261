"""Builds the façade twin as an ASGI application."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from streak_infor_orchestration.twins.erp import AutomaticInvoices
from streak_infor_orchestration.twins.erp.problems import NOT_THE_CLIENTS_FAULT, Problem, not_found
from streak_infor_orchestration.twins.harness import (
    Instruments,
    LateCommits,
    Now,
    Violations,
    twin_app,
    utc_now,
)
from streak_infor_orchestration.twins.harness.paths import is_control
from streak_infor_orchestration.twins.infor.access import AccessControl, Credentials
from streak_infor_orchestration.twins.infor.api import Api
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.levers import levers
from streak_infor_orchestration.twins.infor.seed import seed_company
from streak_infor_orchestration.twins.infor.twin import FacadeTwin


def create_app(
    *,
    client_id: str = "twin-client",
    client_secret: str = "twin-secret",  # noqa: S107 - opens a simulator only
    api_key: str = "twin-key",
    service_user: str = "twin-service",
    service_password: str = "twin-service-password",  # noqa: S107 - opens a simulator only
    token_seconds: int = 7200,
    now: Now = utc_now,
    seed: Callable[[Company], None] = seed_company,
) -> Starlette:
    """The API at ``/infor/api/v1``, tokens at ``/oauth/token``, control at ``/__twin__/``.

    ``seed`` fills the empty company at the start and at every reset. ``app.state.twin`` is the twin itself.
    """
    violations = Violations(now)
    company = Company(now)
    credentials = Credentials(client_id, client_secret, api_key, service_user, service_password)
    access = AccessControl(credentials, token_seconds, now, violations)
    late = LateCommits(company.now, company.at, Problem)
    twin = FacadeTwin(company, late, AutomaticInvoices(company.now), violations, seed, access)
    twin.reset()

    async def refuse(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        if not is_control(request.url.path):
            for error in problem.errors:
                if error.code not in NOT_THE_CLIENTS_FAULT:
                    detail = f"{error.field}: {error.message}"
                    violations.add(request.method, request.url.path, error.code, detail)
        return problem.response()

    async def unrouted(request: Request, error: Exception) -> Response:
        return not_found(request.url.path).response()

    app = twin_app(
        Api(twin).routes(),
        instruments=Instruments(violations=violations),
        reset=twin.reset,
        levers=levers(twin),
        exception_handlers={Problem: refuse, HTTPException: unrouted},
    )
    app.state.twin = twin
    return app
