"""A table's rows in memory: by key and by row pointer, indexed by what clients look for, each write stamped."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from streak_infor_orchestration.twins.syteline.kinds import Kind

STAMP = timedelta(milliseconds=1)
NEAR = timedelta(minutes=1)
Record = dict[str, Any]
Position = tuple[Any, ...]
Written = Callable[[Record, bool], None]
"""(the row as it is now, whether it is new): told after each insert and update."""


class Table:
    """Rows are never changed in place: a new version replaces the old. Not locked here."""

    def __init__(self, name: str, keys: tuple[str, ...], indexed: Iterable[str], written: Written) -> None:
        self.name = name
        self._written = written
        self.keys = keys
        self._rows: dict[str, Record] = {}
        self._by_key: dict[Position, str] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {
            name: defaultdict(dict) for name in (*indexed, keys[0])
        }
        self.doubles: dict[str, Record] = {}  # what loads show a second time: a defect, planted by a lever

    def insert(self, values: Record, now: datetime) -> Record:
        """Stamped by the server's clock, which counts milliseconds."""
        moment = _whole(now)
        row = {**values, "RowPointer": str(uuid.uuid4()), "CreateDate": moment, "RecordDate": moment}
        self._put(row)
        self._written(row, True)
        return row

    def update(self, row: Record, changes: Record, now: datetime) -> Record:
        """A new version with a RecordDate of its own: the server's time, which goes back when the clocks do."""
        moment, before = _whole(now), row["RecordDate"]
        if before - NEAR < moment <= before:
            moment = before + STAMP
        changed = {**row, **changes, "RecordDate": moment}
        self._unlist(row)
        self._put(changed)
        self._written(changed, False)
        return changed

    def delete(self, row: Record) -> None:
        self._unlist(row)
        del self._rows[row["RowPointer"]]

    def get(self, *key: Any) -> Record | None:
        pointer = self._by_key.get(tuple(map(_sortable, key)))
        return None if pointer is None else self._rows[pointer]

    def pointed(self, pointer: str) -> Record | None:
        return self._rows.get(pointer)

    def where(self, **values: Any) -> list[Record]:
        """By indexed columns, in the order of the keys."""
        found = [self._indexes[name].get(_sortable(value), {}) for name, value in values.items()]
        pointers = set(found[0]).intersection(*found[1:])
        return self._sorted(self._rows[pointer] for pointer in pointers)

    def candidates(self, wanted: dict[str, list[Any]]) -> Iterable[Record]:
        """Rows that have one of the values in the first indexed column of `wanted`; all rows if there is none."""
        for name, values in wanted.items():
            if name in self._indexes:
                index = self._indexes[name]
                pointers = {pointer: None for value in values for pointer in index.get(_sortable(value), {})}
                return [self._rows[pointer] for pointer in pointers]
        return self._rows.values()

    def all(self) -> list[Record]:
        """In the order of their making."""
        return list(self._rows.values())

    def item_id(self, row: Record) -> str:
        """The optimistic lock: the row's date and pointer. Contract, C.2."""
        moment: datetime = row["RecordDate"]
        stamp = f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03}"
        return f"PBT=[{self.name}] {self.name}.DT=[{stamp}] {self.name}.ID=[{row['RowPointer']}]"

    def _put(self, row: Record) -> None:
        pointer = row["RowPointer"]
        self._rows[pointer] = row
        self._by_key[self._position(row)] = pointer
        for name, index in self._indexes.items():
            index[_sortable(row.get(name))][pointer] = None

    def _unlist(self, row: Record) -> None:
        del self._by_key[self._position(row)]
        for name, index in self._indexes.items():
            index[_sortable(row.get(name))].pop(row["RowPointer"], None)

    def _position(self, row: Record) -> Position:
        return tuple(_sortable(row.get(name)) for name in self.keys)

    def _sorted(self, rows: Iterable[Record]) -> list[Record]:
        return sorted(rows, key=self._position)


def _sortable(value: Any) -> Any:
    return Kind().sortable(value) if isinstance(value, str) else value


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=None)
