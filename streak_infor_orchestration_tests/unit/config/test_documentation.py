"""docs/configuration.md: every example is a configuration, every option has one, and the tables are the code's."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.reference import examples, models, options, refreshed, tables_of
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.config.vocabulary import PROPERTIES, TARGETS
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration_tests.unit.config.minimal import SECTIONS

PAGE = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.partition(":")[0])
def test_an_example_is_valid_in_a_whole_file(example: str, tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("Region,Code\nBavaria,BY\n")
    sections = YAML(typ="safe", pure=True).load(example)
    rest = "".join(f"{name}: {content}\n" for name, content in SECTIONS.items() if name not in sections)
    assert FORMAT.loads(example + rest, folder=tmp_path)


def test_every_section_has_an_example() -> None:
    shown = {name for example in EXAMPLES for name in YAML(typ="safe", pure=True).load(example)}
    assert shown == set(Integration.model_fields)


def test_every_option_has_a_table_a_description_and_an_example() -> None:
    known = {
        (name, option): schema
        for name, model in models(FORMAT.model).items()
        for option, schema in options(model).items()
    }
    assert set(models(FORMAT.model)) <= set(tables_of(PAGE))
    shown = examples(PAGE, FORMAT.model)
    assert [option for option in known if option not in shown] == []
    assert [option for option, schema in known.items() if not schema.get("description")] == []


def test_the_tables_are_not_stale() -> None:
    assert refreshed(PAGE, FORMAT.model) == PAGE, "run: streak-infor schema --reference docs/configuration.md"


def test_a_table_of_something_that_does_not_exist_is_no_table() -> None:
    with pytest.raises(KeyError, match="Nothing"):
        refreshed("<!-- table: Nothing -->\n<!-- end -->\n", FORMAT.model)


def test_a_stale_table_is_noticed() -> None:
    assert refreshed(PAGE.replace("IANA name", "Its name"), FORMAT.model) == PAGE


def test_every_name_is_on_the_page() -> None:
    words = set(re.findall(r"\w+", PAGE))
    properties = {name for names in PROPERTIES.values() for name in names}
    assert not {*properties, *(target.rpartition(".")[2] for target in TARGETS)} - words
    ports = [name.upper() for name in Settings.model_fields if name.endswith("_port")]
    assert all(any(word.endswith(f"_{port}") for word in words) for port in ports)
