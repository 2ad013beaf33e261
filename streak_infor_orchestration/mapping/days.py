"""A day as it stands in a field, and whether it can be true."""

from datetime import date, datetime, timedelta

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, Problem, Value
from streak_infor_orchestration.mapping.dates import parse_day
from streak_infor_orchestration.mapping.numbers import Ambiguous
from streak_infor_orchestration.mapping.values import as_day, as_text

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Beyond them a year is a slip, or another calendar's (Thailand writes 2569, Islam 1448), whatever the day is for."""
_YEAR = timedelta(days=366)


def read_day(
    value: Value | date, field: str, config: Integration, rule: str, pattern: str = ""
) -> date | Problem:
    """A day: of a date field in the company's zone, or typed, in strptime's `pattern` where there is one."""
    if isinstance(value, datetime):
        return _possible(as_day(value, config.company.zone), field, rule)
    if isinstance(value, date):
        return _possible(value, field, rule)
    text = as_text(value, config.company.zone)
    code, message, day = "not_a_date", "is not a date.", None
    try:
        locale = config.company.locale
        day = datetime.strptime(text, pattern).date() if pattern else parse_day(text, locale)  # noqa: DTZ007  a day has no zone
    except Ambiguous:
        code, message = "ambiguous_date", "can mean two different days."
    except ValueError:
        pass
    if day is not None:
        return _possible(day, field, rule)
    fix = f"Write it like {date(2026, 12, 31).strftime(pattern or '%Y-%m-%d')}."
    return Problem(code=code, message=f'"{field}" {message}', field=field, value=text, rule=rule, fix=fix)


def read_business_day(
    value: Value | date, field: str, config: Integration, rule: str, deal: Deal
) -> date | Problem:
    """A day on which something is ordered, delivered or exchanged: near the day the deal reached its stage."""
    day = read_day(value, field, config, rule)
    if isinstance(day, Problem):
        return day
    reached, window = as_day(deal.stage_changed or deal.created, config.company.zone), config.dates
    if day < reached and reached - day > window.years_back * _YEAR:
        return _improbable(day, f"more than {_years(window.years_back)} before the deal", field, rule)
    if day > reached and day - reached > window.years_ahead * _YEAR:
        return _improbable(day, f"more than {_years(window.years_ahead)} after the deal", field, rule)
    return day


def _possible(day: date, field: str, rule: str) -> date | Problem:
    return day if _FIRST <= day <= _LAST else _improbable(day, "a year that cannot be meant", field, rule)


def _improbable(day: date, why: str, field: str, rule: str) -> Problem:
    return Problem(
        code="improbable_date",
        message=f'"{field}" is {day.isoformat()}, {why}.',
        field=field,
        value=day.isoformat(),
        rule=rule,
        fix="Correct the day, in years as in 2026. If it is right, your administrator can allow it: dates.",
    )


def _years(count: int) -> str:
    return "1 year" if count == 1 else f"{count} years"
