"""Editors complete and check `integration.yaml` by its JSON Schema; templates are valid."""

import json

import pytest

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
    assert config.erp.product == name


@pytest.mark.parametrize("name", templates.names())
def test_a_template_works_with_everything_it_offers_switched_on(name: str) -> None:
    offered = (
        templates.text(name)
        .replace("  # - {", "  - {")
        .replace("# numbers:", "numbers:")
        .replace("# alerts:", "alerts:")
    )
    offered = offered.replace("  # deal_value:", "  deal_value:").replace(
        "  # price_tolerance:", "  price_tolerance:"
    )
    config = loads(offered)
    assert len(config.fields) > len(loads(templates.text(name)).fields)
    assert config.alerts and config.numbers.decimal and config.amounts.deal_value


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="there are: facade"):
        templates.text("../secrets")
