"""Currencies as people write them: a code, or a sign that may stand for several."""

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


def currencies_of(text: str, home: str) -> tuple[str, ...]:
    """What `text` can mean: one currency, several, or none. A sign that `home` bears means `home`."""
    text = text.strip()
    if text.upper() in CURRENCIES:
        return (text.upper(),)
    known = _SIGNS.get(text.casefold()) or _SIGNS.get(text.casefold().rstrip("."), ())
    return (home,) if home in known else known
