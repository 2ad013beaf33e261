"""The team's contacts or organizations: by key, by e-mail or domain, and who links to them (§3.8, §3.9)."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from streak_infor_orchestration.twins.streak.state.keys import small_keys

Json = dict[str, Any]


class Directory:
    """``identity`` names the list property that ``getIfExisting`` matches on.

    ``boxes_linking`` holds, per entry, the boxes that link to it; ``fields`` the directory's own fields.
    """

    def __init__(self, identity: str) -> None:
        self._identity = identity
        self._holders: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._sorted_keys: list[str] = []
        self._field_keys = small_keys(1001)
        self.entries: dict[str, Json] = {}
        self.fields: dict[str, Json] = {}
        self.boxes_linking: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, entry: Json) -> None:
        self.entries[entry["key"]] = entry
        insort(self._sorted_keys, entry["key"])
        self._hold(entry)

    def remove(self, key: str) -> Json:
        entry = self.entries.pop(key)
        self._sorted_keys.pop(bisect_right(self._sorted_keys, key) - 1)
        self._release(entry)
        return entry

    def change(self, entry: Json, changes: Json) -> None:
        self._release(entry)
        entry.update(changes)
        self._hold(entry)

    def first_with(self, identities: Iterable[str]) -> Json | None:
        """The oldest entry that has one of these e-mails or domains."""
        for identity in identities:
            for key in self._holders.get(identity, ()):
                return self.entries[key]
        return None

    def after(self, key: str) -> Iterator[Json]:
        """The entries whose key sorts after ``key``, in the order of their keys."""
        for position in range(bisect_right(self._sorted_keys, key), len(self._sorted_keys)):
            yield self.entries[self._sorted_keys[position]]

    def add_field(self, name: str, kind: str, options: Iterable[str], at: int) -> Json:
        key = next(self._field_keys)
        keyed = list(zip(small_keys(9001), options, strict=False))
        definition: Json = {"key": key, "name": name, "type": kind, "lastUpdatedTimestamp": at}
        if kind == "DROPDOWN":
            definition["dropdownSettings"] = {"items": [{"key": k, "name": label} for k, label in keyed]}
        elif kind == "TAG":
            definition["tagSettings"] = {"tags": [{"key": k, "tag": label} for k, label in keyed]}
        self.fields[key] = definition
        return definition

    def edit_field(self, name: str, *, renamed: str = "", without: str = "", at: int) -> None:
        """``without`` is the option of a dropdown that goes; entries keep its key. Raises ValueError for a name that no
        field or several bear."""
        (field,) = (field for field in self.fields.values() if field["name"] == name)
        if without:
            items = field["dropdownSettings"]["items"]
            field["dropdownSettings"] = {"items": [item for item in items if item["name"] != without]}
        field.update({"name": renamed or name, "lastUpdatedTimestamp": at})

    def _hold(self, entry: Json) -> None:
        for identity in entry[self._identity]:
            self._holders[identity][entry["key"]] = None

    def _release(self, entry: Json) -> None:
        for identity in entry[self._identity]:
            self._holders[identity].pop(entry["key"], None)
