"""Tax numbers: when two spellings are one number, and when what stands in the field is none.

A number has five digits or more, of three kinds or more, does not repeat itself, and stands alone: "n/a", "0",
"XX000000000", "pending since 01.02.2026" are none. Whether its check digit is right is not asked: it would still be
the same number on both sides.
"""

import re
import unicodedata

from streak_infor_orchestration.domain.model import Model

_FEWEST_DIGITS, _FEWEST_KINDS = 5, 3
_REPEATED = re.compile(r"(\d{1,3})\1{2,}")
_COUNTING = "01234567890123456789"

_COUNTRIES = frozenset(
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO RS SE SI SK TR UA".split()
)
"""Where the country's letters are written before a tax number."""

_WRITTEN = {"EL": "GR", "UK": "GB", "XI": "GB", "CHE": "CH"}
"""Another code is meant: VAT has letters of its own for Greece and Northern Ireland, Switzerland's UID has three."""

_LABEL = re.compile(
    r"^(?:VAT|TAX|U?ST|USTIDNR|UID|TVA|IVA|BTW|MVA|NIF|CIF|NIP|SIRET|SIREN|GST|ABN|EIN|RFC|CVR|ORG|P\W?IVA|STEUERN(?:UMME)?R)\b"
    r"(?:[\W_]*(?:REG|ID|NO|NR|NUMBER|IDNR|INTRA|CODE)\b)*"
)
_REGISTER = re.compile(r"(?:[\W_]*\b(?:HR|MWST|TVA|IVA|MVA|VAT|TPV))+\s*$")
"""What is written behind a number in Switzerland and Norway."""

_PREFIX = re.compile(r"(CHE|[A-Z]{2})(?=[A-Z]{0,2}\d)")
_A_WORD = re.compile(r"[^\W\d_]{3,}")


class TaxNumber(Model):
    """`number` without its country's letters, "" for none; `country` (ISO 3166-1 alpha-2) "" where nobody says."""

    number: str = ""
    country: str = ""

    def is_same(self, other: "TaxNumber") -> bool:
        """Also its country. One that counts ("123456789") is a made-up one unless some country's."""
        made_up = not self.country and _counts(self.number)
        return bool(self.number) and self == other and not made_up

    def may_be_same(self, other: "TaxNumber") -> bool:
        """But for the country, which one of the two does not say."""
        return bool(self.number) and self.number == other.number and (not self.country) != (not other.country)


NO_NUMBER = TaxNumber()


def tax_number(text: str, country: str = "") -> TaxNumber:
    """`country`: of the one whose number it is, where the number has no letters of its own; "" if not known.

    "DE 123.456.788", and "123456788" in Germany, are one; "CHE-123.456.788 MWST" and "123456788" in Switzerland too.
    """
    plain = _REGISTER.sub("", _LABEL.sub("", unicodedata.normalize("NFKC", text).upper().strip()))
    words = [word for word in re.findall(r"[^\W_]+", plain) if _A_WORD.fullmatch(word)]
    joined = "".join(c for c in plain if c.isalnum())
    if [word for word in words if word != "CHE"] or not _is_number(re.sub(r"\D", "", joined)):
        return NO_NUMBER
    prefix = _PREFIX.match(joined)
    home = _WRITTEN.get(country.upper(), country.upper())
    own = _WRITTEN.get(prefix[1], prefix[1]) if prefix else ""
    if prefix and own in _COUNTRIES | {home}:
        return TaxNumber(number=joined[prefix.end() :].lstrip("0"), country=own)
    # leading zeros do not count: a spreadsheet that took the number for a figure has dropped them
    return TaxNumber(number=joined.lstrip("0"), country=home)


def _is_number(digits: str) -> bool:
    return (
        len(digits) >= _FEWEST_DIGITS
        and len(set(digits)) >= _FEWEST_KINDS
        and not _REPEATED.fullmatch(digits)
    )


def _counts(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return digits in _COUNTING or digits[::-1] in _COUNTING
