"""Reads one property of a request's body and refuses, as a violation, one of the wrong type."""

from collections.abc import Collection
from typing import Any

from streak_infor_orchestration.twins.streak.protocol.operation import Call
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

Json = dict[str, Any]


def properties(call: Call) -> Json:
    """The body as an object. Raises Refused."""
    if not isinstance(call.body, dict):
        raise bad_request("Expected a JSON object", "wrong_type")
    return call.body


def keys_in_array(call: Call) -> list[str]:
    """The body of a batch get: a bare array of keys. Raises Refused."""
    if not isinstance(call.body, list) or not all(isinstance(key, str) for key in call.body):
        raise bad_request("Expected a JSON array of keys", "wrong_type")
    return call.body


def text(body: Json, name: str, default: str | None = None) -> str | None:
    """``default`` where it is absent or null."""
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise bad_request(f"{name} must be a string", "wrong_type")
    return value


def required_text(body: Json, name: str) -> str:
    value = text(body, name)
    if not value or not value.strip():
        raise bad_request(f"Missing parameter: {name}", "missing_parameter")
    return value


def number(body: Json, name: str) -> int | None:
    """A whole number, or in forms its digits; None where it is absent or null."""
    value = body.get(name)
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise bad_request(f"{name} must be a whole number", "wrong_type")
    return value


def choice(body: Json, name: str, choices: Collection[str], rule: str) -> str | None:
    """One of ``choices``; None where it is absent or null."""
    value = text(body, name)
    if value is not None and value not in choices:
        raise bad_request(f"Unknown {name}: {value}", rule)
    return value


def flag(body: Json, name: str, default: bool) -> bool:
    """A boolean, or in forms the words ``true`` and ``false``; ``default`` where it is absent or null."""
    value = body.get(name)
    if value is None:
        return default
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise bad_request(f"{name} must be a boolean", "wrong_type")
    return value


def texts(body: Json, name: str) -> list[str]:
    value = body.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise bad_request(f"{name} must be an array of strings", "wrong_type")
    return value


def split(body: Json, name: str) -> list[str]:
    """A comma-separated list in a form (§3.3)."""
    return [part.strip() for part in (text(body, name) or "").split(",") if part.strip()]
