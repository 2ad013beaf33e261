"""Money in SQL, exact to the last digit: DuckDB divides decimals as floats, so what is divided is made whole numbers.

The rounding rule is `domain.money`'s: half to even, to the currency's minor unit (ISO 4217).
"""

from itertools import groupby

from streak_infor_orchestration.domain.money import ODD_MINOR_UNITS

EXACT = "DECIMAL(38,12)"
MONEY = "DECIMAL(38,4)"
"""No currency has more decimals."""
RATE = "DECIMAL(38,14)"
"""Such a rate times money is exact in DECIMAL(38,18)."""


def _by_digits() -> str:
    by_digits = sorted((digits, currency) for currency, digits in ODD_MINOR_UNITS.items())
    return " ".join(
        f"WHEN currency IN ({', '.join(repr(currency) for _, currency in group)}) THEN {digits}"
        for digits, group in groupby(by_digits, key=lambda pair: pair[0])
    )


_DIGITS = (0, 2, 3, 4)
_ROUNDED = " ".join(f"WHEN {n} THEN round_even(amount, {n})::{MONEY}" for n in _DIGITS)
_SAID = " ".join(f"WHEN {n} THEN amount::DECIMAL(38,{n})::VARCHAR" for n in _DIGITS)
_HALF = " ".join(f"WHEN {n} THEN 0.{'0' * n}5::{EXACT}" for n in _DIGITS)

MACROS = (
    f"CREATE MACRO minor_units(currency) AS CASE {_by_digits()} ELSE 2 END",
    f"CREATE MACRO rounded(amount, digits) AS CASE digits {_ROUNDED} END",
    "CREATE MACRO plain(amount) AS rtrim(rtrim(amount::DECIMAL(38,6)::VARCHAR, '0'), '.')",
    # an amount in words: as many decimals as the currency has
    f"CREATE MACRO said(amount, currency) AS CASE minor_units(currency) {_SAID} END || ' ' || currency",
    # half a minor unit: the most that rounding one amount makes of a difference
    f"CREATE MACRO half_unit(digits) AS CASE digits {_HALF} END",
    "CREATE MACRO whole(amount) AS (amount::DECIMAL(38,6) * 1000000::DECIMAL(7,0))::HUGEINT",
    # so much of `amount` as `part` is of `of_all`, to twelve decimals; all of it without a division
    f"""
    CREATE MACRO share(amount, part, of_all) AS CASE
        WHEN part = of_all THEN amount::{EXACT}
        WHEN part = 0 OR of_all = 0 THEN 0::{EXACT}
        ELSE (whole(amount) * whole(part) * 1000000 // whole(of_all))::DECIMAL(38,0) * 0.000000000001::DECIMAL(13,12)
    END
    """,
    f"CREATE MACRO product(amount, other) AS (amount::DECIMAL(38,6) * other::DECIMAL(38,6))::{EXACT}",
    # of a line with its tax, each rounded by itself
    """
    CREATE MACRO worth(total, tax, part, of_all, digits) AS
        rounded(share(total, part, of_all), digits) + rounded(share(tax, part, of_all), digits)
    """,
    # a rate the other way round, rounded at its last decimal
    f"""
    CREATE MACRO inverse(rate) AS (
        (10::HUGEINT ** 28)::HUGEINT // (rate::{RATE} * 100000000000000::DECIMAL(15,0))::HUGEINT
    )::DECIMAL(38,0) * 0.00000000000001::DECIMAL(15,14)
    """,
    "CREATE MACRO in_company(amount) AS rounded(amount, minor_units(getvariable('company')))",
    f"CREATE MACRO converted(amount, rate) AS (amount::{MONEY} * rate::{RATE})::DECIMAL(38,18)",
)
