"""What M3 takes as a record, by the field contract (Infor API contract, Appendix 1): a record that M3 could only refuse
never leaves.

`contract.json` holds the inputs of the transactions that are used, as `CODE:length`, with `n` for a number and `*` for
a mandatory one; `contract_data.py` makes it from Infor's own descriptions. `labels.json` says what a code means.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.problems.values import ValueCode

_HERE = Path(__file__).parent
_INPUT = re.compile(r"(?P<code>[A-Z0-9]+):(?P<length>\d+)(?P<numeric>n?)(?P<mandatory>\*?)")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
KEYS = frozenset("CUNO ITNO ORNO CUTM ORTP FACI WHLO MODL TEPY CUCD CSCD ECAR SMCD CRID SUNO".split())
"""Codes of keys: M3 writes them in capitals (contract F, inferred: the setting `upper_case_keys`)."""


class MiInput(NamedTuple):
    """A field of a record that is sent: at most `length` characters."""

    code: str
    length: int
    numeric: bool
    mandatory: bool


@cache
def inputs(program: str, transaction: str) -> Mapping[str, MiInput]:
    """By code. Raises KeyError for a transaction that is none of ours."""
    return {
        found["code"]: MiInput(
            found["code"], int(found["length"]), bool(found["numeric"]), bool(found["mandatory"])
        )
        for found in map(_parsed, _contract()[program][transaction].split())
    }


def knows(program: str, transaction: str) -> bool:
    """Whether the contract describes it; a tenant's own CMS100MI transactions it does not."""
    return transaction in _contract().get(program, {})


def called(letters: str) -> str:
    """`CUNO (customer number)`; the letters alone where nobody knows more."""
    label = _labels().get(letters)
    return f"{letters} ({label})" if label else letters


def checked(
    program: str,
    transaction: str,
    record: Mapping[str, str],
    targets: Mapping[str, str] | None = None,
    *,
    upper_case_keys: bool = True,
) -> dict[str, str]:
    """The record without what is empty. `targets` says what of the mapping a code is filled from, for the message.

    Raises `Rejected` for what M3 would refuse: a code that the transaction does not take, a mandatory one that is
    empty, one too long, no number, a key in small letters.
    """
    known, filled = inputs(program, transaction), {code: value for code, value in record.items() if value}
    for code, value in filled.items():
        fault = _fault(known.get(code), code, value, upper_case_keys=upper_case_keys)
        if fault is not None:
            raise _refused(*fault, code, value, (targets or {}).get(code, ""))
    for field in known.values():
        if field.mandatory and field.code not in filled:
            missing = f"M3 needs {called(field.code)} for {program}/{transaction}, and it is empty"
            raise _refused(ValueCode.MISSING, missing, field.code, "", (targets or {}).get(field.code, ""))
    return filled


def fits(program: str, transaction: str, record: Mapping[str, str]) -> bool:
    """Whether there can be a record of these keys at all: none of them is empty, longer than M3's are, or no number
    where those are."""
    known = inputs(program, transaction)
    return all(
        value and len(value) <= known[code].length and (not known[code].numeric or _NUMBER.fullmatch(value))
        for code, value in record.items()
    )


def _fault(
    field: MiInput | None, code: str, value: str, *, upper_case_keys: bool
) -> tuple[ValueCode, str] | None:
    if field is None:
        return ValueCode.WRONG_TYPE, f"M3 takes no {called(code)} here"
    if len(value) > field.length:
        return (
            ValueCode.TOO_LONG,
            f"M3 holds at most {field.length} characters as {called(code)}, and this has {len(value)}",
        )
    if field.numeric and not _NUMBER.fullmatch(value):
        return ValueCode.NOT_A_NUMBER, f"{called(code)} is a number in M3"
    if upper_case_keys and code in KEYS and value != value.upper():
        return ValueCode.WRONG_TYPE, f'M3 writes {called(code)} in capitals: "{value.upper()}"'
    return None


def _refused(problem: ValueCode, message: str, code: str, value: str, target: str) -> Rejected:
    filled_by = f"; it is filled by {target}" if target else ""
    return Rejected(
        f"{message}{filled_by}.", code=problem, system="infor", field=target or called(code), value=value[:80]
    )


def _parsed(text: str) -> re.Match[str]:
    found = _INPUT.fullmatch(text)
    assert found is not None, text
    return found


@cache
def _contract() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = json.loads((_HERE / "contract.json").read_text(encoding="utf-8"))
    return read


@cache
def _labels() -> Mapping[str, str]:
    read: Mapping[str, str] = json.loads((_HERE / "labels.json").read_text(encoding="utf-8"))
    return read
