"""The fields of one call, checked against the transaction's contract. Contract, B.1, B.3 and appendix 1."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.m3.contract import DATES, KEYS, FieldRule, Transaction
from streak_infor_orchestration.twins.m3.dates import read
from streak_infor_orchestration.twins.m3.nok import MANDATORY, TOO_LONG, Nok, invalid

Note = Callable[[str, str], None]
"""Told of a violation: (rule, detail)."""

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")


@dataclass(frozen=True)
class Sent:
    """What was sent, by field; what was not is empty. Dates are yyyymmdd, keys in upper case."""

    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def filled(self, names: Iterable[str]) -> dict[str, str]:
        """Those of ``names`` that were sent with something in them."""
        return {name: self.fields[name] for name in names if self[name]}

    def number(self, name: str, default: Decimal = Decimal(0)) -> Decimal:
        """Raises NOK for what is no number."""
        return number(name, self[name]) if self[name] else default

    def since(self, row: Mapping[str, str]) -> bool:
        """Whether the row has changed since LMTS, which takes all where it was not sent."""
        return int(row["LMTS"]) >= int(self["LMTS"] or 0)


def number(name: str, value: str) -> Decimal:
    if not _NUMBER.fullmatch(value.strip()):
        raise invalid(name, f"{value} is not numeric")
    return Decimal(value.strip())


def check(transaction: Transaction, given: Mapping[str, Any], dateformat: str, note: Note) -> Sent:
    """Raises NOK as M3 does; whatever is against the contract is noted, also where M3 keeps silent about it."""
    where = f"{transaction.program}/{transaction.name}"
    values: dict[str, str] = {}
    for name, value in given.items():
        rule = transaction.inputs.get(name)
        if rule is None:
            note("unknown_field", f"{where} has no input field {name}")
        elif not isinstance(value, str):
            note("not_a_string", f"{where} {name} is {value!r}: all values are strings")
            values[name] = str(value)
        else:
            values[name] = value.rstrip()
    for name, rule in transaction.inputs.items():
        if rule.mandatory and not values.get(name):
            note("mandatory", f"{where} needs {name}")
            raise Nok("WMI0001", f"The mandatory field {name} is missing", name, MANDATORY)
    return Sent(
        {
            name: _checked(transaction.inputs[name], value, dateformat, note, where)
            for name, value in values.items()
        }
    )


def _checked(rule: FieldRule, value: str, dateformat: str, note: Note, where: str) -> str:
    if len(value) > rule.length:
        note("too_long", f"{where} {rule.name} takes {rule.length} characters, not {len(value)}")
        raise Nok("WMI0002", f"The value of {rule.name} is too long", rule.name, TOO_LONG)
    if rule.numeric and value and not _NUMBER.fullmatch(value):
        note("not_numeric", f"{where} {rule.name} is {value!r}")
        raise invalid(rule.name, f"{value} is not numeric")
    if rule.name in DATES and value:
        try:
            return read(value, dateformat)
        except ValueError:
            note("date_format", f"{where} {rule.name} is {value!r}, not {dateformat}")
            raise invalid(rule.name, f"Date {value} is not valid") from None
    return value.upper() if rule.name in KEYS else value
