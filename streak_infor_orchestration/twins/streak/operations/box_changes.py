"""An edit of a box: read whole, refused whole, or applied whole with its events (§3.6, §3.16)."""

import json
from collections.abc import Callable
from typing import Any

from streak_infor_orchestration.twins.streak.operations.links import follow_links, linked
from streak_infor_orchestration.twins.streak.operations.lookup import home_of
from streak_infor_orchestration.twins.streak.operations.newsfeeds import note
from streak_infor_orchestration.twins.streak.operations.values import CLEARED, stored
from streak_infor_orchestration.twins.streak.protocol.operation import Call
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.box import search_summary, search_text
from streak_infor_orchestration.twins.streak.state.pipeline import Pipeline
from streak_infor_orchestration.twins.streak.state.roster import sharing_entry

Json = dict[str, Any]

TOLD_BY_BOX_EDIT = ("name", "notes", "fields", "assignedToSharingEntries")
"""§3.16 lists no other change: a changed contact, organization or linked box is told by no event."""


def changes(call: Call, pipeline: Pipeline, box: Json, body: Json) -> Json:
    """The new values of the properties that the body sets; arrays replace, null leaves. Raises Refused."""
    found = {
        name: read(call, pipeline, box, body[name])
        for name, read in _READERS.items()
        if body.get(name) is not None
    }
    if "followerKeys" in found:
        users = [call.streak.roster.users[key] for key in found["followerKeys"]]
        found["followerSharingEntries"] = [sharing_entry(user) for user in users]
        found["followerCount"] = len(users)
    return found


def apply(call: Call, box: Json, changed: Json) -> None:
    pipeline = home_of(call, box)
    streak = call.streak
    edited = any(name in changed and changed[name] != box.get(name) for name in TOLD_BY_BOX_EDIT)
    stage_key = changed.pop("stageKey", box["stageKey"])
    moved = stage_key != box["stageKey"]
    at = streak.tick()
    follow_links(streak, box, changed)
    box.update(changed, lastUpdatedTimestamp=at, lastSavedTimestamp=at)
    if moved:
        pipeline.move_to_stage(box, stage_key)
        box["lastStageChangeTimestamp"] = at
        note(call, pipeline, box, "UPDATE", "EDIT_STAGE")
    pipeline.box_updated(box)
    streak.search.put(("boxes", box["key"]), search_summary(box), search_text(box))
    if moved:
        streak.emit("BOX_CHANGE_STAGE", pipeline.key, box, call.user)
    if edited or (moved and streak.deliveries.levers.box_edit_with_stage_change):
        streak.emit("BOX_EDIT", pipeline.key, box, call.user)


def assignees(call: Call, value: Any) -> list[Json]:
    """Users by key, as ``{userKey}`` or ``{email}``, or as a text holding such an array (§2.3, §3.6)."""
    users = [call.streak.roster.find(reference) for reference in _array(_parsed(value))]
    if None in users:
        raise bad_request("Unknown user in assignedToSharingEntries")
    return [sharing_entry(user) for user in users if user is not None]


def _parsed(value: Any) -> Any:
    """The docs type some properties as a text that holds JSON; clients send the JSON itself."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise bad_request("Invalid JSON in a property", "invalid_json") from error


def _array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request("Expected an array", "wrong_type")
    return value


def _text(_: Call, __: Pipeline, ___: Json, value: Any) -> str:
    if not isinstance(value, str):
        raise bad_request("Expected a string", "wrong_type")
    return value


def _stage(_: Call, pipeline: Pipeline, __: Json, value: Any) -> str:
    if not isinstance(value, str) or value not in pipeline.stages:
        named = any(stage["name"] == value for stage in pipeline.stages.values())
        rule = "label_where_key_belongs" if named else "unknown_stage_key"
        raise bad_request(f"Unknown stage key: {value}", rule)
    return value


def _fields(call: Call, pipeline: Pipeline, box: Json, value: Any) -> Json:
    """Fields that are not mentioned keep their values."""
    written = _parsed(value)
    if not isinstance(written, dict):
        raise bad_request("fields must be an object", "wrong_type")
    values = {key: stored(call, pipeline, key, item) for key, item in written.items()}
    return {key: item for key, item in {**box["fields"], **values}.items() if item is not CLEARED}


def _followers(call: Call, _: Pipeline, __: Json, value: Any) -> list[str]:
    if not all(isinstance(key, str) and key in call.streak.roster.users for key in _array(value)):
        raise bad_request("Unknown user key in followerKeys")
    return list(value)


def _linked_boxes(call: Call, _: Pipeline, box: Json, value: Any) -> list[str]:
    """Linking a box to itself is refused (§7)."""
    if any(key == box["key"] or key not in call.streak.boxes for key in _array(value)):
        raise bad_request("bad request")
    return list(value)


_READERS: dict[str, Callable[[Call, Pipeline, Json, Any], Any]] = {
    "name": _text,
    "notes": _text,
    "stageKey": _stage,
    "fields": _fields,
    "followerKeys": _followers,
    "linkedBoxKeys": _linked_boxes,
    "assignedToSharingEntries": lambda call, _pipeline, _box, value: assignees(call, value),
    "contacts": lambda call, _pipeline, _box, value: linked(call.streak.contacts, _array(value)),
    "organizations": lambda call, _pipeline, _box, value: linked(call.streak.organizations, _array(value)),
}
