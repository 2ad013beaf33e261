"""Whether two names may mean the same company. A likeness is a hint for a person, never a decision."""

import re
import unicodedata
from functools import lru_cache

ALIKE = 85.0
"""Likeness (0 to 100) from which two names are shown to a person: one or two slips in a name of usual length."""

SHORTEST = 0.7
"""Of two names that are alike the shorter has at least this part of the other's length: a likeness needs it."""

_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "ł": "l"})
_LOOSE_ENDS = {"and", "und", "et", "y", "e", "u", "co"}
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """The name without legal form, case, accents and punctuation: "Müller GmbH & Co. KG" → "mueller".

    One that consists of nothing else keeps its legal form: "AG" → "ag".
    """
    from cleanco import basename

    words = _words(name)
    rest = " ".join(name.split())
    while rest:
        # it takes one legal form off at a time: "Acme Corp., Inc." → "Acme Corp."
        shorter = basename(rest).rstrip(" &+,.-")
        first, _, last = shorter.rpartition(" ")
        if first and last.casefold().strip(".,") in _LOOSE_ENDS:
            shorter = first
        if shorter in ("", rest):
            break
        rest = shorter
    return " ".join(_words(rest) or words)


def likeness(one: str, other: str) -> float:
    """0 to 100 for two bare names, 100 for equal ones. Names that differ in a number or a single letter are
    different companies ("Hotel 21" and "Hotel 22", "Plant A" and "Plant B"), and so are very short ones that are
    not equal."""
    from rapidfuzz import fuzz

    if one == other:
        return 100.0
    if min(len(one), len(other)) < 5 or _marks(one) != _marks(other):
        return 0.0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def _words(name: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", name).casefold().translate(_SPELLINGS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return _WORD.findall(plain.casefold())


def _marks(name: str) -> list[str]:
    return sorted(word for word in name.split() if len(word) == 1 or any(c.isdigit() for c in word))
