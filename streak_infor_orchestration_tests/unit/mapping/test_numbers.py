"""Numbers that people type are read when they can mean one thing only."""

from contextlib import suppress
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.config.locality import decimal_mark
from streak_infor_orchestration.mapping.numbers import Ambiguous, decimals, is_sane, parse_number, settled


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", "2"),
        (" 12 ", "12"),
        ("1299.90", "1299.90"),
        ("1299,90", "1299.90"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234.50", "1234.50"),
        ("1\u202f234", "1234"),
        ("1'234.50", "1234.50"),
        ("1’234", "1234"),
        ("0.500", "0.500"),
        ("0,500", "0.500"),
        (".5", "0.5"),
        (",25", "0.25"),
        ("1234.567", "1234.567"),
        ("1.2345", "1.2345"),
        ("007", "7"),
        ("-3.5", "-3.5"),
        ("+3", "3"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert str(parse_number(text)) == number


@pytest.mark.parametrize("text", ["1,234", "1.234", "12.345", "999,000", "-1,234"])
def test_a_number_that_means_two_is_refused(text: str) -> None:
    with pytest.raises(Ambiguous):
        parse_number(text)


def test_the_configuration_settles_what_means_two() -> None:
    assert parse_number("1,234", ".") == 1234
    assert parse_number("1,234", ",") == Decimal("1.234")
    assert parse_number("1.234", ",") == 1234


def test_a_settled_mark_does_not_make_other_numbers_unreadable() -> None:
    assert parse_number("1299.90", ",") == Decimal("1299.90")


NO_NUMBERS = """.|-|two|1,23,456|1.234,567.8|1,234.567,8|12 34|1e5|0x10|NaN|Infinity|1'234 567|٣|½|5.|--5|1.2.3|2 pcs
|€5|1,2345,678| """


@pytest.mark.parametrize("text", ["", *NO_NUMBERS.split("|")])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_amount_with_two_decimals_is_read_in_every_common_form(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    for text in (str(amount), english, german, english.replace(",", "'"), german.replace(".", "\u202f")):
        assert parse_number(text) == amount


@given(
    st.decimals(min_value=0, max_value=10**7, places=3),
    st.sampled_from(
        "de_DE de_CH de_AT en_US en_IN fr_FR fr_CH it_IT sv_SE pl_PL hi_IN es_MX pt_BR hu_HU".split()
    ),
)
def test_a_number_as_the_locale_prints_it_is_never_read_as_another(number: Decimal, locale: str) -> None:
    printed = format_decimal(number, locale=locale, decimal_quantization=False)
    assert parse_number(printed, decimal_mark(locale)) in (number, None)
    with suppress(Ambiguous):
        assert parse_number(printed) in (number, None)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=6))
def test_settling_changes_no_sane_number(number: Decimal) -> None:
    assert is_sane(number) and settled(number) == number and settled(settled(number)) == settled(number)
    assert parse_number(str(settled(number)), ".") == number


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_ambiguous_or_none(text: str) -> None:
    try:
        number = parse_number(text)
    except Ambiguous:
        return
    assert number is None or number.is_finite()


@pytest.mark.parametrize(
    ("number", "count"), [("1", 0), ("1.50", 1), ("1E+5", 0), ("0.000", 0), ("1E-7", 7), ("10.0", 0)]
)
def test_only_decimals_that_say_something_count(number: str, count: int) -> None:
    assert decimals(Decimal(number)) == count


@pytest.mark.parametrize(
    "number",
    ["-1", "1000000000.01", "0.0000001", "NaN", "Infinity", "1E+99999999", "1E-99999999", "-1E+99999999"],
)
def test_what_no_quantity_or_price_can_be(number: str) -> None:
    assert not is_sane(Decimal(number))


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1000"), ("-0", "0"), ("1.50", "1.50"), ("1.50000000000", "1.500000")]
)
def test_a_settled_number_reads_as_people_write_it(number: str, text: str) -> None:
    assert str(settled(Decimal(number))) == text
