"""Every mistake in `integration.yaml` is told with its line and what to do."""

from decimal import Decimal
from pathlib import Path

import pytest

from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.config.vocabulary import CUSTOMER_FACTS, ORDER_FACTS
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.products import FORMAT, PRODUCTS
from streak_infor_orchestration_tests.unit.config.minimal import integration, line, text


def complaints(content: str) -> tuple[str, ...]:
    with pytest.raises(InvalidConfiguration) as caught:
        FORMAT.loads(content)
    return caught.value.complaints


def only_complaint(**sections: str) -> str:
    (complaint,) = complaints(text(**sections))
    return complaint


def test_the_smallest_file_is_enough() -> None:
    config = integration()
    assert config.erp.probe_before_create
    assert config.erp.reference_prefix == "STK"
    assert config.policies.backwards == "report"
    assert config.customer.match == ("tax_id", "email", "domain+name")
    assert config.lines.tax == "none"


@pytest.mark.parametrize(
    ("section", "content", "expected"),
    [
        (
            "company",
            "{timezone: Europe/Berlim, currency: EUR}",
            'company.timezone: "Europe/Berlim" is no time zone; did you mean "Europe/Berlin"?',
        ),
        ("company", "{timezone: Europe/Berlin}", "company.currency: is missing; add it"),
        (
            "company",
            "{timezone: UTC, currency: euro}",
            'company.currency: "euro" is no currency; write its ISO 4217 code, such as EUR',
        ),
        (
            "streak",
            "{team: Acme, pipeline: Sales, piepline: x}",
            'streak.piepline: there is no such key; did you mean "pipeline"?',
        ),
        (
            "streak",
            "{team: 007, pipeline: Sales}",
            "streak.team: is not read as text; put it in quotes",
        ),
        (
            "erp",
            '{product: abacus, base_url: "https://x.example"}',
            f'erp.product: "abacus" is not known here; use one of: {", ".join(sorted(PRODUCTS))}',
        ),
        (
            "erp",
            "{product: facade, base_url: erp.example.com}",
            'erp.base_url: "erp.example.com" is no web address; write it as https://host/path',
        ),
        (
            "erp",
            '{product: facade, base_url: "https://me:pw@erp.example.com"}',
            "erp.base_url: an address holds no credentials, query or fragment; put secrets in the environment",
        ),
        (
            "erp",
            '{product: facade, base_url: "http://erp.example.com"}',
            "erp.base_url: plain http would send the password in clear; "
            "use https://, or allow_plain_http: true inside a closed network",
        ),
        (
            "stages",
            "{order: [Accepted, Won], invoice: [ won ]}",
            'stages.invoice: stage "won" is classed both order and invoice; leave it in one of the two lists',
        ),
        (
            "stages",
            "{before: [Lead]}",
            "stages: no stage asks for an order; name a stage under order: or invoice:",
        ),
        (
            "stages",
            "{order: Accepted}",
            "stages.order: should be a list; write [one, two] or one item per line after a dash",
        ),
        (
            "customer",
            "{match: [tax_id, e-mail]}",
            'customer.match: "e-mail" is not known here; did you mean "email"?',
        ),
        (
            "amounts",
            "{price_tolerance: 2}",
            'amounts.price_tolerance: "2" is no percentage; write it as "2%"',
        ),
        (
            "alerts",
            "[{url: 'https://hooks.example/secret'}]",
            "alerts.url: an alert's address holds a secret; put it into the environment and write env:NAME",
        ),
        (
            "policies",
            "{backwards: undo}",
            'policies.backwards: "undo" is not known here; use one of: cancel, report',
        ),
        ("limits", "8", "limits: should be a section of its own; write key: value pairs below it"),
    ],
)
def test_a_wrong_section_is_told_with_its_line(section: str, content: str, expected: str) -> None:
    sections = {section: content}
    assert only_complaint(**sections) == f"integration.yaml:{line(section, **sections)}: {expected}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '{from: columns, columns: {sku: SKU, quantity: "Qty {n}"}}',
            'lines.columns.sku: column name "SKU" does not say where the row number stands; write it as "SKU {n}"',
        ),
        (
            '{from: columns, columns: {sku: "X {n}", quantity: "X {n}"}}',
            "lines.columns: two columns have the same name; give each column a field of its own",
        ),
        ("{from: columns}", "lines.columns: is missing; add it"),
        ("{from: text}", "lines.field: is missing; add it"),
        (
            "{from: linked_boxes, pipeline: Quotes}",
            "lines.columns: linked boxes hold their lines either in columns or in one text field; "
            "keep exactly one of columns: and field:",
        ),
        (
            '{from: linked_boxes, pipeline: Quotes, columns: {sku: SKU, quantity: "Qty {n}"}}',
            'lines.columns: some columns have a row number and some have not; write "{n}" once in each',
        ),
        (
            "{from: linked_boxes, pipeline: Quotes, columns: {sku: SKU, quantity: Qty, max: 3}}",
            "lines.columns.max: max counts rows, but there is one line per box; remove it",
        ),
        ("{from: rows}", 'lines: "rows" is not known here; use one of: columns, linked_boxes, text'),
        ("{columns: {}}", "lines: does not say where from; add from: columns"),
    ],
)
def test_lines_that_cannot_be_read_are_told(content: str, expected: str) -> None:
    assert only_complaint(lines=content) == f"integration.yaml:{line('lines')}: {expected}"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "{to: order.descripton, from: box.name}",
            'fields.to: unknown target "order.descripton"; did you mean "order.description"?',
        ),
        (
            "{to: order.custom., from: box.name}",
            'fields.to: unknown target "order.custom."; did you mean "order.custom.Name"?',
        ),
        (
            "{to: order.description, from: box.nam}",
            'fields.from: unknown source "box.nam"; did you mean "box.name"?',
        ),
        (
            "{to: order.description, from: 'field:'}",
            'fields.from: "field:" names nothing after the colon; write what is meant behind it',
        ),
        (
            "{to: order.description}",
            "fields: a rule needs either from: or expression:; keep exactly one of them",
        ),
        (
            "{to: order.description, from: box.name, expression: box.name}",
            "fields: a rule needs either from: or expression:; keep exactly one of them",
        ),
        (
            "{to: order.description, from: [box.name, box.notes]}",
            'fields: several sources need a way to join them; add transform: {concat: " "}',
        ),
        (
            "{to: order.description, from: box.name, transform: {}}",
            "fields.transform: a transform is one of concat, date, map, lookup, convert and address, not none; "
            "write exactly one of them",
        ),
        (
            "{to: order.description, from: box.name, transform: {concat: '', date: '%Y-%m-%d'}}",
            "fields.transform: a transform is one of concat, date, map, lookup, convert and address, "
            "not concat and date; write exactly one of them",
        ),
        (
            "{to: order.description, from: box.name, transform: {concat: '', otherwise: keep}}",
            "fields.transform.otherwise: otherwise belongs to a map or lookup; remove it",
        ),
        (
            "{to: order.order_date, from: box.name, transform: {date: '%Y-%m'}}",
            'fields.transform.date: "%Y-%m" does not hold a whole date; write it as "%Y-%m-%d" or "%d.%m.%Y"',
        ),
        (
            "{to: order.order_date, from: box.name, default: soon}",
            'fields.default: "soon" is no date; write it as 2026-12-31',
        ),
        (
            "{to: order.freight, from: 'field:Freight', default: '-1'}",
            'fields.default: "-1" is no amount; write it as 12.50',
        ),
        (
            "{to: order.description, from: box.name, default: x, required: true}",
            "fields.required: a value with a default is never missing; remove one of the two",
        ),
        (
            "{to: order.description, from: box.name, owner: infor}",
            "fields.owner: owner is for customer fields only; remove it",
        ),
        (
            "{to: order.currency, from: 'organization.field:Currency'}",
            "fields: the currency can only be read from the box; use a field of the box",
        ),
        (
            "{to: order.description, expression: 'uper(box.name)'}",
            'fields.expression: there is no function uper(); did you mean "upper"?',
        ),
    ],
)
def test_a_rule_that_cannot_work_is_told_when_the_file_is_loaded(rule: str, expected: str) -> None:
    assert only_complaint(fields=f"[{rule}]") == f"integration.yaml:7: {expected}"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "{field: X, from: order.ids}",
            'write_back.from: unknown source "order.ids"; did you mean "order.id"?',
        ),
        (
            "{comment: 'Order {order.ids}', once: order.created}",
            'write_back.comment: "{order.ids}" cannot be told when order.created; did you mean "order.id"?',
        ),
        (
            "{comment: 'Invoice {invoice.id}', once: order.created}",
            'write_back.comment: "{invoice.id}" cannot be told when order.created; '
            f"use one of: {', '.join(sorted(ORDER_FACTS + CUSTOMER_FACTS))}",
        ),
        (
            "{comment: 'Order {order.id!r}', once: order.created}",
            'write_back.comment: "{order.id}" cannot be told when order.created; did you mean "order.id"?',
        ),
        (
            "{comment: 'Order {order.id', once: order.created}",
            "write_back.comment: the braces do not match: expected '}' before end of string; write \"{order.id}\"",
        ),
        (
            "{comment: Hi, once: order.create}",
            'write_back.once: "order.create" is not known here; did you mean "order.created"?',
        ),
        (
            "{field: SKU 2, from: order.id}",
            'write_back.field: "SKU 2" is read as well as written; write to a field of its own',
        ),
    ],
)
def test_a_write_back_that_cannot_work_is_told(rule: str, expected: str) -> None:
    assert only_complaint(write_back=f"[{rule}]") == f"integration.yaml:7: {expected}"


@pytest.mark.parametrize(
    ("section", "rules", "key", "name"),
    [
        ("fields", "{to: order.description, from: box.name}", "to", "order.description"),
        ("write_back", "{field: X, from: order.id}", "field", "X"),
        ("write_back", "{comment: Hi, once: order.created}", "once", "order.created"),
    ],
)
def test_one_target_has_one_rule(section: str, rules: str, key: str, name: str) -> None:
    (complaint,) = complaints(text(**{section: f"\n- {rules}\n- {rules}"}))
    told = f'{section}.{key}: "{name}" is set twice; remove one of the two rules'
    assert complaint == f"integration.yaml:9: {told}"


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    found = complaints(
        text(streak="{team: Acme}", fields="[{to: order.descripton, from: box.nam}]", policies="{x: 1}")
    )
    assert [complaint.split(": ")[:2] for complaint in found] == [
        ["integration.yaml:3", "streak.pipeline"],
        ["integration.yaml:7", "fields.from"],
        ["integration.yaml:7", "fields.to"],
        ["integration.yaml:8", "policies.x"],
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            text(policies="{backwards: report, backwards: cancel}"),
            '7: "backwards" stands twice in the same section; remove one of them',
        ),
        (text() + "stages: {}\n", '7: "stages" stands twice in the same section; remove one of them'),
        (
            text() + "limits: [1\n",
            "8: this is not YAML: expected ',' or ']', but got '<stream end>'; "
            "check indentation, quotes and colons",
        ),
        ("", "1: the file is empty or no list of settings; start from a template"),
        ("- one\n- two\n", "1: the file is empty or no list of settings; start from a template"),
        (text() + "1: x\n", "7: a key is no text; put it in quotes"),
    ],
)
def test_what_is_no_proper_file_is_told(content: str, expected: str) -> None:
    assert complaints(content) == (f"integration.yaml:{expected}",)


def test_an_anchor_can_be_used_again() -> None:
    config = FORMAT.loads(
        text(limits="{streak: &calls {per_second: 3}, erp: *calls}", amounts="{<<: {tolerance: 1.10}}")
    )
    assert config.limits.erp.per_second == 3
    assert config.amounts.tolerance == Decimal("1.10")


def test_a_number_with_a_point_is_exactly_what_is_written() -> None:
    tolerance = integration(amounts="{tolerance: 0.10}").amounts.tolerance
    assert str(tolerance) == "0.10"


def test_rules_know_their_place_in_the_file() -> None:
    config = integration(
        fields="\n- {to: order.description, from: box.name}\n- {to: order.salesperson, from: box.key}"
    )
    assert config.place("fields", 1) == "integration.yaml:9: fields"
    assert config.place("lines", "columns", "price") == "integration.yaml:6: lines.columns.price"
    assert config.place("amounts", "price_tolerance") == "integration.yaml: amounts.price_tolerance"
    assert config.line_of(("fields", 1, "transform")) == 9
    assert config.line_of(("amounts",)) is None


def test_a_configuration_made_in_code_has_no_lines() -> None:
    config = integration()
    rebuilt = type(config).model_validate(config.model_dump(by_alias=True, exclude={"fields", "write_back"}))
    assert rebuilt.line_of(("lines",)) is None
    assert rebuilt.place("lines") == "lines"


def test_the_file_is_named_in_complaints(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(text(streak="{team: Acme}"))
    with pytest.raises(Misconfigured, match=r"^acme\.yaml:3: streak\.pipeline: is missing; add it$"):
        FORMAT.load(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "integration.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidConfiguration, match=r"integration\.yaml: (cannot be read|is not UTF-8)"):
        FORMAT.load(path)


@pytest.mark.parametrize(
    "address",
    [
        '"http://127.0.0.1:8702/infor/api/v1/"',
        '"http://localhost/x"',
        '"http://erp:8702/x", allow_plain_http: true',
    ],
)
def test_plain_http_is_for_this_machine_or_a_closed_network(address: str) -> None:
    base_url = integration(erp=f"{{product: facade, base_url: {address}}}").erp.base_url
    assert not base_url.endswith("/")


def test_a_token_endpoint_is_held_to_the_same() -> None:
    erp = '{product: facade, base_url: "https://x.example", token_url: "http://sso.example/token"}'
    assert only_complaint(erp=erp).startswith("integration.yaml:4: erp.token_url: plain http would send")


@pytest.mark.parametrize(("written", "fraction"), [("2%", "0.02"), (" 0.5 % ", "0.005"), ("100%", "1")])
def test_a_percentage_is_a_fraction(written: str, fraction: str) -> None:
    assert integration(amounts=f'{{price_tolerance: "{written}"}}').amounts.price_tolerance == Decimal(
        fraction
    )


@pytest.mark.parametrize("written", ["2", "x%", "%", "2 %%", "NaN%"])
def test_what_is_no_percentage_is_told(written: str) -> None:
    complaint = only_complaint(amounts=f'{{price_tolerance: "{written}"}}')
    assert (
        complaint
        == f'integration.yaml:7: amounts.price_tolerance: "{written}" is no percentage; write it as "2%"'
    )


@pytest.mark.parametrize(
    ("target", "value", "fits"),
    [
        ("order.requested_date", "2026-12-31", True),
        ("order.requested_date", "31.12.2026", False),
        ("order.freight", "12.50", True),
        ("order.freight", "-1", False),
        ("order.freight", "free", False),
        ("order.currency", "EUR", True),
        ("order.currency", "EURO", False),
        ("order.currency", "E1R", False),
        ("customer.billing_address.country", "DE", True),
        ("customer.billing_address.country", "DEU", False),
        ("customer.phone", "+4930901820", True),
        ("customer.phone", "+0930901820", False),
        ("customer.phone", "030901820", False),
        ("customer.email", "a@x.example", True),
        ("customer.email", "a@x@y.example", False),
        ("customer.email", "nobody", False),
        ("order.discount", "5%", True),
        ("order.discount", "5", True),
        ("order.discount", "x%", False),
        ("order.discount", "%", False),
        ("order.tax_rate", "19%", True),
        ("order.tax_rate", "19", False),
        ("order.tax_rate", "x%", False),
        ("order.description", "anything at all", True),
    ],
)
def test_a_fixed_value_is_one_that_its_target_takes(target: str, value: str, fits: bool) -> None:
    rules = f"[{{to: {target}, from: 'field:X', default: '{value}'}}]"
    if fits:
        assert integration(fields=rules).fields[0].to == target
    else:
        assert f'"{value}"' in only_complaint(fields=rules)
