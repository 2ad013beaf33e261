"""Amounts as the contract writes them: decimal strings, half-even to the currency's minor unit."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from streak_infor_orchestration.twins.erp.codes import MINOR_UNITS

DEFAULT_MINOR_UNITS = 2
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Wide enough for any sum of products of the contract's decimals: only :func:`rounded` ever rounds."""


def _unit(currency: str | None) -> Decimal:
    return Decimal(1).scaleb(-MINOR_UNITS.get(currency or "", DEFAULT_MINOR_UNITS))


def rounded(amount: Decimal, currency: str | None) -> Decimal:
    whole = amount.quantize(_unit(currency), context=EXACT)
    return EXACT.add(whole, 0)  # turns -0.00 into 0.00


def is_whole(amount: Decimal, currency: str) -> bool:
    """Whether the amount exists in coins: it has no digit below the minor unit."""
    return amount == rounded(amount, currency)


def amount_text(amount: Decimal, currency: str | None) -> str:
    """Exactly the currency's digits: ``1299.90`` EUR, ``1300`` JPY."""
    return f"{rounded(amount, currency):f}"


def price_text(price: Decimal, currency: str | None) -> str:
    """At least the currency's digits; a unit price may be finer than a coin."""
    stripped = price.normalize(EXACT)
    return f"{stripped:f}" if stripped != rounded(price, currency) else amount_text(price, currency)


def quantity_text(quantity: Decimal) -> str:
    return f"{quantity.normalize(EXACT):f}"
