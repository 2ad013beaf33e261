"""Order lines from numbered fields of the box."""

import re
from collections.abc import Mapping as Dictionary
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.lines import ColumnName, Columns
from streak_infor_orchestration.domain.deal import DealLine, Problem, Value
from streak_infor_orchestration.mapping.amounts import read_amount
from streak_infor_orchestration.mapping.values import as_text, is_empty

Values = Dictionary[str, Value]


class ColumnReader:
    """Reads the rows "SKU 1", "Qty 1", "Price 1", … An empty row is skipped, a half-filled one is a problem."""

    def __init__(self, config: Integration, columns: Columns) -> None:
        self._config = config
        self._columns = columns
        self._zone = config.company.zone
        numbered = (re.escape(p).replace(re.escape("{n}"), "([0-9]{1,6})") for p in columns.patterns.values())
        self._numbered = re.compile("|".join(numbered))

    def read(self, values: Values, problems: list[Problem]) -> tuple[DealLine, ...]:
        """The good lines; what is wrong with the others is added to `problems`."""
        rows = (self._row(number, values, problems) for number in range(1, self._columns.max + 1))
        lines = tuple(line for line in rows if line is not None)
        self._refuse_rows_beyond(values, problems)
        return lines

    def none(self) -> Problem:
        """For a deal that asks for an order and has no lines."""
        first = self._columns.row(1)
        return Problem(
            code="no_lines",
            message="The deal has no products.",
            field=first["sku"],
            rule=self._config.place("lines", "columns", "sku"),
            fix=f'Fill "{first["sku"]}" and "{first["quantity"]}".',
        )

    def _row(self, number: int, values: Values, problems: list[Problem]) -> DealLine | None:
        names = self._columns.row(number)
        filled = {column for column, name in names.items() if not is_empty(values.get(name))}
        if not filled:
            return None
        required: tuple[ColumnName, ...] = ("sku", "quantity")
        for column in required:
            if column not in filled:
                problems.append(self._half_filled(column, names[column]))
        quantity = self._number("quantity", names, values, problems) if "quantity" in filled else None
        price = self._number("price", names, values, problems) if "price" in filled else None
        if "sku" not in filled or quantity is None or ("price" in filled and price is None):
            return None
        sku = as_text(values[names["sku"]], self._zone)
        return DealLine(sku=sku, quantity=quantity, price=price, field=names["sku"])

    def _half_filled(self, column: ColumnName, name: str) -> Problem:
        return Problem(
            code=f"missing_{column}",
            message=f'A product line is half filled: "{name}" is empty.',
            field=name,
            rule=self._config.place("lines", "columns", column),
            fix=f'Fill "{name}", or empty the whole line.',
        )

    def _number(
        self, column: ColumnName, names: Dictionary[ColumnName, str], values: Values, problems: list[Problem]
    ) -> Decimal | None:
        name = names[column]
        reading = read_amount(
            values[name], name, self._config, self._config.place("lines", "columns", column)
        )
        if isinstance(reading, Decimal) and column == "quantity" and reading == 0:
            reading = Problem(
                code="zero",
                message=f'"{name}" is zero.',
                field=name,
                value="0",
                rule=self._config.place("lines", "columns", column),
                fix="Enter how many are ordered, or empty the whole line.",
            )
        if isinstance(reading, Problem):
            problems.append(reading)
            return None
        return reading

    def _refuse_rows_beyond(self, values: Values, problems: list[Problem]) -> None:
        """A row that the configuration does not count would be silently left out of the order."""
        for name in sorted(values):
            match = self._numbered.fullmatch(name)
            if match and int(match[match.lastindex or 0]) > self._columns.max and not is_empty(values[name]):
                problems.append(
                    Problem(
                        code="too_many_lines",
                        message=f"Orders are read from {self._columns.max} lines, but there are more.",
                        field=name,
                        value=as_text(values[name], self._zone),
                        rule=self._config.place("lines", "columns", "max"),
                        fix="Ask your administrator to raise the number of lines, or use fewer.",
                    )
                )
