"""Field values: when two are the same, their canonical form for the ledger, and as text."""

from datetime import UTC, datetime
from decimal import Decimal

from streak_infor_orchestration.domain.deal import UnreadableValue, Value
from streak_infor_orchestration.domain.money import parse_decimal, plain


def canonical(value: Value) -> object:
    """A JSON form that is equal exactly for equal values."""
    match value:
        case bool() | None:
            return value
        case Decimal():
            return plain(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case tuple():
            return sorted(value)
        case UnreadableValue():
            return {"unreadable": value.shown}
        case _:
            return value


def as_text(value: Value) -> str:
    """A text that says the same; "" for what is not set."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case str() | None:
            return value or ""
        case UnreadableValue():
            return f"(unreadable: {value.shown})"
        case _:
            return plain(value)


def same(one: Value, other: Value) -> bool:
    """Equality by type: amounts by value whatever their zeros, unset like empty, tags in any order.

    Two texts are compared as texts ("007" is not "7"); an amount written to a text field reads back as text.
    """
    if one in (None, "", ()) and other in (None, "", ()):
        return True
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        number, other_number = _number(one), _number(other)
        return number is not None and number == other_number
    return canonical(one) == canonical(other)


def _number(value: Value) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    return parse_decimal(value) if isinstance(value, str) else None
