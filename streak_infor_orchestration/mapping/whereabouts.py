"""Which country a customer is in, as far as what is known of them says so."""

from collections.abc import Iterable

from streak_infor_orchestration.domain.codes import COUNTRIES
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.mapping.addresses import country_named

_EVERYBODYS = frozenset(
    "AC AI AM AS CC CF CO FM GA GG GL GQ IM IO IS LA LC LI LY ME ML MS NU PW SC SH SO ST TK TO TV VC WS".split()
)
"""Endings of domains that are a country's and are used by everybody."""
_ALIASES = {"UK": "GB"}


def country_of(
    addresses: Iterable[Address | None], texts: Iterable[str], domains: Iterable[str], locale: str | None
) -> str:
    """By the addresses on the order; else by those that Streak has as text and that name their country; else by the
    ends of domains. "" where nothing says it, or two say different things."""
    known = (
        {address.country for address in addresses if address and address.country},
        {country for text in texts if (country := country_named(text, locale))},
        {country for domain in domains if (country := _by_its_end(domain))},
    )
    said = next(filter(None, known), set())
    return said.pop() if len(said) == 1 else ""


def _by_its_end(domain: str) -> str:
    end = domain.strip().rstrip(".").rpartition(".")[2].upper()
    country = _ALIASES.get(end, end)
    return country if country in COUNTRIES and country not in _EVERYBODYS else ""
