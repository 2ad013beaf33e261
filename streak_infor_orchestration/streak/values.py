"""A field's value: Streak's wire form and ours (Streak API contract §3.7)."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.domain.deal import UnreadableValue, Value
from streak_infor_orchestration.domain.errors import Misconfigured, Rejected
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.streak.vocabulary import SYSTEM, Field, only

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"-?\d{9,15}")
_MILLISECOND = timedelta(milliseconds=1)


def instant(milliseconds: int) -> datetime:
    """Raises OverflowError beyond the year 9999."""
    return _EPOCH + milliseconds * _MILLISECOND


def milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND


def by_name(definitions: Sequence[Field], fields: Mapping[str, Any]) -> dict[str, Value]:
    """The values that are set. Where two fields bear one name, both are told apart by their key: neither may pass
    for the other."""
    names = [field.name for field in definitions]
    decoded: dict[str, Value] = {}
    for field in definitions:
        value = decode(field, fields.get(field.key))
        if value is not None:
            decoded[field.name if names.count(field.name) == 1 else f"{field.name} ({field.key})"] = value
    return decoded


def decode(field: Field, wire: Any) -> Value:
    """None for what counts as unset. What its type does not explain is `UnreadableValue`: loud, not lost."""
    if wire is None or wire == "" or wire == []:
        return None
    match field.type:
        case "DATE" if _is_number(wire):
            return _instant(wire)
        # a contact's date is text, as all its fields are
        case "DATE" if isinstance(wire, str) and _MILLISECONDS.fullmatch(wire):
            return _instant(int(wire))
        case "CHECKBOX" if wire in (True, False, "true", "false"):
            return wire in (True, "true")
        case "DROPDOWN":
            name = field.option_name(wire) if isinstance(wire, str) else None
            return name or UnreadableValue(what="an option that no longer exists", shown=shown(wire))
        case "TAG":
            return _tags(field, wire)
        case "PERSON":
            return _person(field, wire)
        case "TEXT_INPUT":
            return wire if isinstance(wire, str) else shown(wire)
        case _:
            return _undocumented(wire)


def encoded(definitions: Sequence[Field], fields: Mapping[str, Value], where: str) -> dict[str, Any]:
    """Wire values by field key. Raises `Misconfigured` for a name that no field or several fields of `where` bear,
    and what `encode` raises."""
    found = [
        (only(definitions, n, f"field of the {where}", Misconfigured, field=n), v) for n, v in fields.items()
    ]
    return {field.key: encode(field, value) for field, value in found}


def encoded_as_texts(definitions: Sequence[Field], fields: Mapping[str, Value], where: str) -> dict[str, str]:
    """`encoded` for contacts and organizations, whose values are all texts and where an empty one clears
    (Streak API contract §3.8). Raises `Misconfigured` also for tags: how several go into one text is not documented."""
    for name in fields:
        field = only(definitions, name, f"field of the {where}", Misconfigured, field=name)
        if field.type == "TAG":
            raise _cannot_be_set(field)
    return {key: _as_text(wire) for key, wire in encoded(definitions, fields, where).items()}


def _as_text(wire: Any) -> str:
    return "" if wire is None else shown(wire) if isinstance(wire, bool) else str(wire)


def encode(field: Field, value: Value) -> Any:
    """None clears. Raises `Rejected` for a value the field cannot hold, `Misconfigured` for a field nobody may set."""
    match field.type, value:
        case (("TEXT_INPUT" | "DATE" | "CHECKBOX" | "DROPDOWN"), None):
            return "" if field.type == "TEXT_INPUT" else None
        case "TAG", None:
            return []
        case "TEXT_INPUT", bool():
            return "true" if value else "false"
        case "TEXT_INPUT", str() | Decimal() | int() | datetime() | date() | tuple():
            return shown(value)
        case "DATE", datetime() if value.tzinfo is not None:
            return milliseconds(value)
        case "DATE", date() if not isinstance(value, datetime):
            return milliseconds(datetime.combine(value, time(), tzinfo=UTC))
        case "CHECKBOX", bool():
            return value
        case "DROPDOWN", str():
            return field.option(value).key
        case "TAG", tuple():
            return [field.option(name).key for name in value]
        case "TAG", str():
            return [field.option(value).key]
        case (("TEXT_INPUT" | "DATE" | "CHECKBOX" | "DROPDOWN" | "TAG"), _):
            raise Rejected(
                f'the {field.type} field "{field.name}" cannot hold a {type(value).__name__}',
                code=ValueCode.WRONG_TYPE,
                system=SYSTEM,
                field=field.name,
                value=shown(value),
            )
        case _:
            raise _cannot_be_set(field)


def _cannot_be_set(field: Field) -> Misconfigured:
    return Misconfigured(
        f'the field "{field.name}" is of type {field.type}, which cannot be set through the API',
        code=ValueCode.READ_ONLY_FIELD,
        system=SYSTEM,
        field=field.name,
    )


def _is_number(wire: Any) -> bool:
    return isinstance(wire, int | Decimal) and not isinstance(wire, bool)


def _instant(wire: int | Decimal) -> Value:
    try:
        return instant(int(wire))
    except (OverflowError, ValueError):
        return UnreadableValue(what="a day that no calendar has", shown=str(wire))


def _person(field: Field, wire: Any) -> Value:
    """By the e-mail address. The form is documented nowhere: read are a user's key, and what assignees come as."""
    match wire:
        case {"email": str(email)} if email:
            return email
        case {"userKey": str(key)} | str(key):
            name = field.option_name(key)
        case _:
            name = None
    return name or UnreadableValue(what="somebody who has no part in the pipeline", shown=shown(wire))


def _tags(field: Field, wire: Any) -> Value:
    """All or none: a tag that is gone must not look as if it had never been set."""
    names = [field.option_name(str(key)) for key in wire] if isinstance(wire, list) else []
    if names and all(names):
        return tuple(name for name in names if name)
    return UnreadableValue(what="a tag that no longer exists", shown=shown(wire))


def _undocumented(wire: Any) -> Value:
    """FORMULA, TEAM_*, and what contradicts its type: as plainly as it can be shown."""
    match wire:
        case bool() | str() | Decimal():
            return wire
        case int():
            return Decimal(wire)
        case list() if all(isinstance(item, str) for item in wire):
            return tuple(wire)
        case _:
            return json.dumps(wire, sort_keys=True, ensure_ascii=False, default=str)


def shown(value: Any) -> str:
    """The value as a text field holds it."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(shown(item) for item in value)
        case UnreadableValue():
            return f"(unreadable: {value.shown})"
        case _:
            return str(value)
