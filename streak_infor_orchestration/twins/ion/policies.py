"""What an administrator sets at the gateway, and what goes wrong there. Contract, A.2 and A.4."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from streak_infor_orchestration.twins.harness import Now
from streak_infor_orchestration.twins.harness.switches import switched

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

    def changed(self, members: Any) -> "Policies":
        """With the members of a JSON object. Raises ValueError naming what is not one of ours."""
        policies = switched(self, members)
        if policies.transient_text not in TRANSIENT:
            raise ValueError(f"transient_text is one of {sorted(TRANSIENT)}")
        return policies


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
