"""What distinguishes the team's two directories: contacts and organizations (§3.8, §3.9)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from streak_infor_orchestration.twins.streak.state.directory import Directory
from streak_infor_orchestration.twins.streak.state.system import Streak

Json = dict[str, Any]


@dataclass(frozen=True)
class DirectoryKind:
    """``plural`` is the word in paths, on boxes and on the state; ``search_kind`` the one in search results.

    ``texts`` and ``lists`` are the writable properties; ``normalise`` rewrites lists as they are read back;
    ``complete`` answers an entry's computed properties and raises Refused where it lacks what it must have.
    ``linked_as`` is the property under which other entries hold links to this kind.
    """

    plural: str
    singular: str
    datastore_kind: str
    search_kind: str
    event_prefix: str
    linked_as: str
    texts: tuple[str, ...]
    lists: tuple[str, ...]
    normalise: dict[str, Callable[[list[str]], list[str]]]
    identity: str
    complete: Callable[[Json], Json]
    searched: tuple[str, ...]
    list_query: tuple[str, ...]

    def directory(self, streak: Streak) -> Directory:
        return streak.contacts if self.plural == "contacts" else streak.organizations

    def search_summary(self, entry: Json) -> Json:
        return {name: entry[name] for name in ("key", *self.texts, *self.lists)}

    def search_text(self, entry: Json) -> str:
        values = (entry[name] for name in self.searched)
        return "\n".join(" ".join(value) if isinstance(value, list) else value or "" for value in values)
