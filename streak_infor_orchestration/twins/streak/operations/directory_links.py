"""Links among contacts and organizations; a link is seen from both of its ends (§3.8)."""

from typing import Any

from streak_infor_orchestration.twins.streak.operations.directory_kind import DirectoryKind
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request
from streak_infor_orchestration.twins.streak.state.directory import Directory
from streak_infor_orchestration.twins.streak.state.system import Streak

Json = dict[str, Any]

LINK_PROPERTIES = ("contactLinks", "orgLinks")


def _directory(streak: Streak, name: str) -> Directory:
    return streak.contacts if name == "contactLinks" else streak.organizations


def read_links(streak: Streak, entry: Json, body: Json, at: int) -> Json:
    """The link properties that the body replaces. Raises Refused for one that leads nowhere."""
    return {
        name: _links(_directory(streak, name), entry[name], body[name], at)
        for name in LINK_PROPERTIES
        if body.get(name) is not None
    }


def _links(directory: Directory, present: list[Json], posted: Any, at: int) -> list[Json]:
    if not isinstance(posted, list) or not all(isinstance(link, dict) for link in posted):
        raise bad_request("Links are an array of objects with a key", "wrong_type")
    known = {link["key"]: link for link in present}
    for link in posted:
        if link.get("key") not in directory.entries:
            raise bad_request(f"Unknown key in a link: {link.get('key')}")
    return [known.get(link["key"]) or _link(link["key"], at) for link in posted]


def _link(key: str, at: int) -> Json:
    return {"key": key, "isMagicLinked": False, "creationTimestamp": at}


def mirror(streak: Streak, kind: DirectoryKind, entry: Json, changes: Json, at: int) -> None:
    """Gives the other ends what ``changes`` is about to give ``entry``."""
    for name in LINK_PROPERTIES:
        if name not in changes:
            continue
        directory = _directory(streak, name)
        before = {link["key"] for link in entry[name]}
        after = {link["key"] for link in changes[name]}
        for key in before - after:
            other = directory.entries.get(key)
            if other is not None:
                other[kind.linked_as] = [
                    link for link in other[kind.linked_as] if link["key"] != entry["key"]
                ]
        for key in after - before:
            directory.entries[key][kind.linked_as].append(_link(entry["key"], at))
