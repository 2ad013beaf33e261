"""How Infor's ION API Gateway lets us in (Infor API contract A.1, A.2, A.4)."""

from collections.abc import Callable
from typing import TypeVar

from streak_infor_orchestration.config.secrets import InforCredentials, Secrets
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.oauth import OAuth

_STUMBLES = (b"unknown oauth_consumer_key", b"validating OAuth 1.0a credentials")
"""What a product behind the gateway says now and then of a token that is good (contract A.4)."""


class IonOAuth(OAuth):
    """Knows the refusals that are none: they are tried again by the same token."""

    def stumbled(self, answer: Answer) -> bool:
        return answer.status == 401 and any(text in answer.content for text in _STUMBLES)


A = TypeVar("A", bound=IonOAuth)


def ion_login(credentials: InforCredentials, clock: Clock, kind: Callable[..., A]) -> A:
    """By a client, with its service account where the credentials hold one."""
    assert credentials.token_url and credentials.client_id and credentials.client_secret is not None
    password = credentials.password
    return kind(
        credentials.token_url,
        credentials.client_id,
        credentials.client_secret.get_secret_value(),
        username=credentials.username or "",
        password=password.get_secret_value() if password else "",
        scope=credentials.scope,
        revoke_url=credentials.revoke_url,
        system="infor",
        clock=clock,
    )


def service_account(secrets: Secrets, *, plain_http: bool) -> InforCredentials:
    """Of a product that only the gateway leads to: it lets in by the password grant and no other (contract A.2).
    Raises Misconfigured, naming what is missing."""
    credentials = secrets.infor(None, plain_http=plain_http)
    if credentials.client_id is None:
        raise Misconfigured(
            "the ION API gateway lets in by an .ionapi file, not by an API key: set INFOR_IONAPI_FILE",
            field="INFOR_IONAPI_FILE",
        )
    if credentials.username is None:
        raise Misconfigured(
            "the .ionapi file has no service account (saak, sask): in Infor OS, API Gateway, Authorized Apps, make a "
            'Backend Service app and download its credentials with "Create Service Account"',
            code=LoginCode.NO_SERVICE_ACCOUNT,
            field="INFOR_IONAPI_FILE",
        )
    return credentials
