"""Every example in docs/configuration.md is a configuration, and every name in it exists."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from streak_infor_orchestration.config.expression import FUNCTIONS
from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.loader import loads
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.config.vocabulary import INVOICE_FACTS, ORDER_FACTS, PROPERTIES, TARGETS
from streak_infor_orchestration_tests.unit.config.minimal import SECTIONS

PAGE = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.partition(":")[0])
def test_an_example_is_valid_in_a_whole_file(example: str) -> None:
    sections = YAML(typ="safe", pure=True).load(example)
    rest = "".join(f"{name}: {content}\n" for name, content in SECTIONS.items() if name not in sections)
    assert loads(example + rest)


def test_every_section_has_an_example() -> None:
    shown = {name for example in EXAMPLES for name in YAML(typ="safe", pure=True).load(example)}
    assert shown == set(Integration.model_fields)


def test_every_name_is_on_the_page() -> None:
    words = set(re.findall(r"\w+", PAGE))
    properties = {name for names in PROPERTIES.values() for name in names}
    ends = {name.rpartition(".")[2] for name in (*TARGETS, *ORDER_FACTS, *INVOICE_FACTS)}
    assert not {*properties, *ends, *FUNCTIONS} - words
    ports = [name.upper() for name in Settings.model_fields if name.endswith("_port")]
    assert all(any(word.endswith(f"_{port}") for word in words) for port in ports)
