"""One file of M3's database in memory: rows by key, in the order of their keys, and by what else they are looked up."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator

Row = dict[str, str]
"""A record by M3's field names. Names that begin with ``_`` are the twin's own and never answered."""

Key = tuple[str, ...]


class Table:
    """``also``: names whose values together find rows too; they do not change while a row stands."""

    def __init__(self, *key: str, also: tuple[Key, ...] = ()) -> None:
        self._key = key
        self._also = also
        self._rows: dict[Key, Row] = {}
        self._order: list[Key] = []
        self._found: defaultdict[tuple[Key, Key], list[Key]] = defaultdict(list)
        self.doubles: dict[Key, Row] = {}  # what lists show a second time: a defect, planted by a lever

    def key_of(self, row: Row) -> Key:
        return tuple(row[name] for name in self._key)

    def get(self, *key: str) -> Row | None:
        return self._rows.get(key)

    def put(self, row: Row) -> Row:
        key = self.key_of(row)
        if key not in self._rows:
            insort(self._order, key)
            for names in self._also:
                insort(self._found[names, _values(row, names)], key)
        self._rows[key] = row
        return row

    def remove(self, *key: str) -> bool:
        """Whether there was such a row."""
        row = self._rows.pop(key, None)
        if row is None:
            return False
        self.doubles.pop(key, None)
        del self._order[bisect_left(self._order, key)]
        for names in self._also:
            self._found[names, _values(row, names)].remove(key)
        return True

    def rows(self) -> list[Row]:
        return [self._rows[key] for key in self._order]

    def of(self, **values: str) -> list[Row]:
        """Rows that have these values, the names in the order of one of ``also``."""
        found = self._found.get((tuple(values), tuple(values.values())), [])
        return [self._rows[key] for key in found]

    def listed(self) -> Iterator[Row]:
        """As lists of the API show them."""
        for key in self._order:
            yield self._rows[key]
            if key in self.doubles:
                yield self.doubles[key]


def _values(row: Row, names: Key) -> Key:
    return tuple(row[name] for name in names)
