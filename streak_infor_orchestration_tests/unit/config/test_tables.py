"""Tables for lookups: in the file, or in a CSV file beside it; every mistake with its line."""

from pathlib import Path

import pytest

from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration_tests.unit.config.minimal import integration, text
from streak_infor_orchestration_tests.unit.mapping.deals import deal, facts, mapping, only_problem, order

CSV = "{regions: {csv: regions.csv, key: Region, value: Code}}"


def loaded(folder: Path, content: str, tables: str = CSV) -> dict[str, str]:
    (folder / "regions.csv").write_bytes(content.encode())
    (folder / "integration.yaml").write_text(text(tables=tables))
    return FORMAT.load(folder / "integration.yaml").tables["regions"].rows


@pytest.mark.parametrize(
    "content",
    [
        "Region,Code\nBavaria,BY\nSaxony,SN\n",
        "\ufeffCode;Note;Region\r\nBY;;Bavaria\r\nSN;x;Saxony\r\n",
        'Region\tCode\nBavaria\tBY\nSaxony\t"SN"\n\t\n',
    ],
)
def test_a_table_is_read_from_a_csv_file(tmp_path: Path, content: str) -> None:
    assert loaded(tmp_path, content) == {"Bavaria": "BY", "Saxony": "SN"}


@pytest.mark.parametrize(
    ("content", "tables", "expected"),
    [
        (
            "Region,Cod\nA,B",
            CSV,
            'tables.regions.value: "regions.csv" has no column "Code"; did you mean "Cod"?',
        ),
        (
            "Region,Code\nA,B\nA,C",
            CSV,
            'tables.regions.csv: "A" stands twice in "regions.csv" with different',
        ),
        ("Region,Code\n", CSV, "tables.regions: the table is empty"),
        ("", CSV.replace("regions.csv", "region.csv"), 'tables.regions.csv: "region.csv" cannot be read'),
        ("", CSV.replace("regions.csv", "../x.csv"), 'tables.regions.csv: "../x.csv" is not in the folder'),
        ("", "{regions: {csv: regions.csv}}", "tables.regions: a csv needs the names of two of its columns"),
        ("", "{regions: {key: A, rows: {A: B}}}", "tables.regions: key and value name columns of a csv"),
        ("", "{regions: {rows: {}}}", "tables.regions: the table is empty"),
        ("", '{regions: {rows: {A: "1", a: "2"}}}', 'tables.regions: "a" stands twice in the table'),
    ],
)
def test_a_table_that_cannot_be_used_is_told(
    tmp_path: Path, content: str, tables: str, expected: str
) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        loaded(tmp_path, content, tables)
    (complaint,) = caught.value.complaints
    assert complaint.startswith(f"integration.yaml:7: {expected}")


def test_a_rule_names_a_table_that_there_is() -> None:
    with pytest.raises(InvalidConfiguration, match='there is no table "region"; did you mean "regions"'):
        integration(
            tables="{regions: {rows: {A: B}}}",
            fields="[{to: order.custom.X, from: box.name, transform: {lookup: region}}]",
        )


LOOKUP = "[{to: order.custom.Area, from: 'field:Region', transform: {lookup: regions, otherwise: %s}}]"


def test_a_value_is_looked_up_whatever_its_case() -> None:
    of = mapping(tables="{regions: {rows: {Upper Bavaria: OBB}}}", fields=LOOKUP % "error")
    assert order(of, {"Region": " upper  bavaria "}).custom == {"Area": "OBB"}
    problem = only_problem(of.order(deal(of, {"SKU 1": "ACME-1", "Qty 1": "1", "Region": "Hesse"}), facts()))
    assert (problem.code, problem.field, problem.value) == ("unmapped", "Region", "Hesse")
    assert problem.fix == "Choose one of: Upper Bavaria."


def test_a_value_that_no_table_has_may_be_kept_or_replaced() -> None:
    tables = "{regions: {rows: {A: B}}}"
    assert order(mapping(tables=tables, fields=LOOKUP % "keep"), {"Region": "X"}).custom == {"Area": "X"}
    assert order(mapping(tables=tables, fields=LOOKUP % "{value: Z}"), {"Region": "X"}).custom == {
        "Area": "Z"
    }


def test_a_configuration_without_a_folder_has_its_tables_in_itself() -> None:
    with pytest.raises(InvalidConfiguration, match="a csv is read from beside a file"):
        FORMAT.loads(text(tables=CSV))
    assert FORMAT.loads(text(tables="{t: {rows: {A: B}}}")).tables["t"].rows == {"A": "B"}
