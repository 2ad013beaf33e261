"""Applying the rules of `fields:`: read, transform, fill in a default, convert to what the target takes."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.rules import Rule
from streak_infor_orchestration.config.transform import Conversion, Otherwise
from streak_infor_orchestration.config.vocabulary import Source, ValueKind, kind_of
from streak_infor_orchestration.domain.deal import Deal, Part, Problem, Value
from streak_infor_orchestration.domain.money import minor_units
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.mapping.addresses import NoAddress, country_code, one_line
from streak_infor_orchestration.mapping.amounts import is_percentage, read_currency, read_money, read_part
from streak_infor_orchestration.mapping.days import read_business_day, read_day
from streak_infor_orchestration.mapping.exchange import Pair
from streak_infor_orchestration.mapping.numbers import decimals, is_sane
from streak_infor_orchestration.mapping.reach import email
from streak_infor_orchestration.mapping.sources import Reader, is_clocked
from streak_infor_orchestration.mapping.values import (
    CannotBeRead,
    as_text,
    is_empty,
    number_text,
    unreadable,
)

Converted = str | date | Decimal | Part | Address
Read = Value | date | Address


_FEW = 12  # choices that a person is shown


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
        self.place = config.place("fields", position)
        self.field = " + ".join(label(s) for s in rule.sources if s.record != "const") or rule.to

    def __call__(self, reader: Reader) -> Converted | None:
        """The target's value, None when there is none. Raises Refused."""
        try:
            return self._applied(reader)
        except CannotBeRead as cannot:
            raise Refused(unreadable(cannot.value, self.field, self.place)) from None

    def _applied(self, reader: Reader) -> Converted | None:
        value = self._transformed(self._read(reader), reader)
        if not isinstance(value, Address) and is_empty(value):
            value = self.rule.default
        if value is None or (not isinstance(value, Address) and is_empty(value)):
            if self.rule.required:
                raise self._refused(ValueCode.MISSING, "is empty.", f'Fill "{self.field}".')
            return None
        return value if isinstance(value, Address) else self._converted(value, reader.deal)

    def pair(self, reader: Reader) -> Pair | None:
        """The currencies it converts from and to; None when it does not, or cannot tell."""
        conversion = self.rule.transform.convert if self.rule.transform else None
        if conversion is None:
            return None
        try:
            return None if is_empty(self._read(reader)) else self._pair(conversion, reader)
        except (Refused, CannotBeRead):  # told when the order is mapped
            return None

    def _read(self, reader: Reader) -> Value:
        expression, transform = self.rule.expression, self.rule.transform
        if expression is not None:
            # whatever an expression does to strange input is this deal's problem only
            try:
                return _as_value(expression(reader.namespace))
            except CannotBeRead:
                raise
            except Exception as error:
                reason = f"cannot be worked out ({type(error).__name__})."
                raise self._refused(ValueCode.EXPRESSION, reason) from None
        values = [reader.read(source) for source in self.rule.sources]
        if transform is None or transform.concat is None:
            return values[0]
        texts = [
            source.name if source.record == "const" else as_text(value, self._zone)
            for source, value in zip(self.rule.sources, values, strict=True)
        ]
        return transform.concat.join(text for text in texts if text)

    def _transformed(self, value: Value, reader: Reader) -> Read:
        transform = self.rule.transform
        if transform is None or is_empty(value):
            return value
        if transform.date is not None:
            day = self._day(value, transform.date)
            return day.strftime(transform.format) if transform.format else day
        if transform.map is not None:
            return self._coded(
                as_text(value, self._zone), transform.map.get, transform.map, transform.otherwise
            )
        if transform.lookup is not None:
            table = self._config.tables[transform.lookup]
            return self._coded(as_text(value, self._zone), table.find, table.rows, transform.otherwise)
        if transform.convert is not None:
            return self._exchanged(value, transform.convert, reader)
        if transform.address is not None:
            return self._address(as_text(value, self._zone), transform.address)
        return value

    def _coded(
        self,
        text: str,
        find: Callable[[str], str | None],
        known: Mapping[str, str],
        otherwise: str | Otherwise,
    ) -> str:
        code = find(text)
        if code is not None:
            return code
        if isinstance(otherwise, Otherwise):
            return otherwise.value
        if otherwise == "keep":
            return text
        message = f'is "{text}", which the ERP has no code for.'
        few = ", ".join(list(known)[:_FEW]) + (", …" if len(known) > _FEW else "")
        raise self._refused(ValueCode.UNMAPPED, message, f"Choose one of: {few}.", text)

    def _exchanged(self, value: Value, conversion: Conversion, reader: Reader) -> Decimal:
        base, quote = self._pair(conversion, reader)
        amount = self._amount(value, as_text(value, self._zone), base)
        converted = reader.exchange.convert(amount, base, quote)
        if converted is None or not is_sane(converted):
            lacking = reader.exchange.lacking(base, quote)
            message = f"is in {base} and cannot be converted: {lacking}."
            fix = f"Enter the amount in {quote}, or have the day's rate entered in the ERP."
            raise self._refused(ValueCode.NO_RATE, message, fix, number_text(amount))
        return converted

    def _pair(self, conversion: Conversion, reader: Reader) -> Pair:
        base, quote = (
            self._currency(as_text(reader.read(source), self._zone), reader.deal.currency) if source else ""
            for source in (conversion.source, conversion.target)
        )
        return base or reader.deal.currency, quote or reader.deal.currency

    def _currency(self, text: str, home: str) -> str:
        reading = read_currency(text, self.field, home, self.place) if text else home
        if isinstance(reading, Problem):
            raise Refused(reading)
        return reading

    def _day(self, value: Value | date, pattern: str = "") -> date:
        reading = read_day(value, self.field, self._config, self.place, pattern)
        if isinstance(reading, Problem):
            raise Refused(reading)
        return reading

    def _business_day(self, value: Value | date, deal: Deal) -> date:
        if self.rule.sources and all(map(is_clocked, self.rule.sources)):
            return self._day(value)
        reading = read_business_day(value, self.field, self._config, self.place, deal)
        if isinstance(reading, Problem):
            raise Refused(reading)
        return reading

    def _converted(self, value: Value | date, deal: Deal) -> Converted:
        text, currency = as_text(value, self._zone), deal.currency
        match kind_of(self.rule.to):
            case ValueKind.DATE:
                return self._business_day(value, deal)
            case ValueKind.AMOUNT:
                return self._amount(value, text, currency)
            case ValueKind.DISCOUNT | ValueKind.RATE as kind:
                return self._part(value, kind, currency)
            case ValueKind.CURRENCY:
                return self._currency(text, self._config.company.currency)
            case ValueKind.COUNTRY:
                return self._country(text)
            case ValueKind.EMAIL:
                return self._email(text)
            case ValueKind.ADDRESS:
                return self._address(text, self._config.company.home)
        return text

    def _amount(self, value: Value | date, text: str, currency: str) -> Decimal:
        typed = value if isinstance(value, Decimal) else text
        amount = read_money(typed, self.field, self._config, self.place, currency)
        if isinstance(amount, Problem):
            raise Refused(amount)
        if decimals(amount) > minor_units(currency):
            fix = f"Round it to {minor_units(currency)} decimals."
            raise self._refused(ValueCode.TOO_PRECISE, f"is no amount in {currency}.", fix, text)
        return amount

    def _part(self, value: Value | date, kind: ValueKind, currency: str) -> Part:
        text = as_text(value, self._zone)
        if kind is ValueKind.RATE and not is_percentage(text):
            raise self._refused(ValueCode.NOT_A_PERCENTAGE, "is no percentage.", 'Write it like "19%".', text)
        typed = value if isinstance(value, Decimal) else text
        part = read_part(typed, self.field, self._config, self.place, currency)
        if isinstance(part, Problem):
            raise Refused(part)
        if not part.is_share:
            self._amount(part.value, text, currency)
        return part

    def _country(self, text: str) -> str:
        code = country_code(text, self._config.company.locale)
        if code is not None:
            return code
        fix = "Use the country's name or its code of two letters, such as DE."
        raise self._refused(ValueCode.NOT_A_CODE, "is not a country.", fix, text)

    def _address(self, text: str, home: str) -> Address:
        try:
            return one_line(text, home, self._config.company.locale)
        except NoAddress as no:
            raise self._refused(no.code, no.message, no.fix, no.value) from None

    def _email(self, text: str) -> str:
        found = email(text)
        if found is None:
            raise self._refused(ValueCode.NOT_AN_E_MAIL_ADDRESS, "is not an e-mail address.", value=text)
        return found

    def _refused(self, code: str, message: str, fix: str = "", value: str = "") -> Refused:
        return Refused(
            Problem(
                code=code,
                message=f'"{self.field}" {message}',
                field=self.field,
                value=value,
                rule=self.place,
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
