"""From a box to a deal."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from streak_infor_orchestration.domain.deal import Deal, DealLine, Milestone, Typed, Value
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration_tests.unit.mapping.deals import ONE_LINE, box, deal, mapping, only_problem


def test_a_deal_is_what_the_box_says() -> None:
    read = deal(mapping(), notes="Call first", creator_key="u1", stage="Won")
    assert (read.key, read.name, read.notes, read.creator) == ("b1", "Big deal", "Call first", "u1")
    assert (read.stage, read.milestone, read.currency) == ("Won", Milestone.INVOICE, "EUR")
    assert read.values == ONE_LINE


def test_a_stage_that_nobody_classed_is_for_a_person() -> None:
    problem = only_problem(mapping().read_deal(box(stage="Archive")))
    assert problem.code == "unclassed_stage"
    assert (problem.field, problem.value, problem.rule) == ("Stage", "Archive", "integration.yaml:5: stages")
    assert "Lead, Accepted, Won, Lost" in problem.fix


def test_lines_are_read_row_by_row() -> None:
    fields: dict[str, Value] = {
        "SKU 1": " ACME-1 ",
        "Qty 1": "1,5",
        "Price 1": Decimal("9.90"),
        "SKU 3": "ACME-2",
        "Qty 3": Decimal("3"),
        "Price 3": " ",
    }
    assert deal(mapping(), fields).lines == (
        DealLine(
            sku="ACME-1",
            quantity=Decimal("1.5"),
            price=Decimal("9.90"),
            field="SKU 1",
            typed={
                "sku": Typed("SKU 1", "ACME-1"),
                "quantity": Typed("Qty 1", "1,5"),
                "price": Typed("Price 1", "9.90"),
            },
        ),
        DealLine(
            sku="ACME-2",
            quantity=Decimal(3),
            price=None,
            field="SKU 3",
            typed={"sku": Typed("SKU 3", "ACME-2"), "quantity": Typed("Qty 3", "3")},
        ),
    )


def test_an_order_needs_a_line() -> None:
    problem = only_problem(mapping().read_deal(box({"Qty 2": " "})))
    assert (problem.code, problem.box, problem.field, problem.line) == ("no_lines", "Big deal", "SKU 1", 6)
    assert problem.fix == 'Fill "SKU 1" and "Qty 1".'


@pytest.mark.parametrize(
    ("row", "code", "field", "value"),
    [
        ({"Qty 2": "1"}, "missing_sku", "SKU 2", ""),
        ({"SKU 2": "ACME-2"}, "missing_quantity", "Qty 2", ""),
        ({"SKU 2": "ACME-2", "Price 2": "5"}, "missing_quantity", "Qty 2", ""),
        ({"SKU 2": "ACME-2", "Qty 2": "two"}, "not_a_number", "Qty 2", "two"),
        ({"SKU 2": "ACME-2", "Qty 2": True}, "not_a_number", "Qty 2", "true"),
        ({"SKU 2": "ACME-2", "Qty 2": "0"}, "zero", "Qty 2", "0"),
        ({"SKU 2": "ACME-2", "Qty 2": "-1"}, "negative", "Qty 2", "-1"),
        ({"SKU 2": "ACME-2", "Qty 2": "1000000001"}, "too_large", "Qty 2", "1000000001"),
        ({"SKU 2": "ACME-2", "Qty 2": Decimal("1E+999999")}, "too_large", "Qty 2", "1E+999999"),
        ({"SKU 2": "ACME-2", "Qty 2": "0.1234567"}, "too_precise", "Qty 2", "0.1234567"),
        ({"SKU 2": "ACME-2", "Qty 2": "1", "Price 2": "1.234"}, "ambiguous_number", "Price 2", "1.234"),
        ({"SKU 2": "ACME-2", "Qty 2": "1", "Price 2": "free"}, "not_a_number", "Price 2", "free"),
        ({"SKU 4": "ACME-2"}, "too_many_lines", "SKU 4", "ACME-2"),
        ({"Price 12": "1"}, "too_many_lines", "Price 12", "1"),
    ],
)
def test_a_row_that_cannot_be_ordered_names_its_field(
    row: dict[str, Value], code: str, field: str, value: str
) -> None:
    problem = only_problem(mapping().read_deal(box(ONE_LINE | row)))
    assert (problem.code, problem.field, problem.value) == (code, field, value)
    assert problem.rule.startswith("integration.yaml:6: lines.columns.")
    assert problem.message and problem.fix


def test_all_that_is_wrong_is_told_at_once() -> None:
    read = mapping().read_deal(box({"Qty 1": "x", "Price 1": "-1"}, organizations=()))
    assert isinstance(read, Problems)
    assert [problem.code for problem in read.items] == ["missing_sku", "not_a_number", "negative", "no_party"]


def test_the_configuration_settles_ambiguous_numbers() -> None:
    read = deal(mapping(numbers='{decimal: ","}'), ONE_LINE | {"Qty 1": "1.234"})
    assert read.lines[0].quantity == 1234


def test_a_pattern_is_taken_literally() -> None:
    of = mapping(lines='{from: columns, columns: {sku: "Item (#{n})", quantity: "Qty. {n}", max: 1}}')
    assert deal(of, {"Item (#1)": "ACME-1", "Qty. 1": "1", "QtyX 2": "1"}).lines[0].sku == "ACME-1"
    assert only_problem(of.read_deal(box({"Item (#1)": "A", "Qty. 1": "1", "Qty. 2": "1"}))).field == "Qty. 2"


@pytest.mark.parametrize("stage", ["Lead", "Lost"])
def test_a_deal_that_asks_for_no_order_is_never_a_problem(stage: str) -> None:
    of = mapping(fields="[{to: order.currency, from: 'field:Currency', required: true}]")
    read = of.read_deal(box(ONE_LINE | {"Qty 2": "x", "SKU 9": "y"}, stage=stage, organizations=()))
    assert isinstance(read, Deal)
    assert [line.sku for line in read.lines] == ["ACME-1"]
    assert read.currency == "EUR"


@pytest.mark.parametrize(("value", "currency"), [("usd", "USD"), (None, "EUR")])
def test_the_currency_can_stand_on_the_box(value: Value, currency: str) -> None:
    of = mapping(fields="[{to: order.currency, from: 'field:Currency'}]")
    assert deal(of, ONE_LINE | {"Currency": value}).currency == currency


def test_a_currency_that_is_none_is_for_a_person() -> None:
    of = mapping(fields="[{to: order.currency, from: 'field:Currency'}]")
    problem = only_problem(of.read_deal(box(ONE_LINE | {"Currency": "Dollar"})))
    assert (problem.field, problem.value, problem.rule) == (
        "Currency",
        "Dollar",
        "integration.yaml:7: fields",
    )


def test_needs_are_the_products_and_the_people_that_order_fields_read() -> None:
    plain = mapping(fields="[{to: customer.phone, from: contact.phone}]")
    assert plain.needs(deal(plain)).model_dump() == {
        "skus": frozenset({"ACME-1"}),
        "contact": False,
        "organization": False,
        "names": frozenset(),
        "rates": frozenset(),
        "rate_day": None,
        "accounts": frozenset(),
        "vendors": frozenset(),
    }
    reading = mapping(
        fields="[{to: order.custom.A, from: contact.email}, {to: order.custom.B, expression: organization.name}]"
    )
    needs = reading.needs(deal(reading, created=datetime(2026, 1, 1, tzinfo=UTC)))
    assert needs.contact and needs.organization


@pytest.mark.parametrize(
    ("typed", "price", "currency"),
    [
        ("180,00 €", "180.00", "EUR"),
        ("€ 1.234,50", "1234.50", "EUR"),
        ("GBP 12", "12", "GBP"),
        ("12.50 US$", "12.50", "USD"),
        ("12.50", "12.50", ""),
    ],
)
def test_a_price_may_be_written_with_its_currency(typed: str, price: str, currency: str) -> None:
    (line,) = deal(mapping(), ONE_LINE | {"Price 1": typed}).lines
    assert (str(line.price), line.currency) == (price, currency)


@pytest.mark.parametrize(
    ("price", "column", "code"),
    [("$ 5", None, "ambiguous_currency"), ("5 €", "USD", "other_currency"), ("€ 5 €", None, "not_a_number")],
)
def test_a_price_whose_currency_is_in_doubt_is_for_a_person(price: str, column: Value, code: str) -> None:
    columns = 'sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", currency: "Currency {n}"'
    of = mapping(lines=f"{{from: columns, columns: {{{columns}}}}}")
    problem = only_problem(of.read_deal(box(ONE_LINE | {"Price 1": price, "Currency 1": column})))
    assert (problem.code, problem.field, problem.value) == (code, "Price 1", price)
