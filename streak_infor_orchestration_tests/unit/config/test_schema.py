"""Editors complete and check `integration.yaml` by its JSON Schema; templates are valid."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from streak_infor_orchestration.cli.schema import command
from streak_infor_orchestration.config import templates
from streak_infor_orchestration.config.loader import loads
from streak_infor_orchestration.config.schema import json_schema


def test_the_schema_describes_every_section_by_its_name_in_the_file() -> None:
    schema = json_schema()
    assert set(schema["required"]) == {"version", "company", "streak", "erp", "stages", "lines"}
    assert schema["additionalProperties"] is False
    assert "from" in schema["$defs"]["Rule"]["properties"]
    assert set(schema["properties"]["lines"]["discriminator"]["mapping"]) == {
        "columns",
        "text",
        "linked_boxes",
    }
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("name", templates.names())
def test_a_template_can_be_started_from(name: str) -> None:
    config = loads(templates.text(name), name=f"{name}.yaml")
    assert config.erp.product == "facade"
    assert config.fields and config.write_back


def test_there_is_a_template_for_each_kind_of_company() -> None:
    kinds = {name: loads(templates.text(name)).lines.source for name in templates.names()}
    assert kinds == {
        "facade": "columns",
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
    config = loads(offered)
    assert len(config.fields) > len(loads(templates.text("facade")).fields)
    assert config.alerts and config.numbers.decimal and config.amounts.deal_value


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="there are: agency, distributor, facade, manufacturer"):
        templates.text("../secrets")


@pytest.mark.parametrize("name", templates.names())
def test_a_template_satisfies_the_schema(name: str) -> None:
    schema = json_schema()
    document = YAML(typ="safe", pure=True).load(templates.text(name))
    assert set(document) <= set(schema["properties"])
    for section, content in document.items():
        ref = schema["properties"][section].get("$ref", "").rpartition("/")[2]
        if ref:
            assert set(content) <= set(schema["$defs"][ref]["properties"])


def test_an_editor_is_given_the_schema(tmp_path: Path) -> None:
    target = tmp_path / "integration.schema.json"
    done = CliRunner().invoke(command, ["--output", str(target)])
    assert done.exit_code == 0 and done.output == ""
    assert json.loads(target.read_text()) == json_schema()
    assert json.loads(CliRunner().invoke(command, []).output) == json_schema()


def test_the_pages_tables_are_made_anew(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text('```yaml\nnumbers: {decimal: ","}\n```\n<!-- table: Numbers -->\nold\n<!-- end -->\n')
    assert CliRunner().invoke(command, ["--reference", str(page)]).exit_code == 0
    assert "`decimal`" in page.read_text() and "old" not in page.read_text()
