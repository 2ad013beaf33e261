"""`GET /token/{configuration}`: name and password to a token. Contract, C.1."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from streak_infor_orchestration.twins.harness import Violations
from streak_infor_orchestration.twins.syteline.entrance import NotAuthenticated, demand_configuration
from streak_infor_orchestration.twins.syteline.sessions import Sessions


class TokenCalls:
    def __init__(self, sessions: Sessions, violations: Violations) -> None:
        self._sessions = sessions
        self._violations = violations

    def routes(self, base: str) -> list[BaseRoute]:
        return [
            Route(f"{base}/token/{{configuration}}", self._by_headers),
            Route(f"{base}/token/{{configuration}}/{{username}}/{{password}}", self._by_address),
        ]

    async def _by_headers(self, request: Request) -> Response:
        name, password = (request.headers.get(header, "") for header in ("username", "password"))
        return self._token(request, name, password)

    async def _by_address(self, request: Request) -> Response:
        """It works, but leaves the password in every log on the way."""
        self._violations.add(
            "GET", f"{request.url.path.partition('/token/')[0]}/token", "secret_in_address", ""
        )
        return self._token(request, request.path_params["username"], request.path_params["password"])

    def _token(self, request: Request, name: str, password: str) -> Response:
        demand_configuration(request.path_params["configuration"], self._sessions.user.configuration)
        if not self._sessions.authenticates(name, password):
            raise NotAuthenticated("Invalid user name or password")
        return JSONResponse({"Success": True, "Message": None, "Token": self._sessions.begin()})
