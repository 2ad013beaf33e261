"""Discounts, tax and freight: on lines, on the order, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.deal import Deal, Part, Value
from streak_infor_orchestration.domain.master_data import ExchangeRate
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ONE_LINE,
    TODAY,
    box,
    deal,
    facts,
    mapping,
    only_problem,
    order,
)

LINES = (
    '{from: columns, columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", '
    'discount: "Off {n}", tax: "Tax {n}", description: "What {n}", max: 3}}'
)
FIELDS = "[{to: order.discount, from: 'field:Discount'}, {to: order.tax_rate, from: 'field:VAT'}]"
OF = mapping(lines=LINES, fields=FIELDS)


@pytest.mark.parametrize(
    ("typed", "discount"),
    [
        ("5", "5.00"),
        ("10%", "2.00"),
        ("12,5 %", "2.50"),
        ("%10", "2.00"),
        ("0", "0.00"),
        ("100%", "20.00"),
        ("3,88 €", "3.88"),
        ("EUR 5", "5.00"),
        ("5 EUR", "5.00"),
        ("€0.50", "0.50"),
        ("0.5%", "0.10"),
        ("20.00", "20.00"),
    ],
)
def test_a_discount_of_a_line_is_an_amount_or_a_share(typed: str, discount: str) -> None:
    (line,) = order(OF, {"Off 1": typed}).lines
    assert str(line.discount) == discount


def test_a_line_states_its_tax_and_description() -> None:
    draft = order(OF, {"Off 1": "10%", "Tax 1": "19%", "What 1": "Left one"})
    assert (str(draft.lines[0].tax), draft.lines[0].description) == ("3.42", "Left one")
    assert str(draft.total) == "21.42"


def test_the_rate_of_the_order_is_for_lines_that_state_no_tax() -> None:
    draft = order(OF, {"VAT": "20%", "SKU 2": "ACME-1", "Qty 2": "1", "Tax 2": "0"})
    assert [str(line.tax) for line in draft.lines] == ["4.00", "0.00"]


def test_what_a_line_states_goes_before_the_products_rate() -> None:
    of = mapping(lines=LINES.replace("columns, columns", "columns, tax: product, columns"))
    draft = order(of, {"Tax 1": "7%", "SKU 2": "ACME-1", "Qty 2": "1"})
    assert [str(line.tax) for line in draft.lines] == ["1.40", "1.90"]


def test_a_discount_of_the_order_is_spread_over_its_lines() -> None:
    draft = order(OF, {"SKU 2": "ACME-2", "Qty 2": "10", "Discount": "1.00"})
    assert [str(line.discount) for line in draft.lines] == ["0.86", "0.14"]
    assert str(order(OF, {"Discount": "10%"}).total) == "18.00"


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"Off 1": "21"}, "discount", "Off 1"),
        ({"Discount": "21"}, "discount", "Discount"),
        ({"Off 1": "101%"}, "not_a_percentage", "Off 1"),
        ({"Off 1": "-1"}, "negative", "Off 1"),
        ({"Off 1": "-0.50 €"}, "negative", "Off 1"),
        ({"Off 1": "-0.1%"}, "negative", "Off 1"),
        ({"Off 1": "12.34567%"}, "not_a_percentage", "Off 1"),
        ({"Off 1": "100.01%"}, "not_a_percentage", "Off 1"),
        ({"VAT": "19"}, "not_a_percentage", "VAT"),
        ({"Discount": "5.0001"}, "too_precise", "Discount"),
        ({"Discount": "0.10"}, "amount_or_share", "Discount"),
        ({"Discount": "5 USD"}, "other_currency", "Discount"),
        ({"Discount": "NaN"}, "not_a_number", "Discount"),
        ({"Off 1": "0.1"}, "amount_or_share", "Off 1"),
        ({"Off 1": Decimal("0.1")}, "amount_or_share", "Off 1"),
        ({"Off 1": "USD 5"}, "other_currency", "Off 1"),
        ({"Off 1": "5 $"}, "ambiguous_currency", "Off 1"),
        ({"Off 1": "%5%"}, "not_a_number", "Off 1"),
        ({"Off 1": "Infinity"}, "not_a_number", "Off 1"),
        ({"Tax 1": "0.19"}, "amount_or_share", "Tax 1"),
        ({"Tax 1": "0,19"}, "amount_or_share", "Tax 1"),
        ({"Tax 1": "3,80 £"}, "other_currency", "Tax 1"),
        ({"Tax 1": "19"}, "tax", "Tax 1"),
        ({"Tax 1": "-Infinity €"}, "not_a_number", "Tax 1"),
        ({"VAT": "0.19"}, "not_a_percentage", "VAT"),
        ({"VAT": "0.19 EUR"}, "not_a_percentage", "VAT"),
        ({"Discount": "much"}, "not_a_number", "Discount"),
    ],
)
def test_a_discount_or_tax_that_makes_no_sense_is_for_a_person(
    fields: dict[str, Value], code: str, field: str
) -> None:
    read = OF.read_deal(box(ONE_LINE | fields))
    problem = only_problem(OF.order(read, facts()) if isinstance(read, Deal) else read)
    assert (problem.code, problem.field) == (code, field)


@given(
    st.lists(st.decimals(min_value="0.01", max_value=10_000, places=2), min_size=1, max_size=3),
    st.decimals(min_value=0, max_value=1, places=4),
)
def test_the_parts_of_a_discount_come_to_the_discount(prices: list[Decimal], share: Decimal) -> None:
    discount = (sum(prices, Decimal(0)) * share).quantize(Decimal("0.01"))
    fields: dict[str, Value] = {"Discount": f"{discount} EUR"}
    for number, price in enumerate(prices, 1):
        fields |= {f"SKU {number}": "ACME-1", f"Qty {number}": "1", f"Price {number}": price}
    draft = OF.order(deal(OF, fields), facts())
    assert isinstance(draft, OrderDraft), draft
    assert sum((line.discount for line in draft.lines), Decimal(0)) == discount
    assert all(0 <= line.discount <= line.price + Decimal("0.01") for line in draft.lines)


@pytest.mark.parametrize(
    ("typed", "tax"), [("3,80 €", "3.80"), ("EUR 0.19", "0.19"), ("10", "10.00"), ("60%", "12.00")]
)
def test_a_tax_of_a_line_is_an_amount_or_a_rate(typed: str, tax: str) -> None:
    assert str(order(OF, {"Tax 1": typed}).lines[0].tax) == tax


IN_DOLLARS = LINES.replace("columns, columns", "columns, convert: true, columns")
RATE = ExchangeRate(id="r", base="EUR", quote="USD", day=TODAY, rate=Decimal(2))


@pytest.mark.parametrize("typed", [{"Off 1": "4 USD", "Tax 1": "6"}, {"Off 1": "4", "Tax 1": "6 USD"}])
def test_the_amounts_of_a_line_are_in_the_currency_of_its_price(typed: dict[str, Value]) -> None:
    of = mapping(lines=IN_DOLLARS)
    read = deal(of, ONE_LINE | {"Price 1": "20.00 USD"} | typed)
    draft = of.order(read, facts(rates=(RATE,)))
    assert isinstance(draft, OrderDraft), draft
    (line,) = draft.lines
    assert (line.price, line.discount, line.tax) == (10, 2, 3)
    (restated,) = of.restated(read, {}, draft.rates)
    assert restated.discount == Part(value=Decimal(2))
    assert only_problem(of.order(read, facts())).code == "no_rate"
    kept = mapping(lines=LINES)
    assert only_problem(kept.order(read, facts(rates=(RATE,)))).code == "price_currency"


def test_a_share_of_a_line_in_another_currency_stays_a_share() -> None:
    of = mapping(lines=IN_DOLLARS)
    read = deal(of, ONE_LINE | {"Price 1": "20.00 USD", "Off 1": "50%"})
    draft = of.order(read, facts(rates=(RATE,)))
    assert isinstance(draft, OrderDraft) and draft.lines[0].discount == 10
    assert of.restated(read, {}, draft.rates)[0].discount == Part(value=Decimal("0.5"), is_share=True)


def test_an_amount_in_another_currency_than_the_lines_is_for_a_person() -> None:
    of = mapping(lines=IN_DOLLARS)
    read = of.read_deal(box(ONE_LINE | {"Price 1": "20.00 USD", "Off 1": "4 €"}))
    assert only_problem(read).code == "other_currency"


VALUE = '{deal_value: "field:Deal value", tolerance: "0.05"}'


@pytest.mark.parametrize("stated", ["20.00", "20.05", "€ 20,00", Decimal("19.95"), "", None])
def test_an_order_comes_to_what_the_deal_is_worth(stated: Value) -> None:
    assert order(mapping(amounts=VALUE), {"Deal value": stated}).total == 20


@pytest.mark.parametrize(
    ("stated", "code"),
    [("20.06", "deal_value"), ("19", "deal_value"), ("x", "not_a_number"), ("20 USD", "other_currency")],
)
def test_an_order_that_comes_to_something_else_is_for_a_person(stated: str, code: str) -> None:
    of = mapping(amounts=VALUE)
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Deal value": stated}), facts()))
    assert (problem.code, problem.field, problem.value) == (code, "Deal value", stated)
    assert problem.rule == "integration.yaml:7: amounts.deal_value"


def test_the_value_of_a_deal_can_be_without_tax_and_freight() -> None:
    fields = "[{to: order.tax_rate, from: 'const:19%'}, {to: order.freight, from: 'const:5'}]"
    of = mapping(fields=fields, amounts='{deal_value: "field:Deal value", basis: net}')
    assert str(order(of, {"Deal value": "20"}).total) == "28.80"
