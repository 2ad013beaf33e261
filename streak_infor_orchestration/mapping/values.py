"""Values of Streak as text, dates and amounts."""

from datetime import date, datetime, tzinfo
from decimal import Decimal

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.money import plain


def is_empty(value: Value | date) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def as_text(value: Value | date, zone: tzinfo) -> str:
    """One line of text: tags joined by commas, dates as ISO days in the company's zone, amounts plain."""
    match value:
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
