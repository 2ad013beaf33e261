"""What an answer, or the lack of one, means: the one table of it.

=====================================  ==========================  =================
what happened                          read                        write
=====================================  ==========================  =================
2xx and understood                     done                        done
connection never made                  Unavailable                 Unavailable (certainly not done)
429, 425                               Transient                   Transient (certainly not done)
429 for longer than five minutes       Unavailable                 Unavailable (certainly not done)
401 for good credentials               Transient                   Transient (certainly not done)
401 after a new login, 403             Unauthorized                Unauthorized
409 / 412                              Conflict / Stale            Conflict / Stale
405, 410                               Misconfigured               Misconfigured
404 (`find`: None)                     Misconfigured, or           Rejected
                                       Transient when no JSON
other 4xx                              Rejected                    Rejected
502, 503                               Unavailable                 Unknown
408, other 5xx, cut, too late,         Transient                   Unknown
unreadable, too large, redirected
2xx with bytes that are no characters  done, they are U+FFFD       Unknown
301, 308                               Misconfigured               Unknown
=====================================  ==========================  =================
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from streak_infor_orchestration.domain.errors import (
    Conflict,
    IntegrationError,
    Misconfigured,
    Rejected,
    Stale,
    Transient,
    Unauthorized,
    Unavailable,
    Unknown,
)
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.hold import LONGEST_SECONDS

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

_WHILE_BUSY = 1.0  # seconds


@dataclass(frozen=True)
class Refusal:
    """What a system says about its refusal, in its own words. `existing`: the record in the way of a 409."""

    message: str = ""
    code: str = ""
    field: str = ""
    value: str = ""
    existing: str = ""


Explain = Callable[[Any], Refusal]
"""Reads a system's JSON error body (of any shape, or None) into a `Refusal`; raises nothing."""


def explain_plainly(body: Any) -> Refusal:
    """The usual places of a message."""
    if not isinstance(body, dict):
        return Refusal()
    said = (body.get(name) for name in ("error_description", "detail", "message", "error", "title"))
    return Refusal(message=next((text for text in said if isinstance(text, str) and text), ""))


@dataclass(frozen=True)
class Call:
    """What was asked of whom: decides what a bad answer means, and is named in every error."""

    system: str
    method: str
    path: str
    writes: bool

    def doubtful(self, what: str, code: str, seconds: float | None = None) -> IntegrationError:
        """No clear answer: a write may have happened, a read may be tried again."""
        if self.writes:
            return Unknown(self._told(what), code=code, system=self.system)
        return Transient(self._told(what), code=code, system=self.system, retry_after=seconds)

    def not_sent(self, what: str, code: str, seconds: float = _WHILE_BUSY) -> Transient:
        """Certainly not done, no reason to think the whole system is down, and none to blame the record: it waits for
        `seconds`, because we were busy ourselves or had been asked to wait."""
        return Transient(self._told(what), code=code, system=self.system, retry_after=seconds)

    def broken(self, error: httpx.RequestError) -> IntegrationError:
        """The exchange broke off. The cause is named by its class: its text may quote what was sent."""
        name = type(error).__name__
        if isinstance(error, httpx.PoolTimeout):
            return self.not_sent("no free connection in time", SystemCode.BUSY)
        if isinstance(error, _NEVER_SENT):
            return Unavailable(
                self._told(f"no connection ({name})"), code=SystemCode.NO_CONNECTION, system=self.system
            )
        if isinstance(error, httpx.TimeoutException):
            return self.doubtful("no answer in time", SystemCode.TIMEOUT)
        return self.doubtful(f"connection lost ({name})", SystemCode.CONNECTION_LOST)

    def refused(self, answer: Answer, explain: Explain, asked: float | None) -> IntegrationError:
        """For every status but 2xx. `asked`: it is to be left alone for so many seconds."""
        status = answer.status
        seconds = None if asked is None else min(asked, LONGEST_SECONDS)
        readable = answer.is_json and (answer.is_whole or not self.writes)
        said = explain(answer.body if readable else None)
        told = self._told(f"{status} {said.message}".strip()[:400])
        code = said.code or f"http_{status}"
        named: dict[str, str] = {
            "code": code,
            "system": self.system,
            "field": said.field,
            "value": said.value,
        }
        match status:
            case 429 if asked is not None and asked > LONGEST_SECONDS:
                return Unavailable(told, retry_after=seconds, **named)
            case 429 | 425:
                return Transient(told, retry_after=seconds, **named)
            case 403:
                return Unauthorized(told, **named | {"code": said.code or LoginCode.FORBIDDEN})
            case 401:
                return Unauthorized(told, **named)
            case 409:
                return Conflict(told, existing=said.existing, **named)
            case 412:
                return Stale(told, **named)
            case 405 | 410:
                return Misconfigured(told, **named)
            case 404 if not self.writes and not answer.is_json:
                return self.doubtful("404, and not from the system itself", code)
            case 404 if not self.writes:
                return Misconfigured(
                    f"{told}: no such address, see base_url",
                    **named | {"code": said.code or SystemCode.NO_SUCH_ADDRESS},
                )
            case 301 | 308 if not self.writes:
                return Misconfigured(
                    f"{told}: the address has moved, see base_url",
                    **named | {"code": said.code or SystemCode.NO_SUCH_ADDRESS},
                )
            case 502 | 503 if not self.writes:
                return Unavailable(told, retry_after=seconds, **named)
            case _ if 400 <= status < 500 and status != 408:
                return Rejected(told, **named)
            case _:
                return self.doubtful(f"{status} {said.message}".strip()[:400], code, seconds)

    def _told(self, what: str) -> str:
        return f"{self.system}: {what} ({self.method} {_shortened(self.path)})"


def _shortened(path: str) -> str:
    """Long keys by their end only: Streak's pipeline keys hold an e-mail address (Streak API contract §0.10)."""
    return re.sub(r"[^/?]{20,}", lambda key: "…" + key[0][-6:], path)
