"""What a webhook delivery means for the inbox: which records to look at, never what to do about them.

Streak's body is an array of the changed objects without the event's name (Streak API contract §3.16); the name
comes from the URL the webhook was registered with.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.domain.kinds import EVERYTHING, Kind
from streak_infor_orchestration.ledger.inbox_rows import Event

DEAL_EVENTS = frozenset(
    "BOX_CREATE BOX_DELETE BOX_EDIT BOX_CHANGE_STAGE BOX_CHANGE_PIPELINE BOX_NEW_EMAIL_ADDRESS".split()
)
OUR_EVENTS = frozenset({"BOX_EDIT", "BOX_CHANGE_STAGE"})
"""What our own writes are announced by. We make, move and delete no box: that is always somebody else's doing."""

CUSTOMER_EVENTS = frozenset(
    "CONTACT_CREATE CONTACT_UPDATE CONTACT_DELETE ORG_CREATE ORG_UPDATE ORG_DELETE".split()
)
IRRELEVANT_EVENTS = frozenset(
    (
        "STAGE_CREATE COMMENT_CREATE MEETING_CREATE MEETING_UPDATE TASK_CREATE TASK_COMPLETE TASK_DUE TASK_UPDATED"
        " BOX_NEW_EMAIL_RECEIVED THREAD_ADDED_TO_BOX THREAD_REMOVED_FROM_BOX"
    ).split()
)
"""Nothing an order is made of. Acknowledged and counted, not stored: every comment of ours would come back as one."""

MOST_OBJECTS = 500
"""More in one delivery than this is looked at by a sweep instead."""

_KEY = re.compile(r"[\x21-\x7e]{1,250}")
_NAME = re.compile(r"[A-Z_]{1,64}")


@dataclass(frozen=True)
class Delivery:
    """A body as it came: bytes received, their SHA-256; `content` is None when there were too many to keep."""

    name: str
    size: int
    digest: str
    content: bytes | None


def events_of(delivery: Delivery, *, correlation_id: str, newest_version: int) -> list[Event]:
    """The events to record; none for a delivery that concerns no record of ours.

    What cannot be read, or has a name nobody documented, asks for a sweep of the pipeline: something changed.
    A `lastUpdatedTimestamp` (milliseconds) beyond `newest_version` is no version a read could ever show.
    """
    if delivery.name in IRRELEVANT_EVENTS:
        return []

    def event(kind: Kind, key: str, *, lane: str, name: str = delivery.name, version: int = 0) -> Event:
        return Event(
            source="streak",
            name=name,
            kind=kind,
            key=key,
            body_hash=delivery.digest,
            min_version=version,
            may_echo=name in OUR_EVENTS and version > 0,
            lane=lane,
            correlation_id=correlation_id,
        )

    if delivery.name in DEAL_EVENTS:
        found = [(key, _version(box, newest_version)) for box, key in _changed(delivery, _deal_key)]
        kind = Kind.DEAL
    elif delivery.name in CUSTOMER_EVENTS:
        party = "contact" if delivery.name.startswith("CONTACT") else "organization"
        found = [(f"{party}:{key}" if key else "", 0) for _, key in _changed(delivery, _own_key)]
        kind = Kind.CUSTOMER
    else:
        found, kind = [], Kind.SWEEP
    # whoever has our address can invent keys: the inbox knows which it has seen before
    lane = "unknown" if kind is Kind.DEAL else "live"
    events = [event(kind, key, version=version, lane=lane) for key, version in found if key]
    if not events or len(events) < len(found):
        # of a body that may hold anything only its measure is kept
        name = f"{event_name(delivery.name)}, not understood, {delivery.size} bytes"
        events.append(event(Kind.SWEEP, EVERYTHING, name=name, lane="bulk"))
    return events


def event_name(text: str) -> str:
    """`text` from a URL, safe to log and to count by."""
    return text if _NAME.fullmatch(text) else "(no name)"


def _changed(delivery: Delivery, key_of: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """The changed objects with their keys, "" where there is none; nothing at all for an unreadable body."""
    if delivery.content is None:
        return
    try:
        body = json.loads(delivery.content)
    except (ValueError, RecursionError):
        return
    objects = body if isinstance(body, list) else [body]
    if len(objects) > MOST_OBJECTS:
        return
    for changed in objects:
        key = key_of(changed) if isinstance(changed, dict) else ""
        yield changed, key if isinstance(key, str) and _KEY.fullmatch(key) else ""


def _deal_key(changed: dict[str, Any]) -> Any:
    """Documented is a box; `{box: …}` is seen in examples (Streak API contract §3.16, Delivery)."""
    box = changed.get("box")
    return changed.get("boxKey") or changed.get("key") or (box.get("key") if isinstance(box, dict) else "")


def _own_key(changed: dict[str, Any]) -> Any:
    return changed.get("key")


def _version(box: dict[str, Any], newest: int) -> int:
    version = box.get("lastUpdatedTimestamp") if isinstance(box, dict) else None
    return version if type(version) is int and 0 < version <= newest else 0
