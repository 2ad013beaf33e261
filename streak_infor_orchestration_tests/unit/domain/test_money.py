"""Money: ISO 4217's minor units for every currency there is, half to even, once per line."""

from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st
from pycountry import currencies

from streak_infor_orchestration.domain.codes import CURRENCIES
from streak_infor_orchestration.domain.money import line_total, minor_units, parse_decimal, plain, round_money
from streak_infor_orchestration.domain.order import Line, order_total
from streak_infor_orchestration.twins.erp import codes

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=6)
SOME = ("EUR", "USD", "ISK", "JPY", "KWD", "CLF")

# ISO 4217, list one. CLDR, which babel has, leaves off decimals that nobody uses in shops; an invoice has them.
NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE, FOUR = "BHD IQD JOD KWD LYD OMR TND", "CLF UYW"
NOT_AS_CLDR = """
    AFN ALL COP IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SOS SYP TZS UYW YER AMD CRC CZK GYD HUF MNT MUR NOK SEK TWD UZS
    ISK UYI CLF
""".split()


def iso(currency: str) -> int:
    tables = {0: NONE, 3: THREE, 4: FOUR}
    return next((digits for digits, names in tables.items() if currency in names.split()), 2)


@pytest.mark.parametrize("currency", sorted(CURRENCIES))
def test_a_currency_has_the_decimals_of_the_standard(currency: str) -> None:
    assert minor_units(currency) == iso(currency) == codes.MINOR_UNITS[currency]
    assert round_money(Decimal("1.23456"), currency).as_tuple().exponent == -iso(currency)
    if currency not in NOT_AS_CLDR:
        assert minor_units(currency) == get_currency_precision(currency)


def test_every_currency_is_one_of_the_standard() -> None:
    withdrawn = {"BGN"}  # in 2026; orders of before have it
    assert {currency.alpha_3 for currency in currencies} >= CURRENCIES - withdrawn
    assert set(f"{NONE} {THREE} {FOUR}".split()) | set(NOT_AS_CLDR) <= CURRENCIES


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.125", "EUR", "0.12"),
        ("0.135", "EUR", "0.14"),
        ("0.1250001", "EUR", "0.13"),
        ("0.1249999", "EUR", "0.12"),
        ("-0.125", "EUR", "-0.12"),
        ("2.5", "ISK", "2"),
        ("3.5", "ISK", "4"),
        ("2.5", "JPY", "2"),
        ("0.0005", "KWD", "0.000"),
        ("0.0015", "KWD", "0.002"),
        ("0.00005", "CLF", "0.0000"),
        ("7", "EUR", "7.00"),
        ("1E+3", "EUR", "1000.00"),
    ],
)
def test_half_goes_to_the_even_side(amount: str, currency: str, rounded: str) -> None:
    assert plain(round_money(Decimal(amount), currency)) == rounded


@given(AMOUNTS, st.sampled_from(SOME))
def test_rounding_is_to_the_nearest_and_settled(amount: Decimal, currency: str) -> None:
    rounded, unit = round_money(amount, currency), Decimal(1).scaleb(-minor_units(currency))
    assert abs(rounded - amount) * 2 <= unit
    assert round_money(rounded, currency) == rounded
    assert round_money(-amount, currency) == -rounded
    exact = Fraction(amount) / Fraction(unit)
    if exact.denominator == 2:
        assert (rounded / unit) % 2 == 0


@given(AMOUNTS, AMOUNTS, st.sampled_from(SOME))
def test_rounding_keeps_order(one: Decimal, other: Decimal, currency: str) -> None:
    low, high = sorted((one, other))
    assert round_money(low, currency) <= round_money(high, currency)


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "currency", "total"),
    [
        ("3", "0.335", "0", "EUR", "1.00"),  # 1.005
        ("1", "0.335", "0", "EUR", "0.34"),
        ("1", "0.345", "0", "EUR", "0.34"),
        ("3", "0.115", "0.10", "EUR", "0.24"),  # 0.345 - 0.10 = 0.245
        ("2.5", "3", "0", "ISK", "8"),
        ("2", "10", "20", "EUR", "0.00"),
    ],
)
def test_a_line_is_rounded_once(quantity: str, price: str, discount: str, currency: str, total: str) -> None:
    assert plain(line_total(Decimal(quantity), Decimal(price), Decimal(discount), currency)) == total


def line(**amounts: str) -> Line:
    given = {"quantity": "1", "price": "0"} | amounts
    return Line.model_validate({"sku": "A", **given})


def test_a_total_is_lines_tax_and_freight_each_rounded() -> None:
    lines = [
        line(price="0.335"),
        line(price="0.335", tax="0.064"),
        line(price="10", discount="1.005", tax="1.71"),
    ]
    assert (
        plain(order_total(lines, Decimal("4.90"), "EUR")) == "16.35"
    )  # .34 + .34 + .06 + 9.00 (8.995) + 1.71 + 4.90
    assert plain(order_total([], Decimal("4.90"), "EUR")) == "4.90"


@given(st.lists(AMOUNTS, max_size=4), AMOUNTS, AMOUNTS, st.sampled_from(SOME))
def test_freight_alone_changes_the_total_by_itself(
    prices: list[Decimal], freight: Decimal, later: Decimal, currency: str
) -> None:
    lines = [Line(sku="A", quantity=Decimal(1), price=price) for price in prices]
    before, after = (round_money(amount, currency) for amount in (freight, later))
    assert order_total(lines, after, currency) - order_total(lines, before, currency) == after - before


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=5), st.sampled_from(SOME))
def test_a_total_is_the_sum_of_its_lines_in_any_order(
    amounts: list[tuple[Decimal, Decimal]], currency: str
) -> None:
    lines = [Line(sku="A", quantity=Decimal(1), price=price, tax=tax) for price, tax in amounts]
    alone = [order_total([one], Decimal(0), currency) for one in lines]
    assert order_total(reversed(lines), Decimal(0), currency) == sum(alone, Decimal(0))


@pytest.mark.parametrize(
    "text", ["NaN", "-NaN", "sNaN", "Infinity", "-Infinity", "inf", "", "two", "1,5", "1 2"]
)
def test_what_is_no_finite_number_is_none(text: str) -> None:
    assert parse_decimal(text) is None


@given(AMOUNTS)
def test_a_plain_number_reads_back(amount: Decimal) -> None:
    assert parse_decimal(f" {plain(amount)} ") == amount
    assert "E" not in plain(amount) and "E" not in plain(amount.normalize())
