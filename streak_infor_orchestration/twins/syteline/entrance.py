"""Who comes in, through the gateway or directly, and for which configuration. Contract, C.1."""

from typing import Protocol

from starlette.requests import Request

from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.sessions import Sessions

CONFIGURATION_HEADER = "X-Infor-MongooseConfig"


class NotAuthenticated(Exception):
    """401."""


class Entrance(Protocol):
    def enter(self, request: Request) -> None:
        """Raises NotAuthenticated, Refusal."""

    def leave(self, request: Request) -> None:
        """After an invoke, which destroys the session."""


class ThroughGateway:
    """The gateway has looked at the bearer token; Mongoose asks for the configuration only."""

    def __init__(self, configuration: str) -> None:
        self._configuration = configuration

    def enter(self, request: Request) -> None:
        named = request.headers.get(CONFIGURATION_HEADER)
        if named is None:
            raise Refusal(f"The header {CONFIGURATION_HEADER} is missing", "configuration_missing")
        demand_configuration(named, self._configuration)

    def leave(self, request: Request) -> None:
        """Every call through the gateway has a session of its own."""


class Direct:
    """The raw token, without "Bearer"."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def enter(self, request: Request) -> None:
        token = request.headers.get("authorization")
        if token is None:
            raise NotAuthenticated("Authorization is missing")
        if token.lower().startswith("bearer "):
            raise Refusal("Invalid token", "token_not_raw")
        if not self._sessions.is_open(token):
            raise Refusal("Invalid token")

    def leave(self, request: Request) -> None:
        self._sessions.end(request.headers["authorization"])


def demand_configuration(named: str, configuration: str) -> None:
    if named != configuration:
        raise Refusal(f"Configuration {named} was not found")
