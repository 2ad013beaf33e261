"""Rules of `fields:` on orders: sources, transformations, defaults, kinds of value."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.domain.deal import Problem, Value
from streak_infor_orchestration_tests.unit.mapping.deals import (
    ONE_LINE,
    deal,
    facts,
    mapping,
    only_problem,
    order,
)

LATE = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # already April in Berlin


def custom(rule: str, **fields: Value) -> str | None:
    """What the rule puts into the custom field X. `Ship_via` stands for the field "Ship via"."""
    named = {name.replace("_", " "): value for name, value in fields.items()}
    of = mapping(fields=f"[{{to: order.custom.X, {rule}}}]")
    return order(of, named, notes="Call first", creator_key="u1", stage_changed=LATE).custom.get("X")


def refused(rule: str, **fields: Value) -> Problem:
    of = mapping(fields=f"[{{{rule}}}]")
    named = {name.replace("_", " "): value for name, value in fields.items()}
    problem = only_problem(of.order(deal(of, ONE_LINE | named), facts()))
    assert problem.rule == "integration.yaml:7: fields"
    return problem


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("box.name", "Big deal"),
        ("box.notes", "Call first"),
        ("box.key", "b1"),
        ("box.stage", "Accepted"),
        ("box.creator", "u1"),
        ("box.created", "2026-02-28"),
        ("box.stage_changed", "2026-04-01"),
        ("contact.key", "c1"),
        ("contact.name", "Bo Li"),
        ("contact.given_name", "Bo"),
        ("contact.family_name", "Li"),
        ("contact.title", None),
        ("contact.email", "bo@acme.example"),
        ("contact.phone", "+49 30 2"),
        ("contact.address", None),
        ("organization.key", "o1"),
        ("organization.name", "Acme GmbH"),
        ("organization.domain", "acme.example"),
        ("organization.industry", None),
        ("organization.phone", "+49 30 1"),
        ("organization.address", None),
        ("'organization.field:VAT'", "DE1"),
        ("'contact.field:Birthday'", None),
        ("'const:fixed: text'", "fixed: text"),
        ("'field:Nothing'", None),
    ],
)
def test_a_source_is_read(source: str, expected: str | None) -> None:
    assert custom(f"from: {source}") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" text ", "text"),
        (True, "true"),
        (False, "false"),
        (Decimal("1E+3"), "1000"),
        (LATE, "2026-04-01"),
        (("a", "b"), "a, b"),
        ((), None),
        ("  ", None),
        (None, None),
    ],
)
def test_any_kind_of_field_reads_as_text(value: Value, expected: str | None) -> None:
    assert custom("from: 'field:Ship via'", Ship_via=value) == expected


def test_sources_are_joined_without_the_empty_ones() -> None:
    rule = "from: [contact.given_name, contact.title, contact.family_name], transform: {concat: ' '}"
    assert custom(rule) == "Bo Li"
    assert custom("from: ['const:Ref ', box.key], transform: {concat: ''}") == "Ref b1"


MAP = "from: 'field:Ship via', transform: {map: {Ground: UPSG, 'true': X}"


def test_a_value_is_replaced_by_its_code() -> None:
    assert custom(MAP + "}", Ship_via="Ground") == "UPSG"
    assert custom(MAP + "}", Ship_via=True) == "X"
    assert custom(MAP + "}", Ship_via=("Ground",)) == "UPSG"
    assert custom(MAP + "}", Ship_via=None) is None


def test_a_value_without_a_code_is_for_a_person_unless_the_rule_says_otherwise() -> None:
    assert custom(MAP + ", otherwise: keep}", Ship_via="Mule") == "Mule"
    assert custom(MAP + ", otherwise: {value: UPSG}}", Ship_via="Mule") == "UPSG"
    problem = refused("to: order.shipping_method, " + MAP + ", otherwise: error}", Ship_via="Mule")
    assert (problem.code, problem.field, problem.value) == ("unmapped", "Ship via", "Mule")
    assert problem.message == '"Ship via" is "Mule", which the ERP has no code for.'
    assert problem.fix == "Choose one of: Ground, true."


def test_an_empty_value_is_replaced_by_the_default() -> None:
    assert custom("from: 'field:Ship via', default: none") == "none"
    assert custom("from: 'field:Ship via', default: none", Ship_via="Ground") == "Ground"


def test_an_empty_value_that_is_required_is_for_a_person() -> None:
    problem = refused(
        "to: order.salesperson, from: [contact.title, 'field:Rep'], transform: {concat: ''}, required: true"
    )
    assert (problem.code, problem.field) == ("missing", "Contact title + Rep")
    assert problem.message == '"Contact title + Rep" is empty.'


@pytest.mark.parametrize(
    ("transform", "value", "day"),
    [
        ("", LATE, date(2026, 4, 1)),
        ("", "2026-03-31", date(2026, 3, 31)),
        (", transform: {date: '%d.%m.%Y'}", " 31.03.2026 ", date(2026, 3, 31)),
        (", transform: {date: '%d.%m.%Y'}", LATE, date(2026, 4, 1)),
        (", default: '2026-12-31'", None, date(2026, 12, 31)),
        ("", None, None),
    ],
)
def test_a_date_is_a_day_of_the_company(transform: str, value: Value, day: date | None) -> None:
    of = mapping(fields=f"[{{to: order.requested_date, from: 'field:Ship on'{transform}}}]")
    assert order(of, {"Ship on": value}).requested_date == day


@pytest.mark.parametrize("value", ["soon", "31.03.26.1", True, Decimal(5), ("a",), "2026-02-30"])
def test_what_is_no_date_is_for_a_person(value: Value) -> None:
    problem = refused("to: order.requested_date, from: 'field:Ship on'", Ship_on=value)
    assert (problem.code, problem.field) == ("not_a_date", "Ship on")
    assert problem.fix == "Write it like 2026-12-31."


def test_a_date_typed_as_text_becomes_an_iso_day_in_a_text() -> None:
    assert custom("from: 'field:Ship on', transform: {date: '%d.%m.%y'}", Ship_on="31.03.26") == "2026-03-31"


def test_an_instant_at_the_end_of_the_calendar_has_its_own_day() -> None:
    end = datetime.max.replace(tzinfo=UTC)
    assert custom("from: 'field:Ship on'", Ship_on=end) == "9999-12-31"


def test_freight_is_an_amount() -> None:
    of = mapping(fields="[{to: order.freight, from: 'field:Freight'}]")
    assert order(of, {"Freight": "1.234,50"}).total == Decimal("1254.50")
    assert order(of, {"Freight": Decimal("4.9")}).freight == Decimal("4.90")
    assert order(of).freight == 0


@pytest.mark.parametrize(
    ("value", "code"),
    [("4.905", "ambiguous_number"), ("0.905", "too_precise"), ("-4", "negative"), ("free", "not_a_number")],
)
def test_freight_that_is_no_amount_is_for_a_person(value: Value, code: str) -> None:
    problem = refused("to: order.freight, from: 'field:Freight'", Freight=value)
    assert (problem.code, problem.field, problem.value) == (code, "Freight", value)


def test_every_target_of_an_order_is_filled() -> None:
    of = mapping(
        fields="""
  - {to: order.description, from: box.notes}
  - {to: order.order_date, from: box.created}
  - {to: order.shipping_method, from: "const:UPSG"}
  - {to: order.salesperson, from: box.creator, transform: {map: {u1: S-1}}}
  - {to: order.warehouse, from: "const:200"}
  - {to: order.custom.Region, expression: "upper(field.Region)"}
  - {to: order.custom.Contact, from: contact.email}"""
    )
    draft = order(of, {"Region": "north"}, creator_key="u1")
    assert draft.description == ""
    assert draft.order_date == date(2026, 2, 28)
    assert (draft.shipping_method, draft.salesperson, draft.warehouse) == ("UPSG", "S-1", "200")
    assert draft.custom == {"Region": "NORTH", "Contact": "bo@acme.example"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("box.name", "Big deal"),
        ('field."Ship via"', "Ground"),
        ("organization.field.VAT", "DE1"),
        ("deal.currency", "EUR"),
        ("deal.lines[*].sku", "ACME-1"),
        ("box.created", "2026-02-28"),
        ("contact.title", None),
        ("field.Missing.deeper", None),
        ("`1.50`", "1.5"),
        ("contains(field.\"Ship via\", 'ound')", "true"),
    ],
)
def test_an_expression_fills_a_target(expression: str, expected: str | None) -> None:
    quoted = expression.replace("'", "''")
    assert custom(f"expression: '{quoted}'", Ship_via="Ground") == expected


def test_an_expression_can_be_transformed() -> None:
    assert custom("expression: 'lower(box.stage)', transform: {map: {accepted: A}}") == "A"


@pytest.mark.parametrize("expression", ["box", "deal.lines", "`1` < box.name"])
def test_an_expression_that_does_not_fit_the_deal_is_for_a_person(expression: str) -> None:
    problem = refused(f"to: order.description, expression: '{expression}'")
    assert (problem.code, problem.field) == ("expression", "order.description")


def test_without_the_people_their_sources_are_empty() -> None:
    of = mapping(fields="[{to: order.custom.X, from: contact.email, default: none}]")
    draft = of.order(deal(of), facts(contact=None, organization=None))
    assert draft.custom == {"X": "none"}  # type: ignore[union-attr]  # fails as it should if these are Problems


@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("de_DE", "3/4/2026", date(2026, 4, 3)),
        ("en_US", "3/4/2026", date(2026, 3, 4)),
        ("de_DE", "31.3.26", None),
    ],
)
def test_a_date_is_read_as_the_companys_people_type_it(locale: str, typed: str, day: date | None) -> None:
    of = mapping(
        company=f"{{timezone: Europe/Berlin, currency: EUR, locale: {locale}}}",
        fields="[{to: order.requested_date, from: 'field:Ship on'}]",
    )
    assert order(of, {"Ship on": typed}).requested_date == (day or date(2026, 3, 31))


def test_a_date_that_means_two_is_for_a_person() -> None:
    problem = refused("to: order.requested_date, from: 'field:Ship on'", Ship_on="3/4/2026")
    assert (problem.code, problem.value) == ("ambiguous_date", "3/4/2026")


def test_a_date_is_written_into_a_text_as_the_erp_wants_it() -> None:
    rule = "from: 'field:Ship via', transform: {date: '%d.%m.%Y', format: '%Y%m%d'}"
    assert custom(rule, Ship_via="31.03.2026") == "20260331"
    assert custom(rule, Ship_via=LATE) == "20260401"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "{to: order.requested_date, from: box.created, transform: {date: '%Y-%m-%d', format: '%Y%m%d'}}",
            "format",
        ),
        ("{to: customer.name, from: box.name, transform: {convert: {to: USD}}}", "only amounts of the order"),
        ("{to: customer.name, from: box.name, transform: {address: DE}}", "address is for"),
        ("{to: order.freight, from: box.name, transform: {convert: {}}}", "a conversion needs a currency"),
        (
            "{to: order.freight, from: box.name, transform: {convert: {from: contact.title}}}",
            "a currency can only be read from the box",
        ),
    ],
)
def test_a_transformation_that_does_not_fit_its_target_is_told(rule: str, expected: str) -> None:
    with pytest.raises(InvalidConfiguration, match=expected):
        mapping(fields=f"[{rule}]")
