"""Numbers that people type, without guessing what country they are from."""

import re
from decimal import Decimal
from typing import Literal

MAX_DECIMALS = 6
MAX_VALUE = Decimal(10) ** 9
"""Above this a quantity or price is a slip of the finger. Both limits together keep a line's total exact."""

DecimalMark = Literal[".", ","]
_GROUPS = {".": "[, ’']", ",": "[. ’']"}
_FORMS = {
    mark: re.compile(
        rf"(?P<sign>[+-]?)(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:(?P<group>{group})[0-9]{{3}})(?:(?P=group)[0-9]{{3}})*)?"
        rf"(?:{re.escape(mark)}(?P<part>[0-9]+))?"
    )
    for mark, group in _GROUPS.items()
}
_SEPARATORS = str.maketrans("", "", ", .’'")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")  # what typesetting puts between thousands


class Ambiguous(Exception):
    """The text means different numbers in different countries, such as "1.234"."""


def parse_number(text: str, decimal: DecimalMark | None = None) -> Decimal | None:
    """The number `text` stands for; None when it is none.

    Both "1,234.50" and "1.234,50" are read, for they can only mean one thing. `decimal` settles the rest; without
    it they raise Ambiguous.
    """
    text = text.translate(_SPACES).strip()
    readings = {mark: number for mark in _FORMS if (number := _read(text, mark)) is not None}
    if len(set(readings.values())) > 1:
        if decimal is None:
            raise Ambiguous(text)
        return readings[decimal]
    return next(iter(readings.values()), None)


def _read(text: str, mark: str) -> Decimal | None:
    match = _FORMS[mark].fullmatch(text)
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole = (match["whole"] or "0").translate(_SEPARATORS)
    return Decimal(
        f"{match['sign']}{whole}.{match['part'] or '0'}" if match["part"] else f"{match['sign']}{whole}"
    )


def decimals(number: Decimal) -> int:
    """How many decimals a finite number really has, trailing zeros not counted. Exact, whatever its size."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if not number or exponent >= 0:
        return 0
    zeros = next(count for count, digit in enumerate(reversed(digits)) if digit)
    return max(0, -exponent - zeros)


def is_sane(number: Decimal) -> bool:
    """From zero to MAX_VALUE with at most MAX_DECIMALS: what a quantity, price or amount may be."""
    return number.is_finite() and 0 <= number <= MAX_VALUE and decimals(number) <= MAX_DECIMALS


def settled(number: Decimal) -> Decimal:
    """A sane number in its plain form, so that its text holds no exponent, sign or useless zeros."""
    _, _, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    places = min(max(-exponent, 0), MAX_DECIMALS)
    return number.copy_abs().quantize(Decimal(1).scaleb(-places))
