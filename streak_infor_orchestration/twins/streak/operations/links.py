"""The contacts and organizations on a box (§3.6), and who links to whom in the directories (§3.8)."""

from typing import Any

from streak_infor_orchestration.twins.streak.protocol.properties import flag
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.directory import Directory
from streak_infor_orchestration.twins.streak.state.system import Streak

Json = dict[str, Any]


def linked(directory: Directory, entries: list[Any]) -> list[Json]:
    """``[{key, isStarred, isAutoboxed?}]`` as it is read back. Raises Refused."""
    found = []
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("isStarred"), bool):
            raise bad_request("A link needs key and isStarred", "wrong_type")
        if entry.get("key") not in directory.entries:
            raise bad_request(f"Unknown key in a link: {entry.get('key')}")
        starred, autoboxed = entry["isStarred"], flag(entry, "isAutoboxed", False)
        found.append({"key": entry["key"], "isStarred": starred, "isAutoboxed": autoboxed})
    return found


def follow_links(streak: Streak, box: Json, changed: Json) -> None:
    """Keeps the directories' ``boxes_linking`` true while ``changed`` replaces links of the box."""
    for name, directory in (("contacts", streak.contacts), ("organizations", streak.organizations)):
        if name in changed:
            for link in box[name]:
                directory.boxes_linking[link["key"]].discard(box["key"])
            for link in changed[name]:
                directory.boxes_linking[link["key"]].add(box["key"])


def unlink_deleted(streak: Streak, name: str, directory: Directory, key: str) -> None:
    """Takes a deleted contact or organization off its boxes, which tells nobody and bumps nothing."""
    for box_key in directory.boxes_linking.pop(key, ()):
        box = streak.boxes.get(box_key)
        if box is not None:
            box[name] = [link for link in box[name] if link["key"] != key]
