"""The values of a box's fields, by the type of the field (§3.7)."""

from collections.abc import Callable
from typing import Any

from streak_infor_orchestration.twins.streak.operations.fields import options_of
from streak_infor_orchestration.twins.streak.protocol.operation import Call
from streak_infor_orchestration.twins.streak.protocol.refused import Refused, bad_request
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline

Json = dict[str, Any]

CLEARED = object()
"""What :func:`stored` answers for a value that clears: the field becomes absent (§3.7)."""

_CLEARING: dict[str, tuple[Any, ...]] = {"TEXT_INPUT": ("", None), "TAG": ([],)}
"""What clears a field of each type; others take null only. The contract is not sure of more: an empty text for a date
may be refused by the real system, and is here."""

SECONDS_SUSPECTED_BELOW = 100_000_000_000
"""As milliseconds in 1973; as seconds any day of this century."""


def stored(call: Call, pipeline: Pipeline, field_key: str, value: Any) -> Any:
    """The value as it will be read back, or CLEARED. Raises Refused for a wrong field, type or option key."""
    definition = pipeline.fields.get(field_key)
    if definition is None:
        raise bad_request(f"Unknown field key: {field_key}", "unknown_field_key")
    if definition["type"] == "FORMULA":
        raise bad_request("A formula can't be written", "formula_written")
    if value in _CLEARING.get(definition["type"], (None,)):
        return CLEARED
    return _READERS.get(definition["type"], _opaque)(call, definition, value)


def _wrong_type(definition: Json, expected: str) -> Refused:
    return bad_request(f"{definition['name']} takes {expected}", "wrong_type")


def _text(_: Call, definition: Json, value: Any) -> str:
    """Numbers are taken and read back as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _wrong_type(definition, "a text")
    return str(value)


def _date(call: Call, definition: Json, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong_type(definition, "milliseconds since 1970")
    if 0 < value < SECONDS_SUSPECTED_BELOW:
        call.violation("seconds_for_milliseconds", f"{definition['name']}: {value}")
    return int(value)


def _checkbox(_: Call, definition: Json, value: Any) -> bool:
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise _wrong_type(definition, "true or false")
    return value


def _dropdown(_: Call, definition: Json, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type(definition, "an option key")
    _check_option(definition, value)
    return value


def _tags(_: Call, definition: Json, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise _wrong_type(definition, "an array of tag keys")
    for key in value:
        _check_option(definition, key)
    return list(dict.fromkeys(value))


def _check_option(definition: Json, key: str) -> None:
    options = options_of(definition)
    if key not in options:
        rule = "label_where_key_belongs" if key in options.values() else "unknown_option_key"
        raise bad_request(f"Unknown option key for {definition['name']}: {key}", rule)


def _opaque(_: Call, definition: Json, value: Any) -> Any:
    """PERSON, TEAM_CONTACT and TEAM_ORGANIZATION: their values are not documented."""
    return value


_READERS: dict[str, Callable[[Call, Json, Any], Any]] = {
    "TEXT_INPUT": _text,
    "DATE": _date,
    "CHECKBOX": _checkbox,
    "DROPDOWN": _dropdown,
    "TAG": _tags,
}
