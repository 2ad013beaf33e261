"""The last that is right and the first that is wrong, where the mapping draws a line."""

from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.mapping.exchange import Converter
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.numbers import decimals, is_sane
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ONE_LINE,
    TODAY,
    box,
    deal,
    facts,
    mapping,
)


def codes(of: Mapping, fields: dict[str, Value]) -> list[str]:
    read = of.read_deal(box(fields))
    outcome = read if isinstance(read, Problems) else of.order(read, facts())
    return [problem.code for problem in outcome.items] if isinstance(outcome, Problems) else []


@pytest.mark.parametrize(
    ("number", "places"),
    [
        ("0", 0),
        ("0.00", 0),
        ("7", 0),
        ("7.10", 1),
        ("7.01", 2),
        ("1E+3", 0),
        ("1E-7", 7),
        ("100.000", 0),
        ("-0.5", 1),
    ],
)
def test_decimals_are_those_that_say_something(number: str, places: int) -> None:
    assert decimals(Decimal(number)) == places


@pytest.mark.parametrize(
    ("number", "sane"),
    [
        ("0", True),
        ("-0.000001", False),
        ("0.000001", True),
        ("0.0000001", False),
        ("1E+9", True),
        ("1000000000.000001", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_a_price_is_from_zero_to_a_milliard_with_six_decimals(number: str, sane: bool) -> None:
    assert is_sane(Decimal(number)) is sane


@pytest.mark.parametrize(
    ("quantity", "price", "told"),
    [
        ("1", "1000000000", []),
        ("1", "1000000000.01", ["too_large"]),
        ("1000000000", "1", []),
        ("1000000001", "1", ["too_large"]),
        ("0.000001", "1", []),
        ("0.0000001", "1", ["too_precise"]),
        ("1000", "1000000000", []),
        ("1000.001", "1000000000", ["too_large"]),
    ],
)
def test_what_a_line_may_come_to(quantity: str, price: str, told: list[str]) -> None:
    assert codes(mapping(), ONE_LINE | {"Qty 1": quantity, "Price 1": price}) == told


def test_a_text_may_have_two_hundred_lines() -> None:
    of = mapping(lines="{from: text, field: Items}")
    assert codes(of, {"Items": "\n".join(["1 x ACME-1 @ 10.00"] * 200)}) == []
    assert codes(of, {"Items": "\n".join(["1 x ACME-1 @ 10.00"] * 201)}) == ["too_many_lines"]


@pytest.mark.parametrize(("price", "told"), [("9.50", []), ("9.49", ["price_tolerance"]), ("10.50", [])])
def test_a_price_may_be_as_far_from_the_list_as_is_said(price: str, told: list[str]) -> None:
    of = mapping(amounts='{price_tolerance: "5%"}')
    assert codes(of, ONE_LINE | {"Price 1": price}) == told
    outcome = of.order(deal(of, ONE_LINE | {"Price 1": "10.51"}), facts())
    assert isinstance(outcome, Problems)
    (problem,) = outcome.items
    assert problem.message == 'The price of "ACME-1" is more than 5 % from its list price 10.00.'


@pytest.mark.parametrize(
    ("rate", "counts"),
    [
        ("10000000", True),
        ("10000000.1", False),
        ("0.0000001", True),
        ("0.00000009", False),
        ("0", False),
    ],
)
def test_a_rate_of_more_than_ten_million_to_one_is_none(rate: str, counts: bool) -> None:
    exchange = Converter(
        [ExchangeRate(id="r", base="EUR", quote="XXX", day=TODAY, rate=Decimal(rate))], "EUR"
    )
    assert (exchange.convert(Decimal(1), "EUR", "XXX") is not None) is counts


def test_a_rate_counts_on_the_very_day_from_which_it_does() -> None:
    rate = ExchangeRate(id="r", base="EUR", quote="USD", day=TODAY, rate=Decimal(2))
    assert Converter([rate], "EUR", since=TODAY).convert(Decimal(1), "EUR", "USD") == 2
    late = Converter([rate], "EUR", since=TODAY.replace(day=TODAY.day + 1))
    assert late.convert(Decimal(1), "EUR", "USD") is None
    assert late.lacking("EUR", "USD").endswith("is too old: EUR/USD of 2026-03-02")
    assert late.lacking("USD", "EUR").endswith("is too old: EUR/USD of 2026-03-02")
    assert late.lacking("EUR", "GBP").endswith("has no exchange rate from EUR to GBP for the day")
