"""What is told of each name of the file beside a pipeline: whole sentences, in the order of the file."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.names import NameFault, Stops
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.mapping.names import FileNames, Vocabulary
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Checked
from streak_infor_orchestration.onboarding.checks.names import fields, stages
from streak_infor_orchestration.streak.vocabulary import Field, Option, Pipeline, Stage, Team

STAGES = (
    *("Lead", "Qualified", "Proposal Sent", "Proposal Accepted"),
    *("Contract Signed", "Closed-Won", "Closed-Lost"),
)
TEXTS = (
    *(f"{column} {row}" for row in range(1, 11) for column in ("SKU", "Qty", "Price")),
    *("ERP order", "ERP status", "ERP invoice", "Payment status"),
)
DESCRIBED = "from: box.name}"


def field(name: str, kind: str = "TEXT_INPUT", *options: str) -> Field:
    return Field(key=f"k-{name}", name=name, type=kind, options=tuple(Option(key=o, name=o) for o in options))


def context(settings: dict[str, str], *more: Field, stages: tuple[str, ...] = STAGES, **team: Any) -> Context:
    """The façade's template with pieces of its text replaced, beside the pipeline it was written for: `more` are other
    fields of it, or the same with another type."""
    yaml = text("facade")
    for old, new in settings.items():
        assert yaml.count(old) == 1, old
        yaml = yaml.replace(old, new)
    config = FORMAT.loads(yaml)
    known = {name: field(name) for name in TEXTS} | {"Requested ship": field("Requested ship", "DATE")}
    known |= {one.name: one for one in more}
    opened = Context(SimpleNamespace(config=config), None)  # type: ignore[arg-type]  # what is looked at stands here
    opened.__dict__["pipeline"] = Pipeline(
        key="p",
        name="Sales",
        stages=tuple(Stage(key=f"s-{name}", name=name) for name in stages),
        fields=tuple(known.values()),
    )
    opened.__dict__["team"] = Team(key="t", name="Acme", **team)
    opened.__dict__["linked"] = None
    at = Vocabulary(opened.pipeline, None, opened.team)
    opened.__dict__["faults"] = FileNames(config).look(at, {}).faults
    return opened


def told(findings: Iterator[Checked]) -> list[str]:
    return [f"{one.mark.sign} {one.what}" + (f"; {one.cure}" if one.cure else "") for one in findings]


FOUND = [
    '✓ order lines, sku: "SKU {n}", 10 rows of at most 10',
    '✓ order lines, quantity: "Qty {n}", 10 rows of at most 10',
    '✓ order lines, price: "Price {n}", 10 rows of at most 10',
    "✓ order.description ← box.name",
    '✓ order.requested_date ← "Requested ship" (DATE)',
    "✓ customer.contact_name ← contact.given_name",
    "✓ customer.contact_name ← contact.family_name",
    '✓ "ERP order" shows order.id',
    '✓ "ERP status" shows order.status',
    '✓ "ERP invoice" shows invoice.id',
    '✓ "Payment status" shows invoice.payment_status',
]


def test_of_a_pipeline_that_fits_every_field_is_told() -> None:
    assert told(fields(context({}))) == FOUND


def test_every_stage_is_told_with_what_it_means() -> None:
    assert told(stages(context({}))) == [
        *(f'✓ stage "{name}": before' for name in STAGES[:3]),
        *(f'✓ stage "{name}": order' for name in STAGES[3:5]),
        '✓ stage "Closed-Won": invoice',
        '✓ stage "Closed-Lost": lost',
    ]
    one_more = context({}, stages=(*STAGES, "Parked"))
    assert told(stages(one_more))[-1].endswith(
        'stages: stage "Parked" is not classed; put it into one of the four lists'
    )


def test_a_name_that_is_missing_is_told_once() -> None:
    """By what is wrong with names, and not again as a field without a type."""
    settings = {
        "field:Requested ship": "field:Ship by",
        DESCRIBED: f'{DESCRIBED}\n  - {{to: customer.tax_id, from: "organization.field:VAT"}}',
        "field: ERP invoice": "field: Invoice no",
    }
    found = told(fields(context(settings, organization_fields=(field("Segment"),))))
    about = [line for line in found if any(name in line for name in ("Ship by", "VAT", "Invoice no"))]
    assert len(about) == 3 and all(line.startswith("✗") for line in about)
    assert any('the team\'s organizations have no field "VAT"' in line for line in about)
    assert any('the pipeline "Sales" has no field "Ship by"' in line for line in about)


def test_the_teams_own_fields_are_told_where_they_are_there() -> None:
    rules = (
        f'{DESCRIBED}\n  - {{to: customer.tax_id, from: "organization.field:VAT"}}'
        '\n  - {to: customer.phone, from: "contact.field:Direct line"}'
    )
    there = {"organization_fields": (field("VAT"),), "contact_fields": (field("Direct line"),)}
    found = told(fields(context({DESCRIBED: rules}, **there)))
    assert "✓ customer.tax_id ← organization.field:VAT" in found
    assert "✓ customer.phone ← contact.field:Direct line" in found


UNFIT = {
    "order.order_date": ("date", {"DROPDOWN", "CHECKBOX", "TAG"}),
    "order.freight": ("amount", {"DATE", "CHECKBOX", "TAG"}),
    "order.currency": ("currency", {"DATE", "CHECKBOX", "TAG"}),
    "order.discount": ("discount", {"DATE", "CHECKBOX", "TAG"}),
    "customer.billing_address.country": ("country", {"DATE", "CHECKBOX", "TAG"}),
    "order.tax_rate": ("rate", {"DATE", "CHECKBOX", "TAG"}),
    "order.custom.Region": ("text", set()),
}
ANY_TYPE = ("TEXT_INPUT", "DATE", "DROPDOWN", "CHECKBOX", "TAG")
PEOPLE = ("PERSON", "TEAM_CONTACT", "TEAM_ORGANIZATION")


@pytest.mark.parametrize("target", UNFIT)
@pytest.mark.parametrize("kind", [*ANY_TYPE, *PEOPLE])
def test_a_field_whose_type_can_never_be_what_is_wanted_is_wrong(target: str, kind: str) -> None:
    what, unfit = UNFIT[target]
    rule = {DESCRIBED: f'{DESCRIBED}\n  - {{to: {target}, from: "field:Asked"}}'}
    found = told(fields(context(rule, field("Asked", kind, "EUR"))))
    wrong = (
        f'"Asked" is a {kind}, which is no {what}; read it from another field, or change its type in Streak'
    )
    expected = kind in unfit or (bool(unfit) and kind in PEOPLE)
    assert any(line.startswith("✗") and line.endswith(wrong) for line in found) is expected


def test_what_is_wrong_has_its_place_in_the_file() -> None:
    freight = f'{DESCRIBED}\n  - {{to: order.freight, from: "field:Requested ship"}}'
    settings = {DESCRIBED: freight, "field: ERP invoice": "field: ERP date"}
    found = told(fields(context(settings, field("ERP date", "DATE"), field("SKU 11"))))
    assert [line for line in found if not line.startswith("✓")] == [
        '! the pipeline has "SKU 11", but rows end at 10; set max: in integration.yaml:36: lines.columns;'
        " a line there waits for a person",
        '✗ integration.yaml:42: fields: "Requested ship" is a DATE, which is no amount;'
        " read it from another field, or change its type in Streak",
        '✗ integration.yaml:57: write_back: "ERP date" is a DATE and cannot show invoice.id; use a text field',
    ]


SHOWS = {
    ("order.id", "DATE"): False,
    ("order.id", "DROPDOWN"): False,
    ("order.requested_date", "DATE"): True,
    ("invoice.due_date", "DATE"): True,
    ("order.custom.Day", "DATE"): True,
    ("order.custom.Day", "CHECKBOX"): True,
    ("order.custom.Day", "TAG"): True,
    ("order.custom.Day", "PERSON"): False,
    ("customer.credit_hold", "CHECKBOX"): True,
    ("customer.credit_hold", "TEXT_INPUT"): True,
    ("order.status", "CHECKBOX"): False,
}


@pytest.mark.parametrize(("fact", "kind"), SHOWS)
def test_a_field_is_told_whether_it_can_show_the_fact(fact: str, kind: str) -> None:
    rule = {"{field: ERP order, from: order.id}": f"{{field: Shown, from: {fact}}}"}
    found = told(fields(context(rule, field("Shown", kind, "x"))))
    if SHOWS[fact, kind]:
        assert f'✓ "Shown" shows {fact}' in found
    else:
        assert any(f'"Shown" is a {kind} and cannot show {fact}; use a text field' in line for line in found)


STATUSES = ("Open", "Allocated", "Shipped", "Invoiced", "Cancelled", "Completed")


@pytest.mark.parametrize(
    ("fact", "transform", "options", "lacking"),
    [
        ("invoice.payment_status", "", ("Unpaid", "PartiallyPaid", "Paid", "Credited"), ""),
        ("invoice.payment_status", "", ("Unpaid", "Paid"), "PartiallyPaid, Credited"),
        ("order.payment_status", "", ("Unpaid", "PartiallyPaid", "Paid"), ""),
        ("order.payment_status", "", ("Unpaid", "Paid"), "PartiallyPaid"),
        ("order.payment_status", "", ("PartiallyPaid",), "Unpaid, Paid"),
        ("invoice.payment_status", "", ("PartiallyPaid",), "Unpaid, Paid, Credited"),
        (
            "order.payment_status",
            "{map: {Paid: yes it is}, otherwise: {value: no}}",
            ("yes it is", "no"),
            "",
        ),
        ("order.payment_status", "{map: {Paid: settled}, otherwise: {value: open}}", ("settled",), "open"),
        (
            "order.payment_status",
            "{map: {Paid: settled}, otherwise: keep}",
            ("settled", "Unpaid"),
            "PartiallyPaid",
        ),
        ("order.shipping_method", "{map: {UPSG: North}, otherwise: {value: Other}}", ("North", "Other"), ""),
        ("order.shipping_method", "{map: {UPSG: North}, otherwise: {value: Other}}", ("North",), "Other"),
    ],
)
@pytest.mark.parametrize("kind", ["DROPDOWN", "TAG"])
def test_an_option_that_is_lacking_for_what_may_be_told_is_named(
    fact: str, transform: str, options: tuple[str, ...], lacking: str, kind: str
) -> None:
    mapped = f", transform: {transform}" if transform else ""
    rule = {"{field: ERP order, from: order.id}": f"{{field: Shown, from: {fact}{mapped}}}"}
    found = told(fields(context(rule, field("Shown", kind, *options))))
    if lacking:
        assert any(f'the {kind.lower()} "Shown" cannot show {lacking}; ' in line for line in found)
    else:
        assert f'✓ "Shown" shows {fact}' in found


def test_all_that_an_order_may_be_is_what_a_dropdown_has_to_show() -> None:
    found = told(fields(context({}, field("ERP status", "DROPDOWN"))))
    (line,) = [line for line in found if "ERP status" in line]
    assert all(status in line for status in STATUSES)


@pytest.mark.parametrize(
    ("option", "is_code"), [("EUR", True), ("Euro", False), ("€UR", False), ("E1R", False)]
)
def test_an_option_that_is_no_currency_code_is_pointed_out(option: str, is_code: bool) -> None:
    rule = {DESCRIBED: f'{DESCRIBED}\n  - {{to: order.currency, from: "field:In"}}'}
    found = told(fields(context(rule, field("In", "DROPDOWN", option))))
    line = f'! option "{option}" of "In" is no currency code; a deal with it waits for a person'
    assert (line in found) is not is_code


def test_a_name_is_pinned_as_what_it_was_pinned_as_before() -> None:
    """What the ledger keeps outlives a release: pinned as something else, no name would be known any more."""
    rules = (
        f'{DESCRIBED}\n  - {{to: customer.tax_id, from: "organization.field:VAT"}}'
        '\n  - {to: customer.phone, from: "contact.field:Direct line"}'
        '\n  - {to: order.shipping_method, from: "field:Ship via", transform: {map: {Ground: G}, otherwise: keep}}'
    )
    pinned = FileNames(context({DESCRIBED: rules}).parts.config).pinned
    assert {
        *(
            "team:Acme",
            "pipeline:Sales",
            "deals:stage:closed-won",
            "deals:field:SKU 1",
            "deals:field:ERP order",
        ),
        *("organization:field:VAT", "contact:field:Direct line", "deals:field:Ship via"),
        "deals:field:Ship via:option:Ground",
    } <= pinned


def test_what_is_gone_is_told_with_how_it_is_mended() -> None:
    """A stage has to be there; a row of columns may be given up, which a person says."""
    opened = context({}, stages=tuple(name for name in STAGES if name != "Closed-Won"))
    fewer = tuple(one for one in opened.pipeline.fields if not one.name.endswith(" 10"))
    gone = opened.pipeline.model_copy(update={"fields": fewer})
    pins = {"deals:stage:closed-won": "s-Closed-Won", "deals:field:SKU 10": "k-SKU 10"}
    faults = FileNames(opened.parts.config).look(Vocabulary(gone, None, opened.team), pins).faults
    told_of = {fault.problem.message: fault.problem.fix for fault in faults}
    assert told_of['the pipeline "Sales" has no stage "Closed-Won"'].endswith(
        "Else make it in Streak, or correct the name here"
    )
    assert told_of['the pipeline "Sales" has no field "SKU 10"'].endswith(
        "; if it was taken away on purpose, run streak-infor check --accept-names"
    )


def test_a_team_or_pipeline_that_was_renamed_is_told_with_where_it_was_looked_for() -> None:
    opened = context({})
    pipeline = opened.pipeline.model_copy(update={"name": "Deals"})
    there = Vocabulary(pipeline, None, Team(key="t", name="Acme Inc."))
    pins = {"team:Acme": "t", "pipeline:Sales": "p"}
    faults = FileNames(opened.parts.config).look(there, pins).faults
    told_of = {fault.problem.message for fault in faults}
    assert told_of == {
        'the team "Acme" of Streak was renamed to "Acme Inc."',
        'the pipeline "Sales" of Streak was renamed to "Deals"',
    }


def test_names_of_linked_boxes_are_pinned_as_they_were_before_too() -> None:
    pinned = FileNames(FORMAT.loads(text("distributor"))).pinned
    columns = {
        f"linked:field:{column}" for column in ("Currency", "Discount", "Price", "Product", "Quantity")
    }
    assert {name for name in pinned if name.startswith("linked:")} == {*columns, "linked:stage:agreed"}
    assert {"pipeline:Accounts", "pipeline:Quotes"} <= pinned


def test_a_name_that_is_there_twice_or_another_ones_by_now_is_told_whatever_was_pinned() -> None:
    opened = context({})
    qty = next(one for one in opened.pipeline.fields if one.name == "Qty 1")
    other = qty.model_copy(update={"key": "k-other"})
    names, id_ = FileNames(opened.parts.config), "deals:field:Qty 1"
    gone, before = "that one is gone", 'that one is called "Old" now'
    old = qty.model_copy(update={"name": "Old"})

    def looked(pinned: str | None, *there: Field) -> tuple[list[str], str | None]:
        rest = tuple(one for one in opened.pipeline.fields if one is not qty)
        pipeline = opened.pipeline.model_copy(update={"fields": (*rest, *there)})
        look = names.look(Vocabulary(pipeline, None, opened.team), {id_: pinned} if pinned else {})
        return [fault.problem.message for fault in look.faults], look.keys.get(id_)

    twice = 'the pipeline "Sales" has more than one field "Qty 1"'
    moved = 'the field "Qty 1" of the pipeline "Sales" is another one than before'
    for pinned in (None, qty.key, other.key):
        assert looked(pinned, qty, other) == ([twice], None)
    for pinned in (None, qty.key):
        assert looked(pinned, qty) == ([], qty.key)
    assert looked(qty.key, other) == ([f"{moved}; {gone}"], None)
    assert looked(qty.key, other, old) == ([f"{moved}; {before}"], None)
    assert looked(qty.key, old) == (['the field "Qty 1" of the pipeline "Sales" was renamed to "Old"'], None)


def test_several_tags_in_one_value_are_looked_for_one_by_one() -> None:
    def faults(value: str) -> list[str]:
        mapped = f'from: "field:Kinds", transform: {{map: {{"{value}": G}}}}'
        rules = f"{DESCRIBED}\n  - {{to: order.shipping_method, {mapped}}}"
        opened = context({DESCRIBED: rules}, field("Kinds", "TAG", "Big", "Old"))
        look = FileNames(opened.parts.config).look(Vocabulary(opened.pipeline, None, opened.team), {})
        return [fault.problem.message for fault in look.faults]

    assert faults("Big") == faults("Big, Old") == []
    for value in ("Bigg", "Big, Odd", "Odd, Big"):
        assert faults(value) == [f'the field "Kinds" has no tag "{value}"']


@pytest.mark.parametrize(
    ("stops", "of", "holds"),
    [
        (Stops.PARTY, "Anything", True),
        (Stops.ORDERS, "", True),
        (Stops.ORDERS, "VAT", True),
        (Stops.VALUE, "VAT", True),
        (Stops.ORDERS, "Qty 1", False),
        (Stops.VALUE, "Qty 1", False),
        (Stops.STAGE, "", False),
        (Stops.TELLING, "VAT", False),
    ],
)
def test_a_customer_waits_for_the_names_it_is_read_by(stops: Stops, of: str, holds: bool) -> None:
    rules = f'{DESCRIBED}\n  - {{to: customer.tax_id, from: "field:VAT"}}'
    names = FileNames(context({DESCRIBED: rules}).parts.config)
    problem = Problem(code="name_missing", message="gone", rule="integration.yaml", fix="mend it")
    fault = NameFault(name="x", problem=problem, stops=stops, field=of, value="", held_by=frozenset())
    assert names.hold_customers([fault]) == ((fault,) if holds else ())
