"""Rows for the product's own tables: what a test does not care about is empty."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streak_infor_orchestration.analytics.tables import DERIVED, TABLES
from streak_infor_orchestration.analytics.warehouse import Published, Warehouse

LONG_AGO = "2026-01-01T00:00:00Z"
ALL = TABLES | DERIVED
_EMPTY: dict[str, Any] = {
    "text": "",
    "texts": [],
    "named": {},
    "flag": False,
    "whole": 0,
    "amount": "0",
    "rate": "1",
    "rates": [],
    "day": None,
    "instant": LONG_AGO,
    "lines": [],
    "address": None,
}


def row(table: str, **values: Any) -> dict[str, Any]:
    return {column.name: _EMPTY[column.type] for column in ALL[table].columns} | values


def line(**values: Any) -> dict[str, Any]:
    """Of an order."""
    texts = {"sku": "", "description": "", "gl_account": ""}
    return {
        "number": 1,
        **dict.fromkeys(("quantity", "price", "discount", "tax", "total"), "0"),
        **dict.fromkeys(("delivered", "invoiced")),
        **texts,
        **values,
    }


def store(warehouse: Warehouse, table: str, *rows: Mapping[str, Any], **options: Any) -> Published:
    delta = warehouse.delta(ALL[table], **{"whole": True, **options})
    delta.add(row(table, **one) for one in rows)
    return warehouse.publish(delta)


def opened(folder: Path) -> Warehouse:
    return Warehouse(str(folder / "tables"), folder / "work")
