"""From a body as it came to the records to look at."""

import re
from collections.abc import Iterable
from typing import Literal

from streak_infor_orchestration.infor.push.json_message import json_message
from streak_infor_orchestration.infor.push.message import (
    Hint,
    Hints,
    NotUnderstood,
    PushMessage,
    Record,
    named,
)
from streak_infor_orchestration.infor.push.unpacked import PushDelivery, unpacked
from streak_infor_orchestration.infor.push.xml_message import xml_message

MOST_HINTS = 500
"""More in one delivery than this is looked for instead."""
MOST_CHARACTERS = 120
"""The longest key that is believed: no ERP's are longer."""

_SHOWN = 12
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,39}")
_ENTITIES: tuple[Literal["order", "invoice"], ...] = ("order", "invoice")


def read(delivery: PushDelivery, hints: Hints) -> tuple[str, tuple[Hint, ...]]:
    """What the message is called, and the records it names, each once; none where it concerns none of ours.

    Raises NotUnderstood for what cannot be read, and for what should name a record and does not.
    """
    document = unpacked(delivery)
    message = _message(document)
    named_plainly = tuple(hint for record in message.records for hint in _plain(record))
    found = named_plainly or hints(message)
    if found is None:
        return called(message.name), ()
    kept = tuple(dict.fromkeys(hint for hint in found if _is_key(hint.key)))
    if not kept or len(kept) > MOST_HINTS:
        raise NotUnderstood(_built(message) if not kept else f"names more than {MOST_HINTS} records")
    return called(message.name), kept


def called(name: str) -> str:
    """`name`, safe to log and to keep."""
    return name if _NAME.fullmatch(name) else "(no name)"


def _message(document: PushDelivery) -> PushMessage:
    match document.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]:
        case b"<":
            message = xml_message(document.content)
        case b"{" | b"[":
            message = json_message(document.content)
        case _:
            raise NotUnderstood("neither XML nor JSON")
    return PushMessage(document.document_name or message.name, message.records)


def _plain(record: Record) -> Iterable[Hint]:
    """Our own way to say it, which our description of the route offers: {"entity": "order", "key": …}."""
    for entity in _ENTITIES:
        if entity in named(record, "entity"):
            yield from (Hint(entity, key) for key in named(record, "key"))


def _is_key(key: str) -> bool:
    return 0 < len(key) <= MOST_CHARACTERS and key.isprintable()


def _built(message: PushMessage) -> str:
    """The names of its members, by which an administrator sees what was sent; never a value."""
    names = dict.fromkeys(path.rpartition("/")[2] for record in message.records for path in record)
    shown = [name for name in names if _NAME.fullmatch(name)][:_SHOWN]
    return f"{called(message.name)} names no record: {' '.join(shown)}".rstrip(": ")
