"""Expressions are checked when the file is loaded, and always count in Decimals."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from streak_infor_orchestration.config.expression import Expression, ExpressionText

parse: TypeAdapter[Expression] = TypeAdapter(ExpressionText)
NAMESPACE: dict[str, Any] = {
    "box": {"name": "Deal"},
    "field": {
        "Region": " north ",
        "Ship via": "Ground",
        "Tags": ["a", "b"],
        "Weight": Decimal("2.50"),
        "Ok": True,
    },
    "contact": None,
    "organization": {"name": "Acme"},
    "deal": {"currency": "EUR", "lines": [{"sku": "A"}, {"sku": "B"}]},
}


def result(text: str) -> Any:
    return parse.validate_python(text)(NAMESPACE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("upper(trim(field.Region))", "NORTH"),
        ('lower(field."Ship via")', "ground"),
        ("concat(organization.name, ' / ', field.Weight, field.Ok)", "Acme / 2.50true"),
        ("if(field.Ok, 'yes', 'no')", "yes"),
        ("if(contact, 'yes', 'no')", "no"),
        ("default(contact.email, field.Nothing, 'none')", "none"),
        ("default(contact.email)", None),
        ("upper(contact.email)", ""),
        ("contains(field.Tags, 'b')", True),
        ("contains(field.Nothing, 'b')", False),
        ("starts_with(field.\"Ship via\", 'G')", True),
        ("ends_with(field.\"Ship via\", 'G')", False),
        ("join('+', deal.lines[*].sku)", "A+B"),
        ("join('+', box.name)", "Deal"),
        ("if(field.Weight > `2.49`, 'heavy', 'light')", "heavy"),
        ("`0.1`", Decimal("0.1")),
        ('`[1, {"a": 0.2}]`', [Decimal(1), {"a": Decimal("0.2")}]),
    ],
)
def test_an_expression_gives(text: str, expected: Any) -> None:
    outcome = result(text)
    assert outcome == expected
    assert "float" not in repr(type(outcome))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("upper((", "this expression cannot be read"),
        ("uper(box.name)", r"there is no function uper\(\)"),
        ("sum(field.Tags)", r"there is no function sum\(\)"),
        ("upper()", r"upper\(\) takes 1 values, not 0"),
        ("upper(box.name, box.name)", r"upper\(\) takes 1 values, not 2"),
        ("concat()", r"concat\(\) takes 1 or more values, not 0"),
        ("fields.Region", '"fields" is nothing an expression can read'),
        ("if(box.name, Region, 'x')", '"Region" is nothing an expression can read'),
    ],
)
def test_an_expression_that_cannot_work_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        parse.validate_python(text)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("upper(field.Region)", {"field"}),
        ("default(contact.email, organization.name)", {"contact", "organization"}),
        ("deal.lines[?sku == 'A'].sku | [0]", {"deal"}),
        ("deal.lines[].contact", {"deal"}),
        ("[box.name, contact.email]", {"box", "contact"}),
        ("{a: box.name}", {"box"}),
        ("deal.lines[0:1:1].sku", {"deal"}),
        ("@.contact.email", {"box", "field", "contact", "organization", "deal"}),
        ("*.name", {"box", "field", "contact", "organization", "deal"}),
        ("contact | @", {"contact"}),
        ("'fixed'", set()),
    ],
)
def test_an_expression_knows_what_it_reads(text: str, reads: set[str]) -> None:
    assert parse.validate_python(text).reads == reads


@pytest.mark.parametrize(
    ("text", "fields", "own"),
    [
        (
            'default(field.Region, field."Ship via", organization.field.Area)',
            {"Region", "Ship via"},
            {("organization", "Area")},
        ),
        ("field.Region.deeper", {"Region"}, set()),
        ("field.Tags[0]", {"Tags"}, set()),
        ("field.Tags[*].field.Area", {"Tags"}, set()),
        ("field.Tags[?field.Area == 'A'] | [0]", {"Tags"}, set()),
        ("contact.field.VAT || box.name", set(), {("contact", "VAT")}),
        ("contact | field.VAT", set(), {("contact", "VAT")}),
        ("organization.{vat: field.VAT}", set(), {("organization", "VAT")}),
        ("@.field.Region", {"Region"}, set()),
        ("deal.field.VAT", set(), set()),
        ("default(contact, organization).field.VAT", set(), set()),
        ("if(field.A == `1`, field.B, field.C)", {"A", "B", "C"}, set()),
    ],
)
def test_an_expression_knows_which_fields_it_reads(
    text: str, fields: set[str], own: set[tuple[str, str]]
) -> None:
    expression = parse.validate_python(text)
    assert (expression.fields, expression.own_fields) == (fields, own)


def test_what_jmespath_keeps_for_others_is_left_alone() -> None:
    import jmespath

    text = "`0.30000000000000004`"
    parse.validate_python(text)(NAMESPACE)
    assert isinstance(jmespath.search(text, {}), float)
