"""Whether two names may mean the same company. A likeness is a hint for a person, never a decision."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

ALIKE = 85.0
"""Likeness (0 to 100) from which two names are shown to a person: one or two slips in a name of usual length."""

SHORTEST = 0.7
"""Of two names that are alike the shorter has at least this part of the other's length: a likeness needs it."""

_JOINED_ALIKE = 99.0
"""Likeness of two names that differ in nothing but their blanks."""

_SPELLINGS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "oe",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",  # they have no accent that could be taken off
    }
)
_VOICED = "\u3099\u309a"  # in Japanese another letter, not an accent
_APOSTROPHES = re.compile(r"['’‘‛`´ʼʻ′＇]")
_ABBREVIATED = re.compile(r"\b(\w)\.(?=\s?\w\b)")
_LINKING = {"the", "and", "und", "et", "og", "och", "ve"}
_LOOSE_ENDS = {"and", "und", "et", "y", "e", "u", "co"}
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"\d|^[ivx]+$")
_UMLAUT, _DOUBLED = re.compile(r"([aou])e"), re.compile(r"(.)\1+")
_LONG_ENOUGH_TO_SLIP, _LONG = 5, 7
"""Letters of a word."""

_FORMS = {
    *"slu ek ug haftungsbeschraenkt mbh stichting eood sa rl sanayi san tic ticaret ltd sti".split(),
    *"ооо оао зао пао тов ае επε".split(),
}
"""Words of legal forms that cleanco does not know, or not in this spelling ("S.à r.l.", "San. ve Tic. Ltd. Şti.")."""

_FORMS_WITHOUT_BLANKS = (
    *("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "(株)", "(有)", "(同)"),
    *("股份有限公司", "有限责任公司", "有限公司", "股份公司", "주식회사", "유한회사", "(주)", "(유)"),
)
"""Chinese, Japanese and Korean legal forms stand before or behind a name, written together with it."""


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """The name without legal form, case, accents and punctuation: "Müller GmbH & Co. KG" → "mueller".

    The form may stand before or behind it. One that consists of nothing else keeps it: "AG" → "ag".
    """
    from cleanco import basename

    name = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name))
    words = _words(name)
    rest = _without_cjk_form(" ".join(name.split()))
    while rest:
        # it takes one legal form off at a time: "Acme Corp., Inc." → "Acme Corp."
        shorter = basename(rest, prefix=True, suffix=True).rstrip(" &+,.-")
        first, _, last = shorter.rpartition(" ")
        if first and last.casefold().strip(".,") in _LOOSE_ENDS:
            shorter = first
        if shorter in ("", rest):
            break
        rest = shorter
    left = _without_forms(_words(rest))
    # "AT&T" is no T of the legal form AT
    return " ".join(left if len("".join(left)) > 1 else words)


def likeness(one: str, other: str) -> float:
    """0 to 100 for two bare names, 100 for equal ones. Names that differ in a number or a single letter are
    different companies ("Hotel 21" and "Hotel 22", "Plant A" and "Plant B"), and so are very short ones that are
    not equal, and those that have a word which is no slip of one of the other's ("Granite Dental" and "Granite
    Metals")."""
    from rapidfuzz import fuzz

    if one == other:
        return 100.0
    if one.replace(" ", "") == other.replace(" ", ""):
        return _JOINED_ALIKE
    if min(len(one), len(other)) < 5 or _marks(one) != _marks(other):
        return 0.0
    alike = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return alike if alike < ALIKE or _slips_only(one, other) else 0.0


def _words(name: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", name).casefold().translate(_SPELLINGS)
    marked = unicodedata.normalize("NFKD", composed)
    plain = "".join(c for c in marked if c in _VOICED or not unicodedata.combining(c))
    # "J. P. Morgan" and "JP Morgan", "S.p.A." and "SpA"
    return _WORD.findall(_ABBREVIATED.sub(r"\1", unicodedata.normalize("NFC", plain).casefold()))


def _without_cjk_form(name: str) -> str:
    for form in _FORMS_WITHOUT_BLANKS:
        rest = name.removeprefix(form).removesuffix(form).strip()
        if rest and rest != name:
            return rest
    return name


def _without_forms(words: list[str]) -> list[str]:
    kept = [word for word in words if word not in _LINKING]
    while len(kept) > 1 and kept[0] in _FORMS:
        kept = kept[1:]
    while len(kept) > 1 and kept[-1] in _FORMS:
        kept = kept[:-1]
    return kept or words


def _slips_only(one: str, other: str) -> bool:
    """Whether what the two do not share, word by word, may be slips of the same words. A word that only one of them
    has may have been left out of the other."""
    shared = Counter(one.split()) & Counter(other.split())
    mine, others = _beyond(shared, one), _beyond(shared, other)
    if not mine or not others:
        return True
    if len(mine) == len(others) and all(map(_slip, sorted(mine), sorted(others))):
        return True
    # the slip may be a blank between two words, too many or missing
    return len(mine) + len(others) > 2 and _slip("".join(mine), "".join(others))


def _beyond(shared: Counter[str], name: str) -> list[str]:
    left = Counter(shared)
    beyond = []
    for word in name.split():
        if left[word]:
            left[word] -= 1
        else:
            beyond.append(word)
    return beyond


def _slip(one: str, other: str) -> bool:
    """A letter wrong, missing, too many or swapped, two in a long word, or its end cut off. Not in a short word, nor
    in the first letter: that makes another word of it ("Bau" and "Bar", "Dental" and "Rental")."""
    from rapidfuzz.distance import OSA

    if _sound(one) == _sound(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_ENOUGH_TO_SLIP or one[0] not in other[:2] or other[0] not in one[:2]:
        return False
    return long.startswith(short) or OSA.distance(one, other) <= (2 if len(short) >= _LONG else 1)


def _sound(word: str) -> str:
    """An umlaut written as one letter or as two, a letter doubled or not."""
    return _DOUBLED.sub(r"\1", _UMLAUT.sub(r"\1", word))


def _marks(name: str) -> list[str]:
    """What tells branches apart: numbers, Roman ones too, and letters."""
    return sorted(word for word in name.split() if len(word) == 1 or _NUMBERED.search(word))
