"""The gateway in front of one product: its addresses, its levers, its return to the start."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from streak_infor_orchestration.twins.harness import Lever, Now, Violations
from streak_infor_orchestration.twins.harness.paths import CONTROL_PREFIX
from streak_infor_orchestration.twins.ion import ionapi
from streak_infor_orchestration.twins.ion.account import Account
from streak_infor_orchestration.twins.ion.door import Door
from streak_infor_orchestration.twins.ion.oauth import AuthorizationServer
from streak_infor_orchestration.twins.ion.policies import Policies, Quota
from streak_infor_orchestration.twins.ion.tokens import Tokens


class Gateway:
    """``suite``: the product's name in the gateway's addresses, ``M3`` or ``CSI`` (contract, A.3).

    A twin puts :meth:`routes` and :meth:`levers` among its own and calls :meth:`clear` when it is reset. Tokens
    are at ``/{tenant}/as/token.oauth2``, and for an installation of one's own at ``/InforIntSTS/connect/token``.
    """

    def __init__(
        self, suite: str, *, now: Now, violations: Violations, account: Account | None = None
    ) -> None:
        self.account = account or Account()
        self.suite = suite
        self._violations = violations
        self._tokens = Tokens(now)
        self._quota = Quota(now)
        self._server = AuthorizationServer(self.account, self._tokens, violations)

    def clear(self) -> None:
        """No token is out, and the policies are as at the start."""
        self._tokens.clear()
        self._quota.clear()
        self._server.policies = Policies()

    def expire_tokens(self) -> int:
        """For the twin's lever ``/tokens/expire``: how many access tokens there were."""
        return self._tokens.expire()

    def routes(self, product: Sequence[BaseRoute]) -> list[BaseRoute]:
        """The product's routes behind the gateway's door, ``/{tenant}/{suite}/…``, and the tokens' own."""
        door = Middleware(
            Door,
            server=self._server,
            tokens=self._tokens,
            quota=self._quota,
            violations=self._violations,
        )
        tenants = (self.account.tenant, ionapi.ON_PREMISES_TENANT)
        return [
            Route(f"/{self.account.tenant}/{ionapi.TOKEN}", self._server.token, methods=["POST"]),
            Route(f"/{self.account.tenant}/{ionapi.REVOKE}", self._server.revoke, methods=["POST"]),
            Route(f"/{ionapi.ON_PREMISES_TOKEN}", self._server.token, methods=["POST"]),
            Route(f"/{ionapi.ON_PREMISES_REVOKE}", self._server.revoke, methods=["POST"]),
            *(Mount(f"/{tenant}/{self.suite}", routes=product, middleware=[door]) for tenant in tenants),
        ]

    def levers(self) -> list[Lever]:
        """``/gateway`` shows and changes :class:`.Policies`; ``/ionapi?variant=`` is the downloaded file."""
        return [
            Lever("/gateway", self._policies, methods=["GET", "POST"]),
            Lever("/ionapi", self._ionapi),
        ]

    async def _policies(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                self._server.policies = self._server.policies.changed(json.loads(await request.body()))
            except ValueError as error:
                return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(asdict(self._server.policies))

    async def _ionapi(self, request: Request) -> Response:
        variant = request.query_params.get("variant", "1.0")
        if variant not in ionapi.VARIANTS:
            return JSONResponse({"error": f"variant is one of {sorted(ionapi.VARIANTS)}"}, 400)
        base = str(request.base_url).rstrip("/").removesuffix(CONTROL_PREFIX)
        scopes: list[Any] = [scope] if (scope := self._server.policies.scope) else []
        return JSONResponse(ionapi.ionapi(self.account, base, variant, scopes))
