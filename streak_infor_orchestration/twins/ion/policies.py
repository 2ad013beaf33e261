"""What an administrator sets at the gateway, and what goes wrong there. Contract, A.2 and A.4."""

from collections import deque
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Self

from streak_infor_orchestration.twins.harness import Now

TRANSIENT = {
    "U14": "OAuth [U14]: unknown oauth_consumer_key",
    "OAuth1": "Something went wrong validating OAuth 1.0a credentials.",
}
"""Bodies of the 401 with which a product behind the gateway now and then refuses a valid token."""


@dataclass(frozen=True)
class Policies:
    """``quota`` calls are let through in any ``quota_seconds`` (0: any number), the others are 429, with a
    ``Retry-After`` when ``retry_after``. ``scope`` is demanded of every token when it is not empty. The next
    ``transient`` calls are refused as ``transient_text`` says (a name in :data:`TRANSIENT`)."""

    token_seconds: int = 7200
    refresh_tokens: bool = False
    authorised: bool = True
    scope: str = ""
    quota: int = 0
    quota_seconds: float = 60.0
    retry_after: bool = True
    transient: int = 0
    transient_text: str = "OAuth1"
    timeout_seconds: float = 300.0

    def changed(self, members: Any) -> Self:
        """With the members of a JSON object. Raises ValueError naming what is not one of ours."""
        if not isinstance(members, dict):
            raise ValueError("policies are a JSON object")
        for name, value in members.items():
            known = {field.name: getattr(self, field.name) for field in fields(self)}.get(name)
            if known is None:
                raise ValueError(
                    f"unknown policy {name!r}; known: {sorted(field.name for field in fields(self))}"
                )
            number = isinstance(known, int | float) and not isinstance(known, bool)
            fits = isinstance(value, int | float) and not isinstance(value, bool) if number else None
            if not (fits if number else isinstance(value, type(known))):
                raise ValueError(f"{name} is like {known!r}, not {value!r}")
        if members.get("transient_text", "U14") not in TRANSIENT:
            raise ValueError(f"transient_text is one of {sorted(TRANSIENT)}")
        return replace(self, **members)


class Quota:
    """Counts calls in a sliding window."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._let_through: deque[datetime] = deque()

    def clear(self) -> None:
        self._let_through.clear()

    def wait(self, policies: Policies) -> float:
        """Counts the call and answers 0, or the seconds after which the next is let through."""
        if not policies.quota:
            return 0.0
        now, window = self._now(), timedelta(seconds=policies.quota_seconds)
        while self._let_through and self._let_through[0] <= now - window:
            self._let_through.popleft()
        if len(self._let_through) >= policies.quota:
            return (self._let_through[0] + window - now).total_seconds()
        self._let_through.append(now)
        return 0.0
