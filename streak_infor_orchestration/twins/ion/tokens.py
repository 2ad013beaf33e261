"""The tokens that are out: access tokens with an end, refresh tokens without. Contract, A.2."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from streak_infor_orchestration.twins.harness import Now


@dataclass(frozen=True)
class Grant:
    until: datetime
    scopes: frozenset[str]


class Tokens:
    def __init__(self, now: Now) -> None:
        self._now = now
        self.clear()

    def clear(self) -> None:
        self._access: dict[str, Grant] = {}
        self._refresh: dict[str, frozenset[str]] = {}

    def expire(self) -> int:
        """Ends every access token, as time would, and says how many there were. Refresh tokens stay."""
        count = len(self._access)
        self._access.clear()
        return count

    def issue(self, seconds: int, scopes: frozenset[str]) -> str:
        """An access token in the shape of a signed JWT: three parts, which nobody but Infor reads."""
        now = self._now()
        self._access = {token: grant for token, grant in self._access.items() if grant.until > now}
        token = f"eyJ{secrets.token_urlsafe(24)}.{secrets.token_urlsafe(120)}.{secrets.token_urlsafe(256)}"
        self._access[token] = Grant(now + timedelta(seconds=seconds), scopes)
        return token

    def issue_refresh(self, scopes: frozenset[str]) -> str:
        token = secrets.token_urlsafe(32)
        self._refresh[token] = scopes
        return token

    def refreshed(self, refresh_token: str) -> frozenset[str] | None:
        """The scopes it was issued with, None when it is not known. A refresh token is good for one use."""
        return self._refresh.pop(refresh_token, None)

    def revoke(self, token: str) -> None:
        self._access.pop(token, None)
        self._refresh.pop(token, None)

    def grant(self, token: str) -> Grant | None:
        """What an access token opens, None when it is unknown or over."""
        grant = self._access.get(token)
        return grant if grant is not None and self._now() < grant.until else None
