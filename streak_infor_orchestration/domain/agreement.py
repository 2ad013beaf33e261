"""Keeping one field the same on two sides: who has changed it since both were seen last, and what follows.

The ground is a *shadow*: what each side returned at the last look, two values that need not be equal. So a difference
that was always there is left alone, and an echo of our own write is no change.
"""

import re
from enum import StrEnum
from typing import Literal, NamedTuple

from streak_infor_orchestration.domain.tax_number import tax_number

Owner = Literal["streak", "infor", "latest", "ask"]


class Side(StrEnum):
    STREAK = "streak"
    INFOR = "infor"


class Pair(NamedTuple):
    """A field's value on each side; "" is no value."""

    streak: str
    infor: str


class Way(StrEnum):
    NOTHING = "nothing"
    TO_INFOR = "to_infor"
    TO_STREAK = "to_streak"
    ASK = "ask"


def way_of(target: str, now: Pair, last: Pair | None, owner: Owner, latest: Side) -> Way:
    """What to do about `target`.

    One side changed: it is copied. Both to the same: nothing. Both differently: `owner` decides (`latest`: the side
    whose record was saved last). A value that is gone is no statement: it never empties the other side, nor does
    "n/a" in place of a tax number. Without a shadow nobody has changed anything.
    """
    if last is None or same(target, now.streak, now.infor):
        return Way.NOTHING
    changed = {
        side
        for side, value, before in zip(Side, now, last, strict=True)
        if _says_something(target, value) and not same(target, value, before)
    }
    if not changed:
        return Way.NOTHING
    if len(changed) > 1 and owner == "ask":
        return Way.ASK
    winner = changed.pop() if len(changed) == 1 else latest if owner == "latest" else Side(owner)
    return Way.TO_INFOR if winner is Side.STREAK else Way.TO_STREAK


def same(target: str, one: str, other: str) -> bool:
    """Equality by what the field holds: addresses of e-mail in any case, telephone numbers by their digits with or
    without the country, tax numbers in any spelling, addresses in any case and spacing, anything else as text."""
    kind = target.rpartition(".")[2]
    if kind == "phone":
        return _same_number(one, other)
    if kind == "tax_id" and tax_number(one) == tax_number(other):
        return bool(tax_number(one).number) or one.strip() == other.strip()
    if kind == "email" or ".billing_address." in target or ".shipping_address." in target:
        return one.casefold().split() == other.casefold().split()
    return one.strip() == other.strip()


def is_readable(target: str, value: str) -> bool:
    """Whether it may take the place of another value: words where a telephone number stands may not."""
    return target.rpartition(".")[2] != "phone" or _is_number(value)


def _says_something(target: str, value: str) -> bool:
    return bool(tax_number(value).number if target.rpartition(".")[2] == "tax_id" else value)


_TRUNK = re.compile(r"\(0\)|\D")
_LETTER = re.compile(r"[^\W\d_]")
_SUBSCRIBER = 6
"""From so many digits on, two numbers that end alike are one, written with and without country or area."""


def _same_number(one: str, other: str) -> bool:
    """What is no number (words, an extension) is the same only as text."""
    if not (_is_number(one) and _is_number(other)):
        return one.casefold().split() == other.casefold().split()
    short, long = sorted((_TRUNK.sub("", text).lstrip("0") for text in (one, other)), key=len)
    if _is_international(one) and _is_international(other):
        return short == long
    return short == long or (len(short) >= _SUBSCRIBER and long.endswith(short))


def _is_number(text: str) -> bool:
    return bool(_TRUNK.sub("", text).strip("0")) and not _LETTER.search(text)


def _is_international(text: str) -> bool:
    return text.strip().startswith(("+", "00"))
