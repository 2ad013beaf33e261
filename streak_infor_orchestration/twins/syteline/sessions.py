"""Direct access, without the gateway: a user's token for one configuration. Contract, C.1 and C.3."""

import base64
import hmac
import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class User:
    """Who may ask for a token, and of which configuration (site)."""

    configuration: str = "TWIN_TST_MAIN"
    name: str = "streak"
    password: str = "twin-password"


class Sessions:
    """Tokens do not end by time."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.clear()

    def clear(self) -> None:
        self._open: set[str] = set()

    def expire(self) -> int:
        count = len(self._open)
        self._open.clear()
        return count

    def authenticates(self, name: str, password: str) -> bool:
        known = self.user
        return _same(name, known.name) and _same(password, known.password)

    def begin(self) -> str:
        """An opaque token."""
        token = base64.b64encode(secrets.token_bytes(96)).decode()
        self._open.add(token)
        return token

    def is_open(self, token: str) -> bool:
        return token in self._open

    def end(self, token: str) -> None:
        self._open.discard(token)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
