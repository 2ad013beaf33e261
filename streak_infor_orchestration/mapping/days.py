"""A day as it stands in a field, and whether it can be true."""

from datetime import date, datetime, timedelta

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Deal, Problem, Value
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.mapping.dates import parse_day
from streak_infor_orchestration.mapping.numbers import Ambiguous
from streak_infor_orchestration.mapping.values import as_day, as_text

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Beyond them a year is a slip, or another calendar's (Thailand writes 2569, Islam 1448), whatever the day is for."""
_YEAR = timedelta(days=366)

_ALLOWED = "If it is right, your administrator can allow it: dates."


def read_day(
    value: Value | date, field: str, config: Integration, rule: str, pattern: str = ""
) -> date | Problem:
    """A day: of a date field in the company's zone, or typed, in strptime's `pattern` where there is one."""
    text = as_text(value, config.company.zone)
    if isinstance(value, datetime):
        return _possible(as_day(value, config.company.zone), text, field, rule)
    if isinstance(value, date):
        return _possible(value, text, field, rule)
    code, message, day = ValueCode.NOT_A_DATE, "is not a date.", None
    try:
        locale = config.company.locale
        day = datetime.strptime(text, pattern).date() if pattern else parse_day(text, locale)  # noqa: DTZ007  a day has no zone
    except Ambiguous:
        code, message = ValueCode.AMBIGUOUS_DATE, "can mean two different days."
    except ValueError:
        pass
    if day is not None:
        return _possible(day, text, field, rule)
    fix = f"Write it like {date(2026, 12, 31).strftime(pattern or '%Y-%m-%d')}."
    return Problem(code=code, message=f'"{field}" {message}', field=field, value=text, rule=rule, fix=fix)


def read_business_day(
    value: Value | date, field: str, config: Integration, rule: str, deal: Deal
) -> date | Problem:
    """A day on which something is ordered, delivered or exchanged: near the day the deal reached its stage."""
    day = read_day(value, field, config, rule)
    if isinstance(day, Problem):
        return day
    text = as_text(value, config.company.zone)
    reached, window = as_day(deal.stage_changed or deal.created, config.company.zone), config.dates
    if day < reached and reached - day > window.years_back * _YEAR:
        return _improbable(
            text, f"more than {_years(window.years_back)} before the deal", field, rule, _ALLOWED
        )
    if day > reached and day - reached > window.years_ahead * _YEAR:
        return _improbable(
            text, f"more than {_years(window.years_ahead)} after the deal", field, rule, _ALLOWED
        )
    return day


def _possible(day: date, text: str, field: str, rule: str) -> date | Problem:
    if _FIRST <= day <= _LAST:
        return day
    return _improbable(text, "a year that cannot be meant", field, rule, "")


def _improbable(text: str, why: str, field: str, rule: str, or_else: str) -> Problem:
    """`text` as typed, `or_else` what else than a correction helps."""
    return Problem(
        code=ValueCode.IMPROBABLE_DATE,
        message=f'"{field}" is {text}, {why}.',
        field=field,
        value=text,
        rule=rule,
        fix=f"Correct the day, in years as in 2026. {or_else}".strip(),
    )


def _years(count: int) -> str:
    return "1 year" if count == 1 else f"{count} years"
