"""Money: Decimals in a currency's minor unit, one rounding rule.

The rule: round half to even, to the minor unit ISO 4217 gives the currency, once per line
(Infor façade contract, Collections: "rounded half-even to the currency's minor unit").
"""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

# ISO 4217 minor units that are not 2. (CLDR's digits, which libraries ship, differ from ISO for many.)
ODD_MINOR_UNITS = (
    dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),
        0,
    )
    | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
    | dict.fromkeys("CLF UYW".split(), 4)
)


def minor_units(currency: str) -> int:
    return ODD_MINOR_UNITS.get(currency, 2)


def round_money(amount: Decimal, currency: str) -> Decimal:
    """`amount` in whole minor units of `currency`: exactly as many decimals as the currency has."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=ROUND_HALF_EVEN)


def plain(amount: Decimal) -> str:
    """The amount as a plain decimal string, never in scientific notation."""
    return format(amount, "f")


def parse_decimal(text: str) -> Decimal | None:
    """A plain machine-written decimal ("1299.90", "-3"), or None. Not for numbers typed in a locale."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def line_total(quantity: Decimal, price: Decimal, discount: Decimal, currency: str) -> Decimal:
    """Quantity x price - discount, rounded once."""
    return round_money(quantity * price - discount, currency)
