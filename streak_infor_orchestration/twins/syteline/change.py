"""`POST /update/{ido}`: the body as it must be, and the one change in it. Contract, C.2 and C.3."""

from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.twins.syteline.ido import Ido
from streak_infor_orchestration.twins.syteline.refusals import Refusal

INSERT, UPDATE, DELETE = 1, 2, 4
ROW, PROPERTY = 0, 1


@dataclass(frozen=True)
class Change:
    """``values``: what was sent as modified, read by its kind; ``originals``: what the caller believes stood there."""

    action: int
    item_id: str
    locking: int
    values: dict[str, Any]
    originals: dict[str, Any]


def read_changes(ido: Ido, body: Any) -> list[Change]:
    """Raises Refusal, whose ``breach`` says which rule of the contract the body breaks."""
    if not isinstance(body, dict):
        raise Refusal("The request body is invalid", "malformed_json")
    if body.get("IDOName") != ido.name:
        raise Refusal(f"IDOName {body.get('IDOName')} is not {ido.name}", "ido_name_differs")
    changes = body.get("Changes")
    if not isinstance(changes, list) or not changes:
        raise Refusal("There is no change in the request", "no_changes")
    return [_change(ido, change) for change in changes]


def _change(ido: Ido, body: Any) -> Change:
    if not isinstance(body, dict) or body.get("Action") not in (INSERT, UPDATE, DELETE):
        raise Refusal("Action must be 1, 2 or 4", "unknown_action")
    locking, item_id = body.get("UpdateLocking", ROW), body.get("ItemId") or ""
    if locking not in (ROW, PROPERTY):
        raise Refusal("UpdateLocking must be 0 or 1", "unknown_locking")
    if (body["Action"] == INSERT) == bool(item_id):
        raise Refusal("An insert has no ItemId, every other action has one", "item_id")
    values: dict[str, Any] = {}
    originals: dict[str, Any] = {}
    for entry in body.get("Properties") or []:
        name, value, original = _entry(ido, entry)
        if name in values:
            raise Refusal(f"Property {name} stands twice", "property_twice")
        if entry.get("Modified") is True:
            values[name], originals[name] = value, original
    return Change(body["Action"], item_id, locking, values, originals)


def _entry(ido: Ido, entry: Any) -> tuple[str, Any, Any]:
    if not isinstance(entry, dict) or not isinstance(entry.get("Name"), str):
        raise Refusal("A property has a Name", "malformed_property")
    name = entry["Name"]
    if entry.get("IsNestedCollection"):
        raise Refusal(f"Nested collections are not taken here: {name}", "nested_collection")
    kind = ido.kind(name)
    if name in ido.derived or name in ido.read_only:
        raise Refusal(f"Property {name} is read-only", "read_only")
    original = entry.get("OriginalValue")
    return name, _value(name, kind, entry), None if original is None else kind.read(name, original)


def _value(name: str, kind: Any, entry: dict[str, Any]) -> Any:
    value = entry.get("Value")
    if entry.get("IsNull") is True or value is None:
        return None
    if not isinstance(value, str):
        raise Refusal(f"The value of {name} is not a string", "value_not_string")
    return kind.read(name, value)
