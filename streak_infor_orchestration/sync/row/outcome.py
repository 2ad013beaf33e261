"""How errors become verdicts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.errors import (
    Held,
    IntegrationError,
    Transient,
    Unauthorized,
    Unavailable,
    Unknown,
    Unreadable,
)
from streak_infor_orchestration.domain.names import NameFault
from streak_infor_orchestration.domain.problems.catalogue import fix_of
from streak_infor_orchestration.domain.problems.code import Cure
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.ledger.database import LedgerUnavailable
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.effects.sending import HELD_AGAIN
from streak_infor_orchestration.sync.row.work import Status, Verdict

# Between runs; the seconds inside a run are the transport's. Three days in all, then a dead letter.
LADDER = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600)
)


PAUSE_SECONDS = 15.0
"""A system that is down or refuses us is left alone for so long, then tried with one record."""

_LEDGER_SECONDS = 5.0
_NAME_AGAIN = timedelta(hours=1)
"""Who waits for a name is looked at so often whatever happens; else when the name is right again."""

_UNREADABLE_AGAIN = timedelta(hours=1)


def verdict_of(error: Exception, *, attempts: int, now: datetime) -> Verdict:
    """What becomes of a deal after `error`; `attempts` counts the earlier ones."""
    match error:
        case Later():
            return Verdict(Status.WAITING, error.reason, due_at=now + timedelta(seconds=error.seconds))
        case LeaseLost():
            return Verdict(Status.LOST, "another run holds the lease")
        case Unavailable() | Unauthorized():
            # the system is paused, the record is not to blame: it waits for the system
            return Verdict(Status.WAITING, error.message, due_at=now, error=error)
        case Transient(retry_after=float() | int() as seconds):
            return Verdict(
                Status.WAITING, error.message, due_at=now + timedelta(seconds=max(1.0, seconds)), error=error
            )
        case LedgerUnavailable():
            # a full disk, a database that restarts: no record is to blame for it
            return Verdict(Status.WAITING, error.message, due_at=now + timedelta(seconds=_LEDGER_SECONDS))
        case Unreadable():
            # nobody tells us when it is mended
            return Verdict(
                Status.PERSON,
                error.message,
                due_at=now + _UNREADABLE_AGAIN,
                problems=(diagnose(error),),
                error=error,
            )
        case Held():
            return Verdict(
                Status.PERSON,
                error.message,
                due_at=now + HELD_AGAIN,
                problems=(diagnose(error),),
                error=error,
            )
        case IntegrationError(cure=Cure.TIME):
            return ladder(error, error.message, attempts, now)
        case IntegrationError(cure=Cure.ADMINISTRATOR):
            return Verdict(Status.ADMINISTRATOR, error.message, problems=(diagnose(error),), error=error)
        case IntegrationError():
            return Verdict(Status.PERSON, error.message, problems=(diagnose(error),), error=error)
        case _:  # a defect of ours: retried like an outage, and a dead letter in the end
            wrapped = Unknown(f"{type(error).__name__}: {error}", code=SystemCode.DEFECT)
            return ladder(wrapped, wrapped.message, attempts, now)


def waits(faults: Sequence[NameFault], clock: Clock) -> Verdict:
    """The verdict on a record that needs names which are wrong."""
    return Verdict(
        Status.WAITING,
        f"waits for an administrator: {faults[0].told}",
        due_at=clock.now() + _NAME_AGAIN,
        held_by=tuple(fault.name for fault in faults),
    )


def named_anew(clock: Clock) -> Verdict:
    """For a record that was read while people changed what things are called: what it seemed to be may not be so."""
    reason = "what Streak calls things changed while the deal was read"
    return Verdict(Status.WAITING, reason, due_at=clock.now() + timedelta(seconds=1))


def ladder(error: IntegrationError, reason: str, attempts: int, now: datetime) -> Verdict:
    """The next rung; above the last one it is a person's."""
    if attempts >= len(LADDER):
        given_up = f"still failing after three days: {reason}"
        problem = diagnose(error).model_copy(update={"message": given_up})
        return Verdict(Status.PERSON, given_up, problems=(problem,), error=error)
    return Verdict(Status.RETRY, reason, due_at=now + LADDER[attempts], error=error)


def diagnose(error: IntegrationError) -> Problem:
    """The person's view of a refusal."""
    return Problem(
        code=error.code,
        message=error.message,
        field=error.record.called.capitalize() if isinstance(error, Unreadable) else error.field,
        value=error.value,
        fix=fix_of(error.code, error.cure),
    )
