"""A value that nobody can read is a problem for whoever needs it, and disturbs nobody else."""

from typing import Any

import pytest

from streak_infor_orchestration.domain.deal import Deal, UnreadableValue
from streak_infor_orchestration.domain.order import OrderDraft
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ACME,
    BO,
    ONE_LINE,
    box,
    facts,
    mapping,
    only_problem,
)

GONE = UnreadableValue(what="an option that no longer exists", shown="9002")
_ALL = "sku: 'SKU {n}', quantity: 'Qty {n}', price: 'Price {n}', discount: 'Discount {n}', tax: 'Tax {n}'"
COLUMNS = (
    f"{{from: columns, columns: {{{_ALL}, currency: 'Currency {{n}}', vendor: 'Vendor {{n}}', max: 2}}}}"
)


def outcome(held: dict[str, Any], /, **sections: str) -> object:
    """What becomes of a deal that holds these fields."""
    of = mapping(**sections)
    read = of.read_deal(box({**ONE_LINE, **held}))
    return read if isinstance(read, Problems) else of.order(read, facts())


@pytest.mark.parametrize("column", ["SKU", "Qty", "Price", "Discount", "Tax", "Currency", "Vendor"])
def test_a_column_is_a_problem_with_its_field_box_value_and_fix(column: str) -> None:
    problem = only_problem(outcome({f"{column} 1": GONE}, lines=COLUMNS))
    assert (problem.code, problem.field, problem.value, problem.box) == (
        "unreadable",
        f"{column} 1",
        "9002",
        "Big deal",
    )
    assert problem.line is not None
    assert f"{column} 1" in problem.fix


def test_a_row_of_which_only_that_can_be_seen_is_not_left_out() -> None:
    assert only_problem(outcome({"Qty 2": GONE})).field == "Qty 2"


def test_a_row_beyond_the_last_is_still_told() -> None:
    problem = only_problem(outcome({"SKU 4": GONE}))
    assert (problem.code, problem.value) == ("too_many_lines", "9002")


def test_lines_in_a_text_field() -> None:
    problem = only_problem(outcome({"Items": GONE}, lines="{from: text, field: Items}"))
    assert (problem.code, problem.field) == ("unreadable", "Items")


@pytest.mark.parametrize(
    "rule",
    [
        '{to: order.description, from: "field:Ship via"}',
        '{to: order.description, from: "field:Ship via", default: none}',
        '{to: order.description, from: [box.name, "field:Ship via"], transform: {concat: " "}}',
        '{to: order.shipping_method, from: "field:Ship via", transform: {map: {"9002": X}, otherwise: keep}}',
        '{to: order.shipping_method, from: "field:Ship via", transform: {map: {A: X}, otherwise: {value: Y}}}',
        '{to: order.freight, from: "field:Ship via"}',
        '{to: order.requested_date, from: "field:Ship via"}',
        '{to: order.discount, from: "field:Ship via"}',
        '{to: order.currency, from: "field:Ship via"}',
        '{to: order.custom.Way, expression: "field.\\"Ship via\\""}',
        '{to: order.custom.Way, expression: "concat(box.name, field.\\"Ship via\\")"}',
        '{to: order.custom.Way, expression: "default(field.\\"Ship via\\", \'none\')"}',
        "{to: order.custom.Way, expression: \"join('+', field.*)\"}",
        '{to: order.freight, from: "const:5", transform: {convert: {from: "field:Ship via"}}}',
    ],
)
def test_a_rule_that_reads_it(rule: str) -> None:
    problem = only_problem(outcome({"Ship via": GONE}, fields=f"[{rule}]"))
    assert (problem.code, problem.value) == ("unreadable", "9002")
    assert problem.line is not None


@pytest.mark.parametrize(
    "section", [{"amounts": '{deal_value: "field:Worth"}'}, {"exchange": '{day: "field:Worth"}'}]
)
def test_the_deals_value_and_the_day_of_its_rates(section: dict[str, str]) -> None:
    problem = only_problem(outcome({"Worth": GONE}, **section))
    assert (problem.code, problem.field) == ("unreadable", "Worth")


@pytest.mark.parametrize("record", ["contact", "organization"])
def test_the_own_fields_of_contacts_and_organizations(record: str) -> None:
    of = mapping(fields=f'[{{to: customer.tax_id, from: "{record}.field:VAT"}}]')
    deal = of.read_deal(box())
    assert isinstance(deal, Deal)
    people: dict[str, Any] = {"contact": BO, "organization": ACME}
    people[record] = people[record].model_copy(update={"fields": {"VAT": GONE}})
    problem = only_problem(of.customer(deal, reference="STK1", **people))
    assert (problem.code, problem.value) == ("unreadable", "9002")


def test_nobody_else_is_disturbed() -> None:
    made = outcome({"Mood": GONE}, fields='[{to: order.custom.Way, expression: "field.\\"Ship via\\""}]')
    assert isinstance(made, OrderDraft)


def test_a_deal_that_asks_for_no_order_is_no_problem() -> None:
    assert isinstance(mapping().read_deal(box({**ONE_LINE, "Qty 1": GONE}, stage="Lead")), Deal)
