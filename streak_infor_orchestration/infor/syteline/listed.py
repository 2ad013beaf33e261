"""Entities whose records are rows of one IDO."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from streak_infor_orchestration.infor.syteline.collection import IdoCollection, R
from streak_infor_orchestration.infor.syteline.filters import both
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.wire import IdoWire

W = TypeVar("W", bound=IdoWire)


class ListedCollection(IdoCollection[R], Generic[R, W]):
    """`wire` is a row as it comes; its key's parts, joined by colons, are the record's key."""

    wire: ClassVar[type[IdoWire]]
    condition: ClassVar[str] = ""
    """The condition that a row has to meet to be one of these records."""

    @property
    def properties(self) -> tuple[str, ...]:
        return self.wire.properties()

    @property
    def key_properties(self) -> tuple[str, ...]:
        return self.wire.KEY

    @abstractmethod
    def make(self, row: Row, beside: Any) -> R: ...

    def beside(self, rows: Sequence[Row]) -> Any:
        """What the records of a page take from elsewhere, read at once."""
        return None

    def key_of(self, row: Row) -> str:
        return self.wire.key_of(row)

    def find(self, key: str) -> R | None:
        parts = self.parts(key)
        if not all(parts) or len(parts) != len(self.key_properties) or key != key.strip():
            return None
        where = both(
            *(self._equal(name, part) for name, part in zip(self.key_properties, parts, strict=True))
        )
        rows = self.ido.all(self.wire.IDO, self.properties, both(self.condition, where))
        found = self._read([row for row in rows if self.key_of(row) == key], whole=True)
        return next(iter(found), None)

    def parts(self, key: str) -> list[str]:
        """Only the first may have colons in it."""
        return key.rsplit(":", len(self.key_properties) - 1) if len(self.key_properties) > 1 else [key]

    def changed(self, since: datetime | None) -> Iterator[tuple[R, ...]]:
        return self._pages(self.since(since), whole=False)

    def equal(self, conditions: Sequence[str]) -> Iterator[tuple[R, ...]]:
        return self._pages(both(*conditions), whole=True)

    def _pages(self, where: str, *, whole: bool) -> Iterator[tuple[R, ...]]:
        by = ", ".join(("RecordDate", *self.key_properties))
        for rows in self.ido.pages(self.wire.IDO, self.properties, both(self.condition, where), order_by=by):
            found = self._read(rows, whole=whole)
            yield tuple(sorted(found, key=lambda record: (record.modified, record.id)))

    def _read(self, rows: Sequence[Row], *, whole: bool) -> tuple[R, ...]:
        beside = self.beside(rows) if rows else None
        return self.readable(rows, lambda row: self.make(row, beside), self.key_of, whole=whole)
