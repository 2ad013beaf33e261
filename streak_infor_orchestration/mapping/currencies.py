"""Currencies as people write them: a code, or a sign that may stand for several."""

import re

from streak_infor_orchestration.domain.codes import CURRENCIES

_SIGNS = {
    "€": ("EUR",),
    "£": ("GBP",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "zł": ("PLN",),
    "fr.": ("CHF",),
    "us$": ("USD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "nz$": ("NZD",),
    "s$": ("SGD",),
    "hk$": ("HKD",),
}

SIGN = r"(?:[A-Z]{1,2}\$|[€$£¥]|kr\.?|zł|Fr\.|(?-i:[A-Z]{3}))"
_WITH_SIGN = re.compile(
    rf"(?P<before>{SIGN})?\s*(?P<number>[-+]?[\d.,].*?)\s*(?P<after>{SIGN})?", re.IGNORECASE
)


def apart(text: str) -> tuple[str, str]:
    """The number in `text`, and the currency written before or after it, "" for none: "180,00 €" → ("180,00", "€")."""
    found = _WITH_SIGN.fullmatch(text.strip())
    if found is None or (found["before"] and found["after"]):
        return text, ""
    return found["number"], found["before"] or found["after"] or ""


def currencies_of(text: str, home: str) -> tuple[str, ...]:
    """What `text` can mean: one currency, several, or none. A sign that `home` bears means `home`."""
    text = text.strip()
    if text.upper() in CURRENCIES:
        return (text.upper(),)
    known = _SIGNS.get(text.casefold()) or _SIGNS.get(text.casefold().rstrip("."), ())
    return (home,) if home in known else known
