"""Order lines from numbered fields of a box."""

import re
from collections.abc import Mapping as Dictionary
from datetime import tzinfo
from decimal import Decimal
from typing import TypeVar

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import ROW, ColumnName, Columns, LinkedColumns
from streak_infor_orchestration.domain.deal import DealLine, Part, Problem, Typed, UnreadableValue, Value
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.mapping.amounts import (
    other_currency,
    read_amount,
    read_currency,
    read_part,
    read_price,
)
from streak_infor_orchestration.mapping.values import as_text, is_empty, unreadable

Values = Dictionary[str, Value]
T = TypeVar("T", Decimal, Part, str)


class ColumnReader:
    """Reads the rows "SKU 1", "Qty 1", "Price 1", … An empty row is skipped, a half-filled one is a problem."""

    def __init__(self, config: Integration, columns: Columns | LinkedColumns) -> None:
        self._config = config
        self._columns = columns
        self._zone = config.company.zone
        numbered = (
            re.escape(pattern).replace(re.escape(ROW), "([0-9]{1,6})")
            for pattern in columns.patterns.values()
            if ROW in pattern
        )
        self._numbered = re.compile("|".join(numbered) or r"(?!)")

    def read(
        self, values: Values, currency: str, problems: list[Problem], within: str = ""
    ) -> tuple[DealLine, ...]:
        rows = (
            self._row(_Row(self._columns.row(number), values, within), currency, problems)
            for number in self._columns.rows
        )
        lines = tuple(line for line in rows if line is not None)
        self._refuse_rows_beyond(values, within, problems)
        return lines

    def none(self, within: str = "") -> Problem:
        first = self._columns.row(1)
        return Problem(
            code=LineCode.NO_LINES,
            message=f'"{within}" has no products.' if within else "The deal has no products.",
            field=inside(within, first["sku"]),
            rule=self._place("sku"),
            fix=f'Fill "{first["sku"]}" and "{first["quantity"]}".',
        )

    def _row(self, row: "_Row", currency: str, problems: list[Problem]) -> DealLine | None:
        if not row.filled:
            return None
        if row.unreadable:
            problems += [unreadable(v, row.field(c), self._place(c)) for c, v in row.unreadable.items()]
            return None
        before = len(problems)
        required: tuple[tuple[ColumnName, LineCode], ...] = (
            ("sku", LineCode.MISSING_SKU),
            ("quantity", LineCode.MISSING_QUANTITY),
        )
        for column, code in required:
            if column not in row.filled:
                problems.append(self._half_filled(row, column, code))
        quantity = self._number("quantity", row, problems)
        price, stated = self._price(row, currency, problems)
        discount = self._part("discount", row, stated or currency, problems)
        tax = self._part("tax", row, stated or currency, problems)
        if len(problems) > before or quantity is None:
            return None
        return DealLine(
            sku=row.text("sku", self._zone),
            quantity=quantity,
            price=price,
            currency=stated,
            discount=discount,
            tax=tax,
            description=row.text("description", self._zone),
            vendor=row.text("vendor", self._zone),
            field=row.field("sku"),
            typed={column: Typed(row.field(column), row.text(column, self._zone)) for column in row.filled},
        )

    def _half_filled(self, row: "_Row", column: ColumnName, code: LineCode) -> Problem:
        name = row.field(column)
        return Problem(
            code=code,
            message=f'A product line is half filled: "{name}" is empty.',
            field=name,
            rule=self._place(column),
            fix=f'Fill "{name}", or empty the whole line.',
        )

    def _number(self, column: ColumnName, row: "_Row", problems: list[Problem]) -> Decimal | None:
        if column not in row.filled:
            return None
        name = row.field(column)
        reading = read_amount(row.value(column), name, self._config, self._place(column))
        if isinstance(reading, Decimal) and column == "quantity" and reading == 0:
            reading = Problem(
                code=LineCode.ZERO,
                message=f'"{name}" is zero.',
                field=name,
                value="0",
                rule=self._place(column),
            )
        return _kept(reading, problems)

    def _price(self, row: "_Row", currency: str, problems: list[Problem]) -> tuple[Decimal | None, str]:
        """With its currency: written with it, or in a column of its own; where in both, they must agree."""
        column = self._currency(row, currency, problems)
        if "price" not in row.filled:
            return None, column
        value, name, rule = row.value("price"), row.field("price"), self._place("price")
        reading = read_price(value, name, self._config, rule, column or currency)
        if not isinstance(reading, Problem) and column:
            reading = other_currency(value, name, self._config, rule, reading[1], column) or reading
        if isinstance(reading, Problem):
            problems.append(reading)
            return None, column
        return reading[0], column or reading[1]

    def _part(self, column: ColumnName, row: "_Row", currency: str, problems: list[Problem]) -> Part | None:
        if column not in row.filled:
            return None
        name, rule = row.field(column), self._place(column)
        return _kept(read_part(row.value(column), name, self._config, rule, currency), problems)

    def _currency(self, row: "_Row", currency: str, problems: list[Problem]) -> str:
        if "currency" not in row.filled:
            return ""
        text, name = row.text("currency", self._zone), row.field("currency")
        return _kept(read_currency(text, name, currency, self._place("currency")), problems) or ""

    def _refuse_rows_beyond(self, values: Values, within: str, problems: list[Problem]) -> None:
        """A row that the configuration does not count would be silently left out of the order."""
        for name in sorted(values):
            match, value = self._numbered.fullmatch(name), values[name]
            if match and int(match[match.lastindex or 0]) > self._columns.max and not is_empty(value):
                problems.append(
                    Problem(
                        code=LineCode.TOO_MANY_LINES,
                        message=f"Orders are read from {self._columns.max} lines, but there are more.",
                        field=inside(within, name),
                        value=value.shown
                        if isinstance(value, UnreadableValue)
                        else as_text(value, self._zone),
                        rule=self._config.place("lines", "columns", "max"),
                    )
                )

    def _place(self, column: ColumnName) -> str:
        return self._config.place("lines", "columns", column)


class _Row:
    """One row of a box: what stands in each column."""

    def __init__(self, names: Dictionary[ColumnName, str], values: Values, within: str) -> None:
        self._names = names
        self._values = values
        self._within = within
        self.filled = {column for column, name in names.items() if not is_empty(values.get(name))}
        held = {column: self.value(column) for column in names if column in self.filled}
        self.unreadable = {
            column: value for column, value in held.items() if isinstance(value, UnreadableValue)
        }

    def value(self, column: ColumnName) -> Value:
        return self._values[self._names[column]]

    def text(self, column: ColumnName, zone: tzinfo) -> str:
        return as_text(self.value(column), zone) if column in self.filled else ""

    def field(self, column: ColumnName) -> str:
        return inside(self._within, self._names[column])


def inside(box: str, field: str) -> str:
    """A field as people find it: with its box where that is another than the deal's."""
    return f"{box}: {field}" if box else field


def _kept(reading: T | Problem, problems: list[Problem]) -> T | None:
    if isinstance(reading, Problem):
        problems.append(reading)
        return None
    return reading
