"""What a validator says when a value is wrong: a message, where inside the value, and what to do about it."""

import difflib
from collections.abc import Iterable

from pydantic_core import PydanticCustomError

Loc = tuple[str | int, ...]
"""A place in the file as pydantic names it: keys and list positions from the root."""


def fault(message: str, *, fix: str, at: Loc = ()) -> PydanticCustomError:
    """An error for pydantic to collect. `at` is the place below the validated value (default: the value); `fix` says
    how it is mended."""
    return PydanticCustomError("fault", "{message}", {"message": message, "at": at, "fix": fix})


def nearest(word: str, names: Iterable[str]) -> str:
    """`did you mean "x"?` for the closest of `names`, whatever the case; empty when none is close."""
    by_folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f'did you mean "{by_folded[close[0]]}"?' if close else ""


def one_of(word: str, names: Iterable[str]) -> str:
    """The nearest name, or else the list to choose from."""
    known = sorted(names)
    return nearest(word, known) or f"use one of: {', '.join(known)}"
