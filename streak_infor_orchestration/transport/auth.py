"""Credentials as request headers. OAuth 2.0 is in `oauth.py`."""

import base64
from collections.abc import Mapping

from streak_infor_orchestration.transport.answer import Answer


class Auth:
    """No credentials; the base of all others. Thread-safe. Nothing here prints a secret."""

    def headers(self) -> Mapping[str, str]:
        """The headers of the next request. Raises `Unauthorized` or `Transient` where it has to log in first."""
        return {}

    def refused(self, answer: Answer) -> bool:
        """Whether these credentials are what the answer refuses: then certainly nothing was done."""
        return answer.status == 401

    def stumbled(self, answer: Answer) -> bool:
        """Whether the answer looks like such a refusal, of credentials that are good: the same ones do the next time.
        Certainly nothing was done."""
        return False

    def renew(self, refused: Mapping[str, str]) -> bool:
        """After a refusal of `refused` (what `headers` gave): is there now something else worth one more try?"""
        return False

    def close(self) -> None:
        """Nothing more will be sent."""


class _Fixed(Auth):
    def __init__(self, name: str, value: str) -> None:
        self._headers = {name: value}

    def headers(self) -> Mapping[str, str]:
        return self._headers


class Basic(_Fixed):
    """Streak: the API key as user name, no password (Streak API contract §1)."""

    def __init__(self, username: str, password: str = "") -> None:
        super().__init__("Authorization", basic(username, password))


class Bearer(_Fixed):
    def __init__(self, token: str) -> None:
        super().__init__("Authorization", f"Bearer {token}")


class ApiKey(_Fixed):
    """A key in a header of its own (Infor façade contract, Transport and authentication)."""

    def __init__(self, key: str, header: str = "X-API-Key") -> None:
        super().__init__(header, key)


def basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
