"""Tokens that a login gives: got when first needed, and again shortly before they end or when they are refused."""

import threading
from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.transport.auth import Auth
from streak_infor_orchestration.transport.deadline import holding

LEEWAY_SECONDS = 60.0


class Token(NamedTuple):
    """`seconds` it lives from now on; None: it is used until it is refused."""

    text: str
    seconds: float | None = None


class TokenAuth(Auth):
    """One login at a time, however many threads ask. `logins` counts them."""

    scheme = "Bearer "
    """What stands before the token in the header."""

    def __init__(self, system: str, clock: Clock | None = None) -> None:
        self.logins = 0
        self._system = system
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._token = ""
        self._renew_at: datetime | None = None

    @abstractmethod
    def _log_in(self, *, refused: bool) -> Token:
        """`refused`: the last one was, before its time. Raises `Unauthorized` or `Transient`."""

    def headers(self) -> Mapping[str, str]:
        with holding(self._lock, self._system):
            if not self._token or (self._renew_at is not None and self._clock.now() >= self._renew_at):
                self._get(refused=False)
            return {"Authorization": self.scheme + self._token}

    def renew(self, refused: Mapping[str, str]) -> bool:
        with holding(self._lock, self._system):
            # another token by now: another thread has renewed it
            if refused.get("Authorization") == self.scheme + self._token:
                self._get(refused=True)
            return True

    def _get(self, *, refused: bool) -> None:
        self._token = ""
        self.logins += 1
        token = self._log_in(refused=refused)
        self._token = token.text
        self._renew_at = None if token.seconds is None else self._clock.now() + _use_for(token.seconds)


def _use_for(lifetime: float) -> timedelta:
    """Renew a minute before the end; a token that lives shorter than four is used for three quarters of it."""
    return timedelta(seconds=lifetime - min(LEEWAY_SECONDS, lifetime / 4))
