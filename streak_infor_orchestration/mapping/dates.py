"""Days that people type: read when they can mean one day only, or the company's locale says which."""

import re
from datetime import date

from streak_infor_orchestration.config.locality import first_of_a_day, is_year_first, months
from streak_infor_orchestration.mapping.numbers import Ambiguous

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{1,2})\.?")
_EAST_ASIAN = re.compile(r"([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일]")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})")
_SPOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_LONGEST = 40


def parse_day(text: str, locale: str | None = None) -> date | None:
    """The day `text` means; None when it is none. Raises Ambiguous, such as for 03/04/2026 without a locale.

    The year comes first or last; with two digits only where there is a locale whose people write it last, and then it
    is this century's. Dates with points have the day first, but where people write the month first or either.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4])
    if match := _EAST_ASIAN.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match[1], match[3], match[4], match[2], locale)
    return _spoken(text, locale)


def _year_last(one: str, two: str, year: str, mark: str, locale: str | None) -> date | None:
    if len(year) == 2:
        if locale is None or is_year_first(locale):
            raise Ambiguous(f"{one}{mark}{two}{mark}{year}")
        year = f"20{year}"
    day_first, month_first = _day(year, two, one), _day(year, one, two)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    first = first_of_a_day(locale) if locale else "day" if mark == "." else None
    if first is None or (mark == "." and first == "month"):
        raise Ambiguous(f"{one}{mark}{two}")
    return day_first if first == "day" else month_first


def _spoken(text: str, locale: str | None) -> date | None:
    """31 Dec 2026, December 31st, 2026, 31. Dezember 2026."""
    parts = [
        part for part in _SPOKEN.findall(text.casefold()) if part not in ("st", "nd", "rd", "th", "of", "de")
    ]
    numbers = [part for part in parts if part.isdecimal()]
    words = [part for part in parts if not part.isdecimal()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(words) != 1 or len(years) != 1 or len(days) != 1 or len(numbers) != 2:
        return None
    month = months(locale).get(words[0])
    return _day(years[0], str(month), days[0]) if month else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
