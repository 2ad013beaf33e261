"""A table as a file for people: CSV, or Excel with typed cells. What somebody typed never becomes a formula."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from streak_infor_orchestration.analytics.engine import engine
from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.problems.setup import SetupCode

_PORTION = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of one."""

EXCEL_ROWS = 1_048_576
EXCEL_TEXT = 32_767


def export(handle: TableHandle, target: Path) -> int:
    """By the ending of its name: .csv or .xlsx. Answers how many rows there are. Raises Misconfigured for another."""
    write = {".csv": _csv, ".xlsx": _excel}.get(target.suffix.lower())
    if write is None:
        raise Misconfigured(
            f"{target.name}: a table is written as .csv or .xlsx",
            code=SetupCode.EXPORT_FORMAT,
            value=target.name,
        )
    return write(handle, target)


def _rows(handle: TableHandle) -> Iterator[tuple[Any, ...]]:
    """In the order of their keys; a portion is in memory."""
    with engine(handle.cache) as connection:
        handle.relation(connection).create_view("rows")
        found = connection.execute(f"FROM rows ORDER BY {handle.table.sql_key}")
        while rows := found.fetchmany(_PORTION):
            yield from rows


def _csv(handle: TableHandle, target: Path) -> int:
    """UTF-8 with a mark that Excel knows it by."""
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(column.name for column in handle.table.columns)
        for row in _rows(handle):
            sheet.writerow(map(_harmless, row))
            count += 1
    return count


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would work out stands behind an apostrophe; amounts are numbers to the last digit."""
    if isinstance(value, Decimal):
        return plain(value)
    text = _text(value)
    return f"'{text}" if not isinstance(value, int) and text.startswith(_FORMULA) else text


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case list():
            return "; ".join(map(_text, value))
        case dict():
            return "; ".join(f"{name}: {_text(one)}" for name, one in value.items() if one is not None)
        case _:
            return str(value)


def _excel(handle: TableHandle, target: Path) -> int:
    """A number is a cell of that type with its format; what has more digits than Excel's numbers stays a text."""
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(target), options) as book:
        bold, day, instant, amount = (
            book.add_format(shape)
            for shape in (
                {"bold": True},
                {"num_format": "yyyy-mm-dd"},
                {"num_format": "yyyy-mm-dd hh:mm:ss"},
                {"num_format": "#,##0.00####"},
            )
        )
        sheet = book.add_worksheet(handle.table.name.rpartition("/")[2][:31])
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(handle.table.columns):
            sheet.write_string(0, position, column.name, bold)
        for row in _rows(handle):
            count += 1
            if count >= EXCEL_ROWS:
                raise Misconfigured(
                    f"{handle.table.name} has more rows than Excel holds; write it as .csv",
                    code=SetupCode.EXPORT_FORMAT,
                    value=target.name,
                )
            for position, value in enumerate(row):
                _cell(sheet, count, position, value, day=day, instant=instant, amount=amount)
        sheet.autofilter(0, 0, count, len(handle.table.columns) - 1)
    return count


def _cell(sheet: Any, row: int, column: int, value: Any, *, day: Any, instant: Any, amount: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() if abs(value) < 10**15:
            sheet.write_number(row, column, value)
        case Decimal() if Decimal(repr(float(value))) == value:
            sheet.write_number(row, column, value, amount)
        case datetime():
            sheet.write_datetime(row, column, value.astimezone(UTC).replace(tzinfo=None), instant)
        case date():
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  a day
        case _:
            sheet.write_string(row, column, _text(value)[:EXCEL_TEXT])
