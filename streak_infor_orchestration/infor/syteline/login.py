"""How SyteLine lets us in: through the ION gateway, or by its own token (Infor API contract A.2, C.1)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected, Unauthorized
from streak_infor_orchestration.infor.ion import IonOAuth, ion_login, service_account
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.settings import RefusalTexts
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.auth import Auth
from streak_infor_orchestration.transport.http import HttpClient, segment
from streak_infor_orchestration.transport.oauth import endpoint
from streak_infor_orchestration.transport.token import Token, TokenAuth

CONFIGURATION = "X-Infor-MongooseConfig"


def login(section: SytelineSection, secrets: Secrets, clock: Clock) -> Auth:
    """Raises Misconfigured, naming what is missing."""
    if section.access == "direct":
        base_url = secrets.infor_address(section.base_url, plain_http=section.allow_plain_http)
        username = secrets.named("INFOR_USERNAME").get_secret_value()
        password = secrets.named("INFOR_PASSWORD").get_secret_value()
        return IdoToken(base_url, section.configuration, username, password, section.messages, clock)
    credentials = service_account(secrets, plain_http=section.allow_plain_http)
    return ion_login(credentials, clock, partial(IdoOAuth, section))


class IdoOAuth(IonOAuth):
    """The gateway's token, and the configuration that it is asked for (contract C.1). The session behind it may be gone
    where the token is not, as after an invoke: that is said inside a 200 (contract C.3)."""

    def __init__(
        self, section: SytelineSection, token_url: str, client_id: str, secret: str, **given: Any
    ) -> None:
        super().__init__(token_url, client_id, secret, **given)
        self._texts, self._configuration = section.messages, section.configuration

    def headers(self) -> Mapping[str, str]:
        return {**super().headers(), CONFIGURATION: self._configuration}

    def refused(self, answer: Answer) -> bool:
        return super().refused(answer) or is_token_lost(answer, self._texts)


class IdoToken(TokenAuth):
    """SyteLine's own token, raw in the header; used until it is refused (contract C.1, C.3)."""

    scheme = ""

    def __init__(
        self,
        base_url: str,
        configuration: str,
        username: str,
        password: str,
        texts: RefusalTexts,
        clock: Clock,
    ) -> None:
        super().__init__("infor", clock)
        address = f"{base_url}/IDORequestService/ido/token/{segment(configuration)}"
        self._http: HttpClient
        self._http, self._path = endpoint(address, "infor", clock, True)
        self._configuration = configuration
        self._credentials = {"username": username, "password": password}
        self._texts = texts

    def refused(self, answer: Answer) -> bool:
        return super().refused(answer) or is_token_lost(answer, self._texts)

    def _log_in(self, *, refused: bool) -> Token:
        try:
            return self._http.read("GET", self._path, headers=self._credentials, decode=self._token_of)
        except (Rejected, Misconfigured) as error:
            raise Unauthorized(error.message, code=error.code, system=error.system) from None

    def _token_of(self, answer: Answer) -> Token:
        if not _succeeded(answer.body):
            said = str(answer.body.get("Message") or "no token")
            raise Unauthorized(f"infor: {said} (configuration {self._configuration})", system="infor")
        token = answer.body["Token"]
        if not isinstance(token, str) or not token:
            raise ValueError("no token")
        return Token(token)


def is_token_lost(answer: Answer, texts: RefusalTexts) -> bool:
    if answer.status != 200 or not answer.is_json or not isinstance(answer.body, dict):
        return False
    said = answer.body.get("Message")
    return (
        answer.body.get("Success") is False
        and isinstance(said, str)
        and any(text.casefold() in said.casefold() for text in texts.no_token)
    )


def _succeeded(body: Any) -> bool:
    """Raises TypeError for an answer that does not say."""
    succeeded = body["Success"]
    if not isinstance(succeeded, bool):
        raise TypeError("Success")
    return succeeded
