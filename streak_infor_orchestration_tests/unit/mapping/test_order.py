"""From a deal to the order that should exist: lines and money."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.order import Line, OrderDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ONE_LINE,
    PRODUCTS,
    TODAY,
    box,
    deal,
    facts,
    mapping,
    only_problem,
    order,
)

TAXED = '{from: columns, tax: product, columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", max: 3}}'


def test_the_plain_order() -> None:
    assert order(mapping()) == OrderDraft(
        reference="STKABC",
        customer_id="C-1",
        order_date=TODAY,
        currency="EUR",
        lines=(Line(sku="ACME-1", quantity=Decimal(2), price=Decimal("10.00")),),
        description="Big deal",
    )


def test_defaults_of_the_configuration_are_put_on_the_order() -> None:
    erp = '{product: facade, base_url: "https://x.example", defaults: {warehouse: "100", gl_account: "4000"}}'
    draft = order(mapping(erp=erp))
    assert draft.warehouse == "100"
    assert draft.lines[0].gl_account == "4000"


def test_without_a_price_on_the_box_the_list_price_counts() -> None:
    draft = order(mapping(), {"Price 1": None})
    assert draft.lines[0].price == PRODUCTS["ACME-1"].price


def test_a_price_of_nothing_is_a_price() -> None:
    assert order(mapping(), {"Price 1": "0"}).total == 0


@pytest.mark.parametrize(
    ("row", "code", "field", "value"),
    [
        ({"SKU 1": "ACME1"}, "unknown_product", "SKU 1", "ACME1"),
        ({"SKU 1": "OLD-1"}, "obsolete_product", "SKU 1", "OLD-1"),
        ({"SKU 1": "USD-1", "Price 1": ""}, "price_currency", "SKU 1", "USD-1"),
        ({"SKU 1": "FREE-1", "Price 1": ""}, "no_price", "SKU 1", "FREE-1"),
        ({"Price 1": "USD 12.50"}, "price_currency", "Price 1", "USD 12.50"),
        (
            {"Qty 1": "999999999", "Price 1": "999999990"},
            "too_large",
            "Qty 1 + Price 1",
            "999999999 + 999999990",
        ),
    ],
)
def test_a_line_that_cannot_be_ordered_is_for_a_person_at_the_field_that_is_wrong(
    row: dict[str, Value], code: str, field: str, value: str
) -> None:
    of = mapping()
    problem = only_problem(of.order(deal(of, ONE_LINE | row), facts()))
    assert (problem.code, problem.field, problem.value) == (code, field, value)
    assert problem.rule.startswith("integration.yaml:6: lines.columns")


def test_the_nearest_known_products_are_suggested() -> None:
    of = mapping()
    assert (
        only_problem(of.order(deal(of, ONE_LINE | {"SKU 1": "acme1"}), facts())).fix
        == "Did you mean ACME-1 or ACME-2?"
    )
    nothing_known = of.order(deal(of), facts(products={}))
    assert only_problem(nothing_known).fix == "Correct the product's code."


def test_a_price_on_the_box_is_in_the_orders_currency() -> None:
    assert order(mapping(), {"SKU 1": "USD-1"}).lines[0].price == 10


@pytest.mark.parametrize("price", ["-1", "1E+30", "0.0000001", "1E+99999999"])
def test_a_list_price_that_makes_no_sense_is_not_used(price: str) -> None:
    of = mapping(amounts='{price_tolerance: "2%"}')
    products = {"ACME-1": Product(id="ACME-1", price=Decimal(price), currency="EUR")}
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Price 1": None}), facts(products=products)))
    assert problem.code == "list_price"
    assert isinstance(of.order(deal(of), facts(products=products)), OrderDraft)


@pytest.mark.parametrize("price", ["9.80", "10.20", "10"])
def test_a_price_within_the_tolerance_passes(price: str) -> None:
    assert order(mapping(amounts='{price_tolerance: "2%"}'), {"Price 1": price})


@pytest.mark.parametrize("price", ["9.79", "10.21", "0"])
def test_a_price_outside_the_tolerance_is_for_a_person(price: str) -> None:
    of = mapping(amounts='{price_tolerance: "2%"}')
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Price 1": price}), facts()))
    assert (problem.code, problem.value) == ("price_tolerance", price)
    assert problem.rule == "integration.yaml:7: amounts.price_tolerance"
    assert problem.message == 'The price of "ACME-1" is more than 2 % from its list price 10.00.'


@pytest.mark.parametrize("sku", ["USD-1", "FREE-1"])
def test_without_a_list_price_in_the_currency_there_is_no_tolerance(sku: str) -> None:
    assert order(mapping(amounts='{price_tolerance: "0%"}'), {"SKU 1": sku, "Price 1": "7"})


def test_tax_is_left_to_the_erp_unless_asked_for() -> None:
    assert order(mapping()).total == 20
    draft = order(mapping(lines=TAXED))
    assert str(draft.lines[0].tax) == "3.80"
    assert draft.total == Decimal("23.80")


@pytest.mark.parametrize("rate", ["-0.1", "1.1", "1E-99999999", "0.1234567"])
def test_a_tax_rate_that_makes_no_sense_is_for_a_person(rate: str) -> None:
    of = mapping(lines=TAXED)
    products = {"ACME-1": Product(id="ACME-1", price=Decimal(1), tax_rate=Decimal(rate))}
    assert only_problem(of.order(deal(of), facts(products=products))).code == "tax_rate"
    assert isinstance(mapping().order(deal(of), facts(products=products)), OrderDraft)


def test_problems_of_lines_and_fields_are_told_together() -> None:
    of = mapping(fields="[{to: order.salesperson, from: 'field:Rep', required: true}]")
    outcome = of.order(deal(of, ONE_LINE | {"SKU 1": "X", "SKU 2": "Y", "Qty 2": "1"}), facts())
    assert isinstance(outcome, Problems)
    assert [problem.code for problem in outcome.items] == ["unknown_product", "unknown_product", "missing"]


amounts = st.decimals(min_value=0, max_value=10**9, places=6)


def half_even(exact: Fraction) -> Fraction:
    return Fraction(round(exact * 100), 100)  # Python rounds a Fraction half to even


@given(
    st.lists(st.tuples(amounts.filter(bool), amounts), min_size=1, max_size=3),
    st.sampled_from(["0", "0.19", "0.0775"]),
)
def test_the_total_is_exact_whatever_the_numbers(rows: list[tuple[Decimal, Decimal]], rate: str) -> None:
    of = mapping(lines=TAXED)
    fields: dict[str, Value] = {}
    for number, (quantity, price) in enumerate(rows, 1):
        fields |= {f"SKU {number}": "A", f"Qty {number}": quantity, f"Price {number}": price}
    products = {"A": Product(id="A", tax_rate=Decimal(rate))}
    draft = of.order(deal(of, fields), facts(products=products))
    if isinstance(draft, Problems):
        assert any(quantity * price > 10**12 for quantity, price in rows)
        return
    totals = [half_even(Fraction(quantity) * Fraction(price)) for quantity, price in rows]
    assert Fraction(draft.total) == sum(totals) + sum(half_even(total * Fraction(rate)) for total in totals)


@pytest.mark.parametrize("unit", ["EA", "pcs", "PC", "Stk", "C62", "SET", "PR", "BOX"])
def test_a_part_of_a_piece_is_for_a_person(unit: str) -> None:
    of, sold = mapping(), {"ACME-1": PRODUCTS["ACME-1"].model_copy(update={"unit": unit})}
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Qty 1": "2.5"}), facts(products=sold)))
    assert (problem.code, problem.value, unit in problem.message) == ("fraction", "2.5", True)
    assert problem.field == "Qty 1"
    assert problem.rule == "integration.yaml:6: lines.columns.quantity"
    whole = of.order(deal(of, ONE_LINE | {"Qty 1": "2.00"}), facts(products=sold))
    assert isinstance(whole, OrderDraft) and whole.lines[0].quantity == 2


@pytest.mark.parametrize("unit", ["KG", "M", "H", "L", "M2", "T", "FT", "LB", "", "?"])
def test_what_is_measured_may_be_ordered_in_parts(unit: str) -> None:
    of, sold = mapping(), {"ACME-1": PRODUCTS["ACME-1"].model_copy(update={"unit": unit})}
    draft = of.order(deal(of, ONE_LINE | {"Qty 1": "2.5"}), facts(products=sold))
    assert isinstance(draft, OrderDraft) and str(draft.lines[0].quantity) == "2.5"


@pytest.mark.parametrize("typed", ["0", "0.00", "0,00 €", "EUR 0", Decimal(0)])
def test_a_price_of_zero_is_a_price(typed: Value) -> None:
    draft = order(mapping(), {"Price 1": typed})
    assert draft.lines[0].price == 0 and draft.total == 0


def test_a_price_of_zero_is_far_from_the_list_price() -> None:
    of = mapping(amounts='{price_tolerance: "50%"}')
    assert only_problem(of.order(deal(of, ONE_LINE | {"Price 1": "0"}), facts())).code == "price_tolerance"


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "-Infinity", "inf", "1e5", "nan EUR"])
def test_what_only_machines_call_a_number_is_none(typed: str) -> None:
    for column in ("Price 1", "Qty 1"):
        read = mapping().read_deal(box(ONE_LINE | {column: typed}))
        assert (only_problem(read).code, only_problem(read).field) == ("not_a_number", column)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-1", "1E+12"])
def test_a_list_price_or_rate_that_is_no_amount_is_for_a_person(number: str) -> None:
    sold = {"ACME-1": PRODUCTS["ACME-1"].model_copy(update={"price": Decimal(number)})}
    of = mapping()
    problem = only_problem(of.order(deal(of, ONE_LINE | {"Price 1": ""}), facts(products=sold)))
    assert problem.code == "list_price"
    taxed = mapping(
        lines='{from: columns, tax: product, columns: {sku: "SKU {n}", quantity: "Qty {n}", max: 1}}'
    )
    sold = {"ACME-1": PRODUCTS["ACME-1"].model_copy(update={"tax_rate": Decimal(number)})}
    assert only_problem(taxed.order(deal(taxed, ONE_LINE), facts(products=sold))).code == "tax_rate"


def test_one_product_may_stand_on_two_lines_one_of_them_without_a_price() -> None:
    draft = order(mapping(), {"SKU 2": "ACME-1", "Qty 2": "3", "Price 1": "7.00"})
    assert [(line.sku, line.quantity, str(line.price)) for line in draft.lines] == [
        ("ACME-1", 2, "7.00"),
        ("ACME-1", 3, "10.00"),
    ]
