"""Currency conversion by the ERP's dated rates, and the stamp that says which were applied."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.domain.order import AppliedRate, OrderDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.exchange import Converter
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ONE_LINE,
    PRODUCTS,
    TODAY,
    deal,
    facts,
    mapping,
    only_problem,
)

DAY = date(2026, 3, 2)


def rate(base: str, quote: str, value: str, day: date = DAY) -> ExchangeRate:
    return ExchangeRate(id=f"{base}:{quote}", base=base, quote=quote, day=day, rate=Decimal(value))


USD, JPY = rate("EUR", "USD", "1.0850"), rate("EUR", "JPY", "162.40")


@pytest.mark.parametrize(
    ("amount", "base", "quote", "expected"),
    [
        ("100", "EUR", "USD", "108.50"),
        ("100", "USD", "EUR", "92.17"),
        ("14800", "JPY", "USD", "98.88"),
        ("100", "USD", "JPY", "14968"),
        ("100", "EUR", "EUR", "100"),
        ("100", "GBP", "EUR", None),
    ],
)
def test_an_amount_is_converted_at_once_backwards_or_over_the_companys_currency(
    amount: str, base: str, quote: str, expected: str | None
) -> None:
    converted = Converter([USD, JPY], "EUR").convert(Decimal(amount), base, quote)
    assert (None if converted is None else str(converted)) == expected


def test_a_way_over_two_rates_is_rounded_once_and_exactly() -> None:
    odd = [rate("EUR", "USD", "1.08765432"), rate("EUR", "JPY", "162.4321")]
    converted = Converter(odd, "EUR").convert(Decimal("123456.78"), "USD", "JPY")
    assert converted == 18437240  # 18437240.2756


def test_what_was_applied_is_known_and_nothing_else() -> None:
    exchange = Converter([USD, JPY], "EUR")
    exchange.convert(Decimal(1), "USD", "EUR")
    assert exchange.applied == (AppliedRate(base="EUR", quote="USD", day=DAY, rate=Decimal("1.0850")),)
    assert exchange.stamp == "EUR/USD 1.0850 of 2026-03-02"


@pytest.mark.parametrize("value", ["0", "-1", "1E+8", "1E-8"])
def test_a_rate_that_makes_no_sense_is_none(value: str) -> None:
    assert Converter([rate("EUR", "USD", value)], "EUR").convert(Decimal(1), "EUR", "USD") is None


CONVERTING = (
    "{from: columns, convert: true, columns: "
    '{sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", currency: "Currency {n}", max: 3}}'
)


FREIGHT = (
    "[{to: order.freight, from: 'field:Freight', transform: {convert: {from: 'field:Freight currency'}}}]"
)


def order(of: Mapping, fields: dict[str, Value]) -> OrderDraft:
    draft = of.order(deal(of, ONE_LINE | fields), facts(rates=(USD, JPY)))
    assert isinstance(draft, OrderDraft), draft
    return draft


def test_prices_on_the_box_and_list_prices_are_converted_and_stamped() -> None:
    of = mapping(lines=CONVERTING)
    draft = order(of, {"Currency 1": "USD", "SKU 2": "USD-1", "Qty 2": "1"})
    assert [str(line.price) for line in draft.lines] == ["9.22", "4.61"]
    assert draft.custom == {"ExchangeRate": "EUR/USD 1.0850 of 2026-03-02"}
    assert [applied.quote for applied in draft.rates] == ["USD"]


def test_without_conversion_another_currency_is_for_a_person() -> None:
    of = mapping(lines=CONVERTING.replace("convert: true, ", ""))
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Currency 1": "USD"}), facts(rates=(USD,))))
    assert (problem.code, problem.value) == ("price_currency", "USD")


def test_a_rate_that_is_missing_is_for_a_person() -> None:
    of = mapping(lines=CONVERTING)
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Currency 1": "PLN"}), facts(rates=(USD,))))
    assert (problem.code, problem.rule) == ("no_rate", "integration.yaml:6: lines.convert")


def test_needs_name_the_rates_of_the_box_and_with_the_products_those_of_list_prices() -> None:
    of = mapping(lines=CONVERTING)
    read = deal(of, ONE_LINE | {"Currency 1": "PLN"})
    assert of.needs(read).rates == {("PLN", "EUR")}
    assert of.needs(read, {"USD-1": PRODUCTS["USD-1"]}).rates == {("PLN", "EUR"), ("USD", "EUR")}
    assert mapping().needs(read, {"USD-1": PRODUCTS["USD-1"]}).rates == set()


def test_the_day_of_the_rates_can_stand_on_the_box() -> None:
    of = mapping(lines=CONVERTING, exchange='{day: "field:Agreed on", stamp: ""}')
    agreed: Value = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # already April in Berlin
    read = deal(of, ONE_LINE | {"Agreed on": agreed, "Currency 1": "USD"})
    assert of.needs(read).rate_day == date(2026, 4, 1)
    assert of.needs(deal(of, ONE_LINE | {"Agreed on": "1.4.2026"})).rate_day == date(2026, 4, 1)
    assert order(of, {"Currency 1": "USD"}).custom == {}


def test_a_day_that_is_none_is_for_a_person() -> None:
    of = mapping(lines=CONVERTING, exchange='{day: "field:Agreed on"}')
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Agreed on": "soon"}), facts()))
    assert (problem.code, problem.field, problem.rule) == (
        "not_a_date",
        "Agreed on",
        "integration.yaml:7: exchange.day",
    )


@pytest.mark.parametrize(
    ("days", "settings"), [(14, "{}"), (4, "{}"), (31, "{oldest_days: 31}"), (0, "{oldest_days: 0}")]
)
def test_a_rate_of_before_a_weekend_or_holidays_counts(days: int, settings: str) -> None:
    of = mapping(lines=CONVERTING, exchange=settings)
    old = rate("EUR", "USD", "1.0850", TODAY - timedelta(days=days))
    draft = of.order(deal(of, ONE_LINE | {"Currency 1": "USD"}), facts(rates=(old,)))
    assert isinstance(draft, OrderDraft) and draft.rates[0].day == old.day


@pytest.mark.parametrize(
    ("day", "settings"),
    [
        (date(2019, 3, 1), "{}"),
        (TODAY - timedelta(days=15), "{}"),
        (TODAY - timedelta(days=1), "{oldest_days: 0}"),
    ],
)
@pytest.mark.parametrize("pair", [("EUR", "USD"), ("USD", "EUR")])
def test_an_old_rate_converts_nothing_and_is_named(day: date, settings: str, pair: tuple[str, str]) -> None:
    of = mapping(lines=CONVERTING, exchange=settings, fields=FREIGHT)
    fields: dict[str, Value] = {"Currency 1": "USD", "Freight": "5", "Freight currency": "USD"}
    outcome = of.order(deal(of, ONE_LINE | fields), facts(rates=(rate(*pair, "1.0850", day),)))
    assert isinstance(outcome, Problems)
    assert [problem.code for problem in outcome.items] == ["no_rate", "no_rate"]
    for problem in outcome.items:
        assert f"{'/'.join(pair)} of {day.isoformat()}" in problem.message and "rate" in problem.fix


def test_one_old_rate_of_two_makes_the_way_old() -> None:
    exchange = Converter([USD, rate("EUR", "JPY", "162.40", date(2019, 3, 1))], "EUR", since=DAY)
    assert exchange.convert(Decimal(1), "USD", "JPY") is None
    assert exchange.lacking("USD", "JPY").endswith("too old: EUR/JPY of 2019-03-01")
    assert exchange.applied == ()


def test_a_young_rate_goes_before_an_old_one_the_other_way_round_or_at_once() -> None:
    old = [rate("USD", "JPY", "7", date(2019, 3, 1)), rate("USD", "EUR", "7", date(2019, 3, 1))]
    exchange = Converter([*old, USD, JPY], "EUR", since=DAY)
    assert exchange.convert(Decimal(100), "USD", "JPY") == 14968
    assert {applied.day for applied in exchange.applied} == {DAY}


def test_the_rates_of_a_day_that_is_agreed_on_are_as_old_as_that_day() -> None:
    of = mapping(lines=CONVERTING, exchange='{day: "field:Agreed on"}')
    old, agreed = (
        rate("EUR", "USD", "1.0850", date(2025, 9, 1)),
        {"Agreed on": "2025-09-03", "Currency 1": "USD"},
    )
    assert isinstance(of.order(deal(of, ONE_LINE | agreed), facts(rates=(old,))), OrderDraft)
    to_come = {"Agreed on": "2026-05-01", "Currency 1": "USD"}
    assert isinstance(of.order(deal(of, ONE_LINE | to_come), facts(rates=(USD,))), OrderDraft)
    assert only_problem(of.order(deal(of, ONE_LINE | to_come), facts(rates=(old,)))).code == "no_rate"


def test_the_rates_of_an_order_do_not_age() -> None:
    of = mapping(lines=CONVERTING)
    read, later = deal(of, ONE_LINE | {"Currency 1": "USD"}), date(2027, 3, 2)
    assert only_problem(of.order(read, facts(rates=(USD,), today=later))).code == "no_rate"
    assert isinstance(of.order(read, facts(rates=(USD,), stamped=True, today=later)), OrderDraft)


def test_a_field_is_converted_into_the_orders_currency() -> None:
    of = mapping(fields=FREIGHT)
    fields: dict[str, Value] = {"Freight": "21.70", "Freight currency": "$"}
    assert (
        only_problem(of.order(deal(of, ONE_LINE | fields), facts(rates=(USD,)))).code == "ambiguous_currency"
    )
    fields["Freight currency"] = "usd"
    assert of.needs(deal(of, ONE_LINE | fields)).rates == {("USD", "EUR")}
    assert str(order(of, fields).freight) == "20.00"
    assert str(order(of, {"Freight": "21.70"}).freight) == "21.70"


def test_a_custom_field_can_be_in_a_currency_of_its_own() -> None:
    rule = "{to: order.custom.USD, from: 'field:Value', transform: {convert: {to: USD}}}"
    draft = order(mapping(fields=f"[{rule}]"), {"Value": "100"})
    assert draft.custom == {"USD": "108.50", "ExchangeRate": "EUR/USD 1.0850 of 2026-03-02"}


def test_an_order_restates_its_lines_by_its_own_rates() -> None:
    of = mapping(lines=CONVERTING.replace("convert: true", "convert: true, products: name"))
    read = deal(of, {"SKU 1": "Brake pad", "Qty 1": "1", "Price 1": "100", "Currency 1": "USD"})
    named = {"Brake pad": (Product(id="A-1"),)}
    applied = AppliedRate(base="EUR", quote="USD", day=DAY, rate=Decimal(2))
    (line,) = of.restated(read, named, (applied,))
    assert (line.sku, line.price, line.currency) == ("A-1", 50, "")
    assert of.restated(read, {}, ())[0].price is None


@pytest.mark.parametrize(
    ("one", "other", "currency"),
    [("USD", "USD", "USD"), ("USD", None, "USD"), ("USD", "JPY", "EUR"), (None, None, "EUR")],
)
def test_an_order_may_be_in_the_currency_of_its_lines(one: str, other: str, currency: str) -> None:
    of = mapping(lines=CONVERTING, fields="[{to: order.currency, from: lines.currency}]")
    read = deal(
        of, ONE_LINE | {"Currency 1": one, "SKU 2": "A", "Qty 2": "1", "Price 2": "1", "Currency 2": other}
    )
    assert read.currency == currency
