"""A stretch of time, by the clock of the system whose records changed in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from streak_infor_orchestration.domain.model import UNSTAMPED


@dataclass(frozen=True)
class Span:
    """Records last changed at or after `start` and before `end`; None: no limit."""

    start: datetime | None = None
    end: datetime | None = None


EVERYTHING = Span()


def before(moment: datetime, overlap: timedelta) -> datetime:
    """That much earlier, and never earlier than all time: where a system stamps nothing, that is where it stands."""
    return max(moment, UNSTAMPED + overlap) - overlap
