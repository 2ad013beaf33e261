"""One collection's records in memory: by key, in the contract's order, and indexed by what it filters."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

Record = dict[str, Any]
Position = tuple[str, str]
"""Where a record stands in its list: (ModifiedAt, key)."""


def folded(value: Any) -> str:
    return str(value).casefold()


class Table:
    """Records are never changed in place: a new version replaces the old, so a reader may keep what it got.

    ``exact`` and ``any_case`` name the indexed members. Not locked here: the company's lock guards commits.
    """

    def __init__(self, key_members: tuple[str, ...], exact: Iterable[str], any_case: Iterable[str]) -> None:
        self._key_members = key_members
        self._any_case = frozenset(any_case)
        self._records: dict[str, Record] = {}
        self._order: list[Position] = []
        self._indexes: dict[str, dict[str, set[str]]] = {
            member: defaultdict(set) for member in (*exact, *self._any_case)
        }
        self._revisions: dict[str, int] = {}
        self.doubles: dict[str, Record] = {}  # what lists show a second time: a defect, planted by a lever
        self._revision = count(1)

    def key_of(self, record: Record) -> str:
        return ":".join(record[member] for member in self._key_members)

    def get(self, key: str) -> Record | None:
        return self._records.get(key)

    def revision(self, key: str) -> int:
        """Rises with every write to the record, also within one instant."""
        return self._revisions[key]

    def put(self, record: Record) -> None:
        key = self.key_of(record)
        self.remove(key)
        self._records[key] = record
        self._revisions[key] = next(self._revision)
        insort(self._order, (record["ModifiedAt"], key))
        for member, index in self._indexes.items():
            if record[member] is not None:
                index[self._indexed(member, record[member])].add(key)

    def remove(self, key: str) -> bool:
        """Whether there was such a record."""
        record = self._records.pop(key, None)
        if record is None:
            return False
        del self._order[bisect_left(self._order, (record["ModifiedAt"], key))]
        for member, index in self._indexes.items():
            if record[member] is not None:
                index[self._indexed(member, record[member])].discard(key)
        return True

    def all(self) -> list[Record]:
        return [self._records[key] for _, key in self._order]

    def where(self, **members: str) -> list[Record]:
        return [self._records[key] for _, key in self._positions(members)]

    def page(
        self, members: Mapping[str, str], since: str, after: Position | None, limit: int
    ) -> tuple[list[Record], Position | None]:
        """At most ``limit`` records behind ``after``, and the position to go on from if there are more."""
        positions = self._positions(members) if members else self._order
        start = max(bisect_left(positions, (since, "")), bisect_right(positions, after) if after else 0)
        chosen = positions[start : start + limit]
        more = start + limit < len(positions)
        keys = [key for _, key in chosen]
        listed = [[self._records[key], *([self.doubles[key]] if key in self.doubles else [])] for key in keys]
        return [record for records in listed for record in records], (chosen[-1] if more else None)

    def _positions(self, members: Mapping[str, str]) -> list[Position]:
        found = [
            self._indexes[member].get(self._indexed(member, value), set())
            for member, value in members.items()
        ]
        keys = set.intersection(*found)
        return sorted((self._records[key]["ModifiedAt"], key) for key in keys)

    def _indexed(self, member: str, value: Any) -> str:
        return folded(value) if member in self._any_case else str(value)
