"""Keeping one field the same on two sides: who has changed it since both were seen last, and what follows.

The ground is a *shadow*: what each side returned at the last look, two values that need not be equal. So a difference
that was always there is left alone, and an echo of our own write is no change.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from streak_infor_orchestration.domain.tax_number import tax_number

Owner = Literal["streak", "infor", "latest", "ask"]
Clears = Literal["keep", "copy"]
MOST_TYPING = timedelta(minutes=2)
"""Who goes on changing a field for longer is not waited for."""


class Side(StrEnum):
    STREAK = "streak"
    INFOR = "infor"


class Pair(NamedTuple):
    """A field's value on each side; "" is no value."""

    streak: str
    infor: str


class Observed(NamedTuple):
    """A value that differs from the ground: when this very value was seen first, and when first any other than the
    ground. By our clock: those of two systems cannot be compared, and one of them may tell no more than the day."""

    value: str
    since: datetime
    begun: datetime

    def at_rest(self, typing: timedelta) -> datetime:
        """The moment from which on nobody is taken to be typing in the field any more."""
        return min(self.since + typing, self.begun + MOST_TYPING)


class Way(StrEnum):
    NOTHING = "nothing"
    TO_INFOR = "to_infor"
    TO_STREAK = "to_streak"
    ASK = "ask"


def changed_on(target: str, now: Pair, last: Pair, clears: Clears) -> tuple[Side, ...]:
    """The sides that say something else than before; none where they agree by now."""
    if same(target, now.streak, now.infor):
        return ()
    sides = zip(Side, now, last, strict=True)
    return tuple(side for side, value, before in sides if is_change(target, value, before, clears))


def is_change(target: str, value: str, before: str, clears: Clears) -> bool:
    """Whether a side says something else than before. A value that is gone is no statement unless `clears` is "copy";
    nor is "n/a" in place of a tax number."""
    says = (clears == "copy" and not value) or _says_something(target, value)
    return says and not same(target, value, before)


def observed(
    changed: tuple[Side, ...], now: Pair, before: Mapping[Side, Observed], at: datetime
) -> dict[Side, Observed]:
    """What a look at `at` sees of a field that was `changed`, beside what earlier looks saw of it."""
    seen = {}
    for side in changed:
        value, earlier = getattr(now, side), before.get(side)
        since = earlier.since if earlier is not None and earlier.value == value else at
        seen[side] = Observed(value, since, earlier.begun if earlier is not None else at)
    return seen


def way_of(changes: Mapping[Side, Observed], owner: Owner) -> Way:
    """What to do about a field that was changed there. On one side: it is copied. On both differently: `owner`
    decides. "latest" is the side whose value was seen first at a later look; of one look nobody can tell."""
    if not changes:
        return Way.NOTHING
    if len(changes) == 1:
        (winner,) = changes
    elif owner == "latest":
        streak, infor = changes[Side.STREAK].since, changes[Side.INFOR].since
        if streak == infor:
            return Way.ASK
        winner = Side.STREAK if streak > infor else Side.INFOR
    elif owner == "ask":
        return Way.ASK
    else:
        winner = Side(owner)
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
