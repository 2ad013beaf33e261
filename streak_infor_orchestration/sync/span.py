"""A stretch of time, by the clock of the system whose records changed in it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """Records last changed at or after `start` and before `end`; None: no limit."""

    start: datetime | None = None
    end: datetime | None = None


EVERYTHING = Span()
