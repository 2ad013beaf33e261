"""Values of Streak as text, dates and amounts."""

from datetime import date, datetime, tzinfo
from decimal import Decimal

from streak_infor_orchestration.domain.deal import Problem, UnreadableValue, Value
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.problems.values import ValueCode


class CannotBeRead(Exception):
    """Somebody needs a value that nobody can read. Does not leave the mapping."""

    def __init__(self, value: UnreadableValue) -> None:
        super().__init__(value.what)
        self.value = value


def unreadable(value: UnreadableValue, field: str, rule: str) -> Problem:
    """For whoever can enter another value. `rule` is the place that asked for it."""
    return Problem(
        code=ValueCode.UNREADABLE,
        message=f'"{field}" holds {value.what}.',
        field=field,
        value=value.shown,
        rule=rule,
        fix=f'Enter "{field}" anew, or empty it.',
    )


def is_empty(value: Value | date) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def as_text(value: Value | date, zone: tzinfo) -> str:
    """One line of text: tags joined by commas, dates as ISO days in the company's zone, amounts plain. Raises
    CannotBeRead."""
    match value:
        case UnreadableValue():
            raise CannotBeRead(value)
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case datetime():
            return as_day(value, zone).isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(value)


def number_text(number: Decimal) -> str:
    """Plain, unless that would take pages: an absurd exponent stays one."""
    return plain(number) if abs(number.adjusted()) < 30 else str(number)


def as_day(instant: datetime, zone: tzinfo) -> date:
    """The company's day at `instant`. In the calendar's first and last hours it is the instant's own day."""
    try:
        return instant.astimezone(zone).date()
    except (OverflowError, ValueError):
        return instant.date()
