"""Order lines that people type into one text field."""

from collections.abc import Mapping as Dictionary
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import DealLine, Part, Problem, Typed, UnreadableValue, Value
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.mapping.amounts import read_amount, read_currency, read_part
from streak_infor_orchestration.mapping.columns import inside
from streak_infor_orchestration.mapping.item_text import Item, Piece, lines_of, pieces
from streak_infor_orchestration.mapping.values import as_text, unreadable

MAX_LINES = 200
_FORM = 'Write each product on a line of its own, like "2 x BRK-1001 @ 12.50"'


class TextReader:
    """Reads a field as `2 x BRK-1001 @ 12.50; BRK-1002 (4)`. What has no or several readings is a problem that quotes
    the very text."""

    def __init__(self, config: Integration, field: str) -> None:
        self._config = config
        self._field = field
        self._rule = config.place("lines", "field")
        self._by_name = config.lines.products != "code"

    def read(
        self, values: Dictionary[str, Value], currency: str, problems: list[Problem], within: str = ""
    ) -> tuple[DealLine, ...]:
        field = inside(within, self._field)
        value = values.get(self._field)
        if isinstance(value, UnreadableValue):
            problems.append(unreadable(value, field, self._rule))
            return ()
        text = as_text(value, self._config.company.zone)
        # counted before any is read: somebody may paste a book
        if (count := len(lines_of(text))) > MAX_LINES:
            problems.append(self._problem(LineCode.TOO_MANY_LINES, field, f"holds {count} lines.", text))
            return ()
        found = pieces(text, by_name=self._by_name)
        lines = (self._line(piece, field, currency, problems) for piece in found)
        return tuple(line for line in lines if line is not None)

    def none(self, within: str = "") -> Problem:
        return Problem(
            code=LineCode.NO_LINES,
            message=f'"{within}" has no products.' if within else "The deal has no products.",
            field=inside(within, self._field),
            rule=self._rule,
            fix=f"{_FORM}.",
        )

    def _line(self, piece: Piece, field: str, currency: str, problems: list[Problem]) -> DealLine | None:
        item = piece.item
        if item is None:
            code, message = (
                (LineCode.AMBIGUOUS_LINE, "has a line that can be read in more than one way.")
                if piece.readings
                else (LineCode.UNREADABLE_LINE, "has a line that does not say what is ordered, and how many.")
            )
            problems.append(self._problem(code, field, message, piece.text))
            return None
        readings = self._readings(item, field, currency)
        wrong = [reading for reading in readings.values() if isinstance(reading, Problem)]
        if readings["quantity"] == 0:
            wrong.append(self._problem(LineCode.ZERO, field, "orders none of a product.", piece.text))
        if wrong:
            problems.extend(problem.model_copy(update={"value": piece.text}) for problem in wrong)
            return None
        typed = dict.fromkeys(("sku", *readings), Typed(field, piece.text))
        return DealLine.model_validate({"sku": item.product, "field": field, "typed": typed, **readings})

    def _readings(
        self, item: Item, field: str, currency: str
    ) -> dict[str, Decimal | Part | str | Problem | None]:
        def amount(text: str) -> Decimal | Problem | None:
            return read_amount(text, field, self._config, self._rule) if text else None

        return {
            "quantity": amount(item.quantity),
            "price": amount(item.price),
            "currency": read_currency(item.currency, field, currency, self._rule) if item.currency else "",
            "discount": read_part(f"{item.off}%", field, self._config, self._rule, currency)
            if item.off
            else None,
        }

    def _problem(self, code: str, field: str, message: str, text: str) -> Problem:
        return Problem(
            code=code,
            message=f'"{field}" {message}',
            field=field,
            value=text,
            rule=self._rule,
            fix=f"{_FORM}, or without a price for the list price.",
        )
