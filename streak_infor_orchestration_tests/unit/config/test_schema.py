"""Editors complete and check `integration.yaml` by its JSON Schema; templates are valid."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from streak_infor_orchestration.cli.schema import command
from streak_infor_orchestration.config import templates
from streak_infor_orchestration.config.schema import json_schema
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.products import FORMAT, PRODUCTS
from streak_infor_orchestration_tests.unit.mapping.any_config import configurations


def test_the_schema_describes_every_section_by_its_name_in_the_file() -> None:
    schema = json_schema(FORMAT.model)
    assert set(schema["required"]) == {"version", "company", "streak", "erp", "stages", "lines"}
    assert schema["additionalProperties"] is False
    assert "from" in schema["$defs"]["Rule"]["properties"]
    assert set(schema["properties"]["lines"]["discriminator"]["mapping"]) == {
        "columns",
        "text",
        "linked_boxes",
    }
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(
    ("option", "form"),
    [
        ("country", "ISO 3166-1 code of two letters, such as DE"),
        ("currency", "ISO 4217 code, such as EUR"),
        ("locale", "Language and country, such as de_DE or en_US"),
    ],
)
def test_an_editor_shows_the_form_of_a_code_where_it_is_written(option: str, form: str) -> None:
    shown = json_schema(FORMAT.model)["$defs"]["Company"]["properties"][option]
    assert form in [kind.get("description") for kind in (shown, *shown.get("anyOf", ()))]


@pytest.mark.parametrize("name", templates.names())
def test_a_template_can_be_started_from(name: str) -> None:
    config = FORMAT.loads(templates.text(name), name=f"{name}.yaml")
    assert config.erp.product == (name if name in PRODUCTS else "facade")
    assert config.fields and config.write_back


def test_there_is_a_template_for_each_kind_of_company() -> None:
    kinds = {name: FORMAT.loads(templates.text(name)).lines.source for name in templates.names()}
    assert kinds == {
        "facade": "columns",
        "m3": "columns",
        "syteline": "columns",
        "manufacturer": "columns",
        "agency": "text",
        "distributor": "linked_boxes",
    }


def test_the_template_works_with_everything_it_offers_switched_on() -> None:
    offered = (
        templates.text("facade")
        .replace("  # - {", "  - {")
        .replace("# numbers:", "numbers:")
        .replace("# alerts:", "alerts:")
    )
    offered = offered.replace("  # deal_value:", "  deal_value:").replace(
        "  # price_tolerance:", "  price_tolerance:"
    )
    config = FORMAT.loads(offered)
    assert len(config.fields) > len(FORMAT.loads(templates.text("facade")).fields)
    assert config.alerts and config.numbers.decimal and config.amounts.deal_value


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(
        FileNotFoundError, match="there are: agency, distributor, facade, m3, manufacturer, syteline"
    ):
        templates.text("../secrets")


VALIDATOR = Draft202012Validator(json_schema(FORMAT.model))


@pytest.mark.parametrize("name", templates.names())
def test_an_editor_finds_no_mistake_in_a_template(name: str) -> None:
    document = YAML(typ="safe", pure=True).load(templates.text(name))
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


@settings(max_examples=100, deadline=None)
@given(configurations())
def test_an_editor_finds_no_mistake_in_what_is_none(content: dict[str, Any]) -> None:
    try:
        FORMAT.checked(content, name="integration.yaml")
    except Misconfigured:
        return
    assert [error.message for error in VALIDATOR.iter_errors(content)] == []


@pytest.mark.parametrize(
    ("section", "content"),
    [
        ("fields", [{"to": "order.descripton", "from": "box.name"}]),
        ("fields", [{"to": "order.description", "from": "box.nam"}]),
        ("fields", [{"to": "order.description", "from": []}]),
        ("write_back", [{"field": "X", "from": "order.ids"}]),
        ("lines", {"from": "text"}),
        ("policies", {"backwards": "undo"}),
        ("customer", {"similar": "maybe"}),
        ("limitz", {}),
    ],
)
def test_an_editor_marks_a_mistake(section: str, content: Any) -> None:
    document = YAML(typ="safe", pure=True).load(templates.text("facade"))
    assert list(VALIDATOR.iter_errors({**document, section: content}))


CONVERSION = {"to": "order.freight", "from": "field:Limit"}


@pytest.mark.parametrize("unit", ["USD", "field:Currency", None])
def test_an_editor_takes_a_currency_as_a_code_a_source_or_unset(unit: str | None) -> None:
    document = YAML(typ="safe", pure=True).load(templates.text("facade"))
    for side in ("from", "to"):
        rule = CONVERSION | {"transform": {"convert": {side: unit}}}
        assert VALIDATOR.is_valid({**document, "fields": [rule]})
        for wrong in ("usd", "USDT", 7):
            rule = CONVERSION | {"transform": {"convert": {side: wrong}}}
            assert not VALIDATOR.is_valid({**document, "fields": [rule]}), wrong


def _options(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for within in node.values():
            yield from _options(within)


def test_what_an_option_is_when_it_is_not_written_is_one_of_what_it_may_be() -> None:
    schema = json_schema(FORMAT.model)
    named = [(name, option) for name, option in _options(schema) if "default" in option]
    assert len(named) > 200
    for name, option in named:
        alone = {"$defs": {**schema["$defs"], "it": option}, "$ref": "#/$defs/it"}
        assert Draft202012Validator(alone).is_valid(option["default"]), (name, option["default"])


def test_an_editor_is_given_the_schema(tmp_path: Path) -> None:
    target = tmp_path / "integration.schema.json"
    done = CliRunner().invoke(command, ["--output", str(target)])
    assert done.exit_code == 0 and done.output == ""
    assert json.loads(target.read_text()) == json_schema(FORMAT.model)
    assert json.loads(CliRunner().invoke(command, []).output) == json_schema(FORMAT.model)


def test_the_pages_tables_are_made_anew(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text('```yaml\nnumbers: {decimal: ","}\n```\n<!-- table: Numbers -->\nold\n<!-- end -->\n')
    assert CliRunner().invoke(command, ["--reference", str(page)]).exit_code == 0
    assert "`decimal`" in page.read_text() and "old" not in page.read_text()
