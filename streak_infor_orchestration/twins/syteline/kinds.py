"""The kinds of values that properties have, and their one text form on the wire. Contract, C.3.

Dates are ``yyyyMMdd HH:mm:ss.fff``, decimals have a point and no grouping, flags are ``0`` and ``1``; everything is
sent as a string.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.syteline.refusals import Refusal

DECIMALS = 8
_DECIMAL = re.compile(r"-?[0-9]{1,17}(\.[0-9]{1,8})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DATE = re.compile(r"[0-9]{8} [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}")
_DAY = re.compile(r"[0-9]{8}")


@dataclass(frozen=True)
class Kind:
    """Of any text; ``length`` in characters, 0 for any."""

    length: int = 0

    def read(self, name: str, text: str) -> Any:
        """The value that a request's text means; blank is no value. Raises Refusal."""
        if self.length and len(text) > self.length:
            raise Refusal(f"String or binary data would be truncated: {name}", "value_too_long")
        return text or None

    def write(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def literal(self, name: str, text: str) -> Any:
        """What a filter compares with, in a form that :meth:`sortable` gives for a row's value."""
        return self.sortable(text)

    def sortable(self, value: Any) -> Any:
        """SQL's usual collation: case does not matter, nor do blanks at the end; those at the start do."""
        return None if value is None else str(value).casefold().rstrip(" ")


class Text(Kind):
    """A text, of at most ``length`` characters."""


class Key(Kind):
    """A key column: fixed width, blanks on the left."""

    def padded(self, text: str) -> str:
        return text.rjust(self.length)


class Number(Kind):
    """A decimal with at most eight digits behind its point."""

    def read(self, name: str, text: str) -> Any:
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            raise Refusal(f"Error converting the value of {name} to a number", "number_format")
        return Decimal(text)

    def write(self, value: Any) -> str | None:
        """What a hand in the database left there goes out as it is."""
        return f"{value:.{DECIMALS}f}" if isinstance(value, Decimal) else value

    def literal(self, name: str, text: str) -> Any:
        return self.read(name, text)

    def sortable(self, value: Any) -> Any:
        return value if isinstance(value, Decimal) else None


class Whole(Number):
    """A line number or a sequence."""

    def read(self, name: str, text: str) -> Any:
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise Refusal(f"Error converting the value of {name} to an integer", "number_format")
        return Decimal(text)

    def write(self, value: Any) -> str | None:
        return str(int(value)) if isinstance(value, Decimal) else value


class Flag(Kind):
    def read(self, name: str, text: str) -> Any:
        if text not in ("", "0", "1"):
            raise Refusal(f"{name} must be 0 or 1", "flag_format")
        return text or None


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few letters, such as a status."""

    letters: str = ""

    def read(self, name: str, text: str) -> Any:
        if text and (len(text) != 1 or text not in self.letters):
            raise Refusal(f"{name} must be one of {', '.join(self.letters)}", "value_not_listed")
        return text or None


class Date(Kind):
    """A moment of the server's clock, without a zone."""

    def read(self, name: str, text: str) -> Any:
        if not text:
            return None
        if not _DATE.fullmatch(text):
            raise Refusal(f"Error converting the value of {name} to a date", "date_format")
        return _moment(name, text, "%Y%m%d %H:%M:%S.%f")

    def write(self, value: Any) -> str | None:
        return date_text(value) if isinstance(value, datetime) else value

    def literal(self, name: str, text: str) -> Any:
        return _moment(name, text, "%Y%m%d") if _DAY.fullmatch(text) else self.read(name, text)

    def sortable(self, value: Any) -> Any:
        return value if isinstance(value, datetime) else None


def date_text(moment: datetime) -> str:
    return f"{moment:%Y%m%d %H:%M:%S}.{moment.microsecond // 1000:03}"


def _moment(name: str, text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - the server's clock has no zone
    except ValueError as error:
        raise Refusal(f"Error converting the value of {name} to a date", "date_format") from error
