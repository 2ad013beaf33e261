"""Parsers of single JSON values: each returns the canonical value or raises :class:`Invalid`."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.codes import COUNTRIES, MINOR_UNITS
from streak_infor_orchestration.twins.erp.problems import FieldError

Parser = Callable[[Any], Any]

_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")


class Invalid(ValueError):
    """What is wrong with a value; the errors' fields are relative to it ("" is the value itself)."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


def wrong(code: str, message: str) -> Invalid:
    return Invalid([FieldError("", code, message)])


def text(longest: int | None = None) -> Parser:
    def parse(value: Any) -> str:
        if not isinstance(value, str):
            raise wrong("type", "must be a string")
        if longest is not None and len(value) > longest:
            raise wrong("too_long", f"must have at most {longest} characters")
        return value

    return parse


any_text = text()


def choice(*names: str) -> Parser:
    def parse(value: Any) -> str:
        if value not in names:
            raise wrong("choice", f"must be one of {', '.join(names)}")
        return str(value)

    return parse


def boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise wrong("type", "must be true or false")
    return value


def seconds(value: Any) -> float:
    """For the control API only; the contract itself has no JSON numbers but line numbers."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise wrong("type", "must be a number of seconds")
    return float(value)


def strings(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise wrong("type", "must be a list of strings")
    return value


def positive_integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong("type", "must be an integer")
    if value < 1:
        raise wrong("range", "must be at least 1")
    return value


def decimal(value: Any) -> Decimal:
    """Contract, Transport: money and quantity are JSON strings with a decimal point, never numbers."""
    if not isinstance(value, str):
        raise wrong("money_not_string", 'must be a string such as "1299.90"')
    if not _DECIMAL.fullmatch(value):
        raise wrong("format", 'must be digits with a decimal point, such as "1299.90"')
    return Decimal(value)


def not_negative(value: Any) -> Decimal:
    amount = decimal(value)
    if amount < 0:
        raise wrong("range", "must not be negative")
    return amount


def positive(value: Any) -> Decimal:
    amount = decimal(value)
    if amount <= 0:
        raise wrong("range", "must be above zero")
    return amount


def calendar_date(value: Any) -> str:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise wrong("format", "must be a date, YYYY-MM-DD")


def instant(value: Any) -> str:
    """An RFC 3339 instant in UTC as the twin writes it: always six digits, so that text order is time order."""
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return instant_text(datetime.fromisoformat(value))
    except ValueError:
        pass
    raise wrong("format", "must be an RFC 3339 instant in UTC with Z")


def instant_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def currency(value: Any) -> str:
    if value not in MINOR_UNITS:
        raise wrong("format", "must be an ISO 4217 currency")
    return str(value)


def country(value: Any) -> str:
    if value not in COUNTRIES:
        raise wrong("format", "must be an ISO 3166-1 alpha-2 country")
    return str(value)


def custom_fields(value: Any) -> dict[str, str | None]:
    """Names to values; a null value asks for the name's removal."""
    if not isinstance(value, dict):
        raise wrong("type", "must be an object")
    errors = []
    for name, content in value.items():
        if not 0 < len(name) <= 60:
            errors.append(FieldError(name, "too_long", "a name has 1 to 60 characters"))
        elif content is not None and not isinstance(content, str):
            errors.append(FieldError(name, "type", "must be a string or null"))
        elif content is not None and len(content) > 400:
            errors.append(FieldError(name, "too_long", "must have at most 400 characters"))
    if errors:
        raise Invalid(errors)
    return value


def merged(current: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    """Contract, Collections: CustomFields merge by name; null removes one."""
    both = current | changes
    return {name: content for name, content in both.items() if content is not None}
