"""What SyteLine means by `Success: false`: it says so in an answer of 200 (Infor API contract C.2, C.3)."""

from streak_infor_orchestration.domain.errors import (
    IntegrationError,
    Misconfigured,
    Rejected,
    Transient,
    Unauthorized,
    Unavailable,
)
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.syteline.settings import RefusalTexts

LOCKED_SECONDS = 30.0
"""Seconds after which a record that a person has open is tried again."""


def refusal(message: str, texts: RefusalTexts, *, system: str, what: str, writes: bool) -> IntegrationError:
    """Of a call that was understood: a write that is refused was certainly not done. What a read is refused for, and
    no text explains, time may cure."""
    told = f"{system}: {message or 'refused without a word'} ({what})"[:400]
    if _says(message, texts.no_token):
        return Unauthorized(told, system=system)
    if _says(message, texts.forbidden):
        return Unauthorized(told, code=LoginCode.FORBIDDEN, system=system)
    if _says(message, texts.unknown_ido):
        return Misconfigured(f"{told}: see erp.idos", system=system)
    if not writes and _says(message, texts.unknown_configuration):
        return Misconfigured(f"{told}: see erp.configuration", system=system)
    if _says(message, texts.no_licence):
        return Unavailable(told, system=system)
    if _says(message, texts.locked):
        return Transient(told, code=SystemCode.BUSY, retry_after=LOCKED_SECONDS, system=system)
    return Rejected(told, system=system) if writes else Transient(told, system=system)


def _says(message: str, texts: tuple[str, ...]) -> bool:
    return any(text.casefold() in message.casefold() for text in texts)
