"""Runs a suite on a system, check by check; nothing a system does ends the run."""

import time
from collections.abc import Iterator
from typing import TypeVar

from streak_infor_orchestration.conformance.check import Breach, Check, NotApplicable, Suite
from streak_infor_orchestration.conformance.outcome import CheckOutcome, Verdict
from streak_infor_orchestration.domain.errors import (
    IntegrationError,
    Misconfigured,
    Unauthorized,
    Unavailable,
)
from streak_infor_orchestration.domain.problems.setup import SetupCode

_NOT_THERE = (SetupCode.NO_SUCH_ENTITY, SetupCode.NO_SUCH_FILTER)
_NOT_TRIED: tuple[Verdict, str, str] = ("not applicable", "not tried: the first check failed", "")
S = TypeVar("S")


def run(suite: Suite[S], subject: S, *, write: bool) -> Iterator[CheckOutcome]:
    """The reading checks; with `write` also those that make records. Where the very first fails, nobody is let in: the
    others are not tried."""
    let_in = True
    for check in suite.checks:
        if write or not check.writes:
            started = time.perf_counter()
            verdict, detail, cure = _tried(check, subject) if let_in else _NOT_TRIED
            let_in = let_in and (verdict != "fail" or check is not suite.checks[0])
            yield CheckOutcome(
                system=suite.system,
                check=check.name,
                contract=check.contract,
                verdict=verdict,
                detail=detail,
                cure=cure,
                seconds=round(time.perf_counter() - started, 3),
            )


def _tried(check: Check[S], subject: S) -> tuple[Verdict, str, str]:
    """Verdict, detail and cure."""
    try:
        check.body(subject)
    except NotApplicable as reason:
        return "not applicable", str(reason), ""
    except Breach as breach:
        return "fail", str(breach), check.cure
    except IntegrationError as error:
        if isinstance(error, Misconfigured) and error.code in _NOT_THERE:
            return "not applicable", error.message, ""
        return "fail", f"{error.kind}: {error.message}", _cure(error, check.cure)
    except (
        Exception
    ) as error:  # a defect of ours or an answer nobody thought of: the other checks still count
        return "fail", f"{type(error).__name__}: {error}", check.cure
    return "pass", "", ""


def _cure(error: IntegrationError, otherwise: str) -> str:
    match error:
        case Unauthorized():
            return "check the credentials, and grant this user or client the permission"
        case Unavailable():
            return "the system does not answer: try again when it is up"
        case _:
            return otherwise
