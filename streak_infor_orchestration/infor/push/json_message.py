"""A JSON document as a message. Neither M3's Event Hub nor a handler of SyteLine's event system has a published shape
(Infor API contract E.4, E.6), so any is read: each object of a list is a record of its own, which also has what stands
around it; elements that hold a name and a value are taken for members of that name.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from streak_infor_orchestration.infor.push.message import NotUnderstood, PushMessage, Record

MOST_RECORDS = 500
"""More in one message than this is looked for instead."""

_NAMES = ("documentname", "document", "table", "idoname", "ido", "eventname", "event", "noun")
"""Under these a sender says what the message is about."""

Found = dict[str, tuple[str, ...]]


def json_message(content: bytes) -> PushMessage:
    """Raises NotUnderstood."""
    try:
        body = json.loads(content)
        records = list(_records(body, {}))
    except (ValueError, RecursionError):
        raise NotUnderstood("no JSON, though it begins like it") from None
    if len(records) > MOST_RECORDS:
        raise NotUnderstood(f"JSON with more than {MOST_RECORDS} records")
    name = next((text for record in records[:1] for text in _called(record)), "")
    return PushMessage(name, tuple(records))


def _records(value: Any, around: Found, path: str = "") -> Iterator[Record]:
    match value:
        case dict():
            own, lists = dict(around), list[tuple[str, list[Any]]]()
            _flatten(value, path, own, lists)
            yield own
            for name, items in lists:
                for item in items:
                    yield from _records(item, own, name)
        case list() if pairs := _pairs(value):
            yield {**around, **pairs}
        case list():
            for item in value:
                yield from _records(item, around, path)


def _flatten(value: Mapping[str, Any], path: str, own: Found, lists: list[tuple[str, list[Any]]]) -> None:
    for name, member in value.items():
        place = f"{path}/{name}".lower().lstrip("/")
        match member:
            case dict():
                _flatten(member, place, own, lists)
            case list() if pairs := _pairs(member):
                own.update({f"{place}/{name}": values for name, values in pairs.items()})
            case list():
                lists.append((place, member))
            case str() | int() if not isinstance(member, bool):
                own[place] = (*own.get(place, ()), str(member))


def _pairs(items: Sequence[Any]) -> Found:
    """Of `[{"name": "ORNO", "value": "0010004711", …}]`, however the two are capitalised. Nothing for another list."""
    found: Found = {}
    for item in items:
        members = {str(name).lower(): value for name, value in item.items()} if isinstance(item, dict) else {}
        name, value = members.get("name"), members.get("value")
        if not isinstance(name, str) or "value" not in members:
            return {}
        if isinstance(value, str | int) and not isinstance(value, bool):
            found[name.lower()] = (*found.get(name.lower(), ()), str(value))
    return found


def _called(record: Record) -> Iterator[str]:
    for name in _NAMES:
        yield from record.get(name, ())
