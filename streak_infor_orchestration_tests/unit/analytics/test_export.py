"""A table as a file for people: typed, exact, and never a formula."""

import csv
import string
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from streak_infor_orchestration.analytics.export import export
from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration_tests.unit.analytics.rows import line, opened, store

HOSTILE = ['=HYPERLINK("http://x.example","y")', "+1", "-1+2", "@SUM(A1)", "\t=1", "http://x.example"]
_NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def orders(tmp_path: Path) -> TableHandle:
    warehouse = opened(tmp_path)
    store(
        warehouse,
        "infor/sales_orders",
        *(
            {"id": f"SO-{n}", "description": text, "total": "-12.50", "order_date": "2026-03-01"}
            | {"lines": [line(sku="A", quantity="1.5")], "freight": "123456789012.123456"}
            for n, text in enumerate(HOSTILE)
        ),
    )
    handle = warehouse.handle_of("infor/sales_orders")
    assert handle is not None
    return handle


def test_csv_is_exact_and_harmless(orders: TableHandle, tmp_path: Path) -> None:
    target = tmp_path / "orders.csv"
    assert export(orders, target) == len(HOSTILE)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [row["description"] for row in rows]
    assert told == [f"'{text}" for text in HOSTILE[:-1]] + HOSTILE[-1:]
    assert {row["total"] for row in rows} == {"-12.500000"}, "a number below zero is no formula"
    assert {row["freight"] for row in rows} == {"123456789012.123456"}
    assert rows[0]["lines"].startswith("number: 1; sku: A; quantity: 1.500000")


def cells(target: Path) -> dict[str, dict[int, tuple[str, str, str]]]:
    """(type, formula, value) of each cell that is there, by its column's name and row, by Excel's own XML."""
    with zipfile.ZipFile(target) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert not any("rels/sheet" in name or "externalLink" in name for name in book.namelist())
    found: dict[str, dict[int, tuple[str, str, str]]] = {}
    names: dict[str, str] = {}
    for cell in sheet.iter(f"{{{_NS['x']}}}c"):
        column, row = (
            cell.get("r", "").rstrip("0123456789"),
            int(cell.get("r", "").lstrip(string.ascii_letters)),
        )
        text = "".join(one.text or "" for one in cell.iter(f"{{{_NS['x']}}}t"))
        value = cell.findtext("x:v", "", _NS) or text
        if row == 1:
            names[column] = value
        else:
            told = (cell.get("t", "n"), cell.findtext("x:f", "", _NS), value)
            found.setdefault(names[column], {})[row] = told
    return found


def test_excel_has_typed_cells_and_no_formula(orders: TableHandle, tmp_path: Path) -> None:
    target = tmp_path / "orders.xlsx"
    assert export(orders, target) == len(HOSTILE)
    told = cells(target)
    assert not any(formula for column in told.values() for _, formula, _ in column.values())
    assert [told["description"][row] for row in range(2, 2 + len(HOSTILE))] == [
        ("inlineStr", "", text) for text in HOSTILE
    ]
    assert {(kind, Decimal(value)) for kind, _, value in told["total"].values()} == {("n", Decimal("-12.5"))}
    assert {kind for kind, _, _ in told["order_date"].values()} == {"n"}, "a day is one"
    assert {(kind, value) for kind, _, value in told["freight"].values()} == {
        ("inlineStr", "123456789012.123456")
    }, "what Excel's numbers cannot hold stays a text"
    assert "requested_date" not in told, "what is not known is no cell"


def test_another_ending_is_refused(orders: TableHandle, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as refused:
        export(orders, tmp_path / "orders.ods")
    assert refused.value.code == "export_format"
