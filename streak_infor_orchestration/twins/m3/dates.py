"""Dates on the wire, in the six forms that an MI client may choose. Contract, B.1 ``dateformat``."""

from datetime import date, datetime

FORMATS = {"YMD8": "%Y%m%d", "YMD6": "%y%m%d", "MDY6": "%m%d%y", "DMY6": "%d%m%y", "YMD8-": "%Y-%m-%d"}
WEEKS = "YWD5"
DATE_FORMATS = frozenset({*FORMATS, WEEKS})
BOOKS = "%Y%m%d"
EMPTY = "0"
"""An empty date; clients also meet the empty string. Contract, B.5."""


def written(value: str, dateformat: str) -> str:
    """``20260302`` in the form that was asked for."""
    if value in ("", EMPTY):
        return EMPTY
    day = date(int(value[:4]), int(value[4:6]), int(value[6:]))
    if dateformat == WEEKS:
        year, week, weekday = day.isocalendar()
        return f"{year % 100:02}{week:02}{weekday}"
    return day.strftime(FORMATS[dateformat])


def read(value: str, dateformat: str) -> str:
    """As it is kept in the books. Raises ValueError."""
    if value in ("", EMPTY):
        return ""
    if not value.replace("-", "").isascii() or not value.replace("-", "").isdigit():
        raise ValueError(value)
    if dateformat == WEEKS:
        day = date.fromisocalendar(2000 + int(value[:2]), int(value[2:4]), int(value[4:]))
        return day.strftime(BOOKS)
    parsed = datetime.strptime(value, FORMATS[dateformat]).date()  # noqa: DTZ007  # a day, in no zone
    if parsed.strftime(FORMATS[dateformat]) != value:
        raise ValueError(value)
    return parsed.strftime(BOOKS)
