"""Names as people type them, taken apart: "Closed-Won" and "closed won!" are the same words."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.casefold()))


def said(name: str, phrases: Iterable[str]) -> str | None:
    """The first of `phrases` whose words stand in `name`, next to each other and in that order."""
    spaced = f" {' '.join(words(name))} "
    return next((phrase for phrase in phrases if f" {phrase} " in spaced), None)
