"""Applying the rules of `fields:`: read, transform, fill in a default, convert to what the target takes."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.rules import Otherwise, Rule
from streak_infor_orchestration.config.vocabulary import Kind, Source, kind_of
from streak_infor_orchestration.domain.codes import COUNTRIES, CURRENCIES
from streak_infor_orchestration.domain.deal import Problem, Value
from streak_infor_orchestration.domain.money import minor_units
from streak_infor_orchestration.mapping.amounts import read_amount
from streak_infor_orchestration.mapping.numbers import decimals
from streak_infor_orchestration.mapping.sources import Reader
from streak_infor_orchestration.mapping.values import as_day, as_text, is_empty

Converted = str | date | Decimal


class Refused(Exception):
    """A rule cannot be applied to this deal. Does not leave the rule book."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class AppliedRule:
    """One rule, ready to be applied to any deal."""

    def __init__(self, config: Integration, position: int, rule: Rule) -> None:
        self.rule = rule
        self._config = config
        self._zone = config.company.zone
        self._place = config.place("fields", position)
        self._field = " + ".join(label(s) for s in rule.sources if s.record != "const") or rule.to

    def __call__(self, reader: Reader) -> Converted | None:
        """The target's value, None when there is none. Raises Refused."""
        value = self._transformed(self._read(reader))
        if is_empty(value):
            value = self.rule.default
        if value is None or is_empty(value):
            if self.rule.required:
                raise self._refused("missing", "is empty.", f'Fill "{self._field}".')
            return None
        return self._converted(value, reader.deal.currency)

    def _read(self, reader: Reader) -> Value:
        expression, transform = self.rule.expression, self.rule.transform
        if expression is not None:
            # whatever an expression does to strange input is this deal's problem only
            try:
                return _as_value(expression(reader.namespace))
            except Exception as error:
                reason = f"cannot be worked out ({type(error).__name__})."
                fix = "Show this to your administrator: the expression does not fit the deal."
                raise self._refused("expression", reason, fix) from None
        values = [reader.read(source) for source in self.rule.sources]
        if transform is None or transform.concat is None:
            return values[0]
        texts = [
            source.name if source.record == "const" else as_text(value, self._zone)
            for source, value in zip(self.rule.sources, values, strict=True)
        ]
        return transform.concat.join(text for text in texts if text)

    def _transformed(self, value: Value) -> Value | date:
        transform = self.rule.transform
        if transform is None or is_empty(value):
            return value
        if transform.date is not None:
            return self._day(value, transform.date)
        if transform.map is not None:
            return self._mapped(as_text(value, self._zone), transform.map, transform.otherwise)
        return value

    def _mapped(self, text: str, codes: dict[str, str], otherwise: str | Otherwise) -> str:
        if text in codes:
            return codes[text]
        if isinstance(otherwise, Otherwise):
            return otherwise.value
        if otherwise == "keep":
            return text
        raise self._refused(
            "unmapped",
            f'is "{text}", which the ERP has no code for.',
            f"Choose one of: {', '.join(codes)}.",
            text,
        )

    def _day(self, value: Value | date, pattern: str = "%Y-%m-%d") -> date:
        if isinstance(value, datetime):
            return as_day(value, self._zone)
        if isinstance(value, date):
            return value
        text = as_text(value, self._zone)
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            example = date(2026, 12, 31).strftime(pattern)
            raise self._refused("not_a_date", "is not a date.", f"Write it like {example}.", text) from None

    def _converted(self, value: Value | date, currency: str) -> Converted:
        text = as_text(value, self._zone)
        match kind_of(self.rule.to):
            case Kind.DATE:
                return self._day(value)
            case Kind.AMOUNT:
                return self._amount(value, text, currency)
            case Kind.CURRENCY:
                return self._code(
                    text, CURRENCIES, "a currency", "Use its code of three letters, such as EUR."
                )
            case Kind.COUNTRY:
                return self._code(
                    text, COUNTRIES, "a country's code", "Use its code of two letters, such as DE."
                )
        return text

    def _amount(self, value: Value | date, text: str, currency: str) -> Decimal:
        amount = read_amount(
            value if isinstance(value, Decimal) else text, self._field, self._config, self._place
        )
        if isinstance(amount, Problem):
            raise Refused(amount)
        if decimals(amount) > minor_units(currency):
            fix = f"Round it to {minor_units(currency)} decimals."
            raise self._refused("too_precise", f"is no amount in {currency}.", fix, text)
        return amount

    def _code(self, text: str, known: Collection[str], what: str, fix: str) -> str:
        if text.upper() in known:
            return text.upper()
        raise self._refused("not_a_code", f"is not {what}.", fix, text)

    def _refused(self, code: str, message: str, fix: str, value: str = "") -> Refused:
        return Refused(
            Problem(
                code=code,
                message=f'"{self._field}" {message}',
                field=self._field,
                value=value,
                rule=self._place,
                fix=fix,
            )
        )


def label(source: Source) -> str:
    """A source as people see it in Streak: a field by its name, else "Contact given name"."""
    if source.record == "field":
        return source.name
    return f"{source.record.capitalize()} {source.name.replace('_', ' ')}"


def _as_value(result: Any) -> Value:
    if isinstance(result, list) and all(isinstance(item, str) for item in result):
        return tuple(result)
    if result is None or isinstance(result, str | bool | Decimal):
        return result
    raise TypeError(f"an expression gave a {type(result).__name__}")
