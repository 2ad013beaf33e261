"""Where a company is: its country and how its people write numbers and dates."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from streak_infor_orchestration.config.faults import fault
from streak_infor_orchestration.domain.codes import COUNTRIES

_COUNTRY_ALIASES = {
    alias: code
    for code, aliases in {
        "GB": ("uk", "u.k.", "great britain", "britain", "england", "scotland", "wales", "northern ireland"),
        "US": ("u.s.", "u.s.a.", "america", "united states of america", "the united states"),
        "NL": ("holland", "the netherlands", "nederland"),
        "CZ": ("czech republic", "czechia"),
        "KR": ("south korea", "republic of korea"),
        "KP": ("north korea",),
        "RU": ("russia",),
        "VN": ("vietnam", "viet nam"),
        "AE": ("uae", "u.a.e.", "emirates"),
        "TR": ("turkey", "türkiye"),
        "CI": ("ivory coast",),
        "MK": ("macedonia",),
        "SZ": ("swaziland",),
        "MM": ("burma",),
        "CV": ("cape verde",),
        "IE": ("republic of ireland", "eire"),
        "CN": ("people's republic of china", "prc", "mainland china"),
        "TW": ("taiwan",),
        "DE": ("deutschland",),
        "AT": ("österreich",),
        "CH": ("schweiz", "suisse", "svizzera"),
        "IT": ("italia",),
        "ES": ("españa",),
        "BE": ("belgique", "belgië"),
        "PL": ("polska",),
        "SE": ("sverige",),
        "NO": ("norge",),
        "DK": ("danmark",),
        "FI": ("suomi",),
        "BR": ("brasil",),
        "MX": ("méxico",),
    }.items()
    for alias in aliases
}
"""What people call countries and ISO does not. Never a guess: "Korea" and "Congo" alone are two."""


def _check_country(code: str) -> str:
    if code in COUNTRIES:
        return code
    raise fault(f'"{code}" is no country', fix="write its ISO 3166 code, such as DE")


Country = Annotated[
    str, AfterValidator(_check_country), Field(description="ISO 3166-1 code of two letters, such as DE")
]


def _check_locale(name: str) -> str:
    from babel import Locale, UnknownLocaleError  # takes its time, and not every file has one

    try:
        locale = Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise fault(f'"{name}" is no locale', fix="write it as de_DE or en_US") from None
    if not locale.territory:
        raise fault(f'"{name}" does not say which country', fix=f"write it as {locale.language}_XX")
    return str(locale)


LocaleName = Annotated[
    str, AfterValidator(_check_locale), Field(description="Language and country, such as de_DE or en_US")
]


@cache
def decimal_mark(locale: str) -> Literal[".", ","] | None:
    """What stands before the cents; None where it is neither a point nor a comma."""
    from babel.numbers import get_decimal_symbol

    match get_decimal_symbol(locale):
        case "." | "," as mark:
            return mark
    return None


_MONTH_FIRST = frozenset("AS GU MH MP UM US VI".split())
"""Where 03/04 is the fourth of March to everybody who writes English."""
_EITHER_FIRST = frozenset("BZ CA FM GH KE KY PA PH PR PW TG".split())
"""Where some write the day first and some the month, in the same language."""
_DAY_FIRST = frozenset(("ZA",))
"""Where the short form begins with the year, and who writes it last has the day first."""


@cache
def first_of_a_day(locale: str) -> Literal["day", "month"] | None:
    """What people write first in 03/04/2026; None where some write the one and some the other, or nobody writes it.

    CLDR's short form says so where it ends with the year. Where it begins with it, it says nothing of dates that do
    not, and a month before the day elsewhere is a form that CLDR has from American English.
    """
    from babel import Locale

    spoken = Locale.parse(locale)
    if spoken.territory in _EITHER_FIRST:
        return None
    if spoken.territory in _MONTH_FIRST:
        return "month" if spoken.language == "en" else None
    if spoken.territory in _DAY_FIRST:
        return "day"
    skeletons = spoken.datetime_skeletons
    if not is_year_first(locale):
        pattern: str = spoken.date_formats["short"].pattern
    elif "Md" in skeletons:
        pattern = skeletons["Md"].pattern
    else:
        return None
    return "day" if pattern.index("d") < pattern.index("M") else None


@cache
def is_year_first(locale: str) -> bool:
    """Whether 26-04-03 begins with the year."""
    from babel import Locale

    pattern: str = Locale.parse(locale).date_formats["short"].pattern
    return pattern.index("y") < pattern.index("d")


@cache
def months(locale: str | None) -> Mapping[str, int]:
    """Names of months and their short forms, casefolded and without points: of the locale, and English ones. A name
    that is two months' is left out."""
    from babel import Locale

    names: dict[str, set[int]] = {}
    for spoken in filter(None, (locale, "en")):
        for widths in Locale.parse(spoken).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths[width].items():
                    names.setdefault(name.casefold().rstrip("."), set()).add(number)
    return {name: found.pop() for name, found in names.items() if len(found) == 1}


@cache
def country_names(locale: str | None) -> Mapping[str, str]:
    """Codes of countries by name, casefolded: of ISO, of CLDR in English and in the locale's language. What two
    countries bear is left out."""
    import pycountry
    from babel import Locale

    names: dict[str, set[str]] = {}
    for country in pycountry.countries:
        for name in (
            country.name,
            getattr(country, "common_name", ""),
            getattr(country, "official_name", ""),
        ):
            names.setdefault(name.casefold(), set()).add(country.alpha_2)
        names.setdefault(country.alpha_3.casefold(), set()).add(country.alpha_2)
    for spoken in filter(None, (locale, "en")):
        for code, name in Locale.parse(spoken).territories.items():
            if code in COUNTRIES:
                names.setdefault(name.casefold(), set()).add(code)
    known = {name: found.pop() for name, found in names.items() if name and len(found) == 1}
    known.pop("congo")  # ISO's short name for one of the two
    return known | {code.casefold(): code for code in COUNTRIES} | _COUNTRY_ALIASES
