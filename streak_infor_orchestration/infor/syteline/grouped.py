"""Entities whose records are made of rows of several kinds, such as an order of its header and lines."""

from abc import abstractmethod
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from streak_infor_orchestration.infor.syteline.collection import (
    AT_A_TIME,
    IdoCollection,
    R,
    RowSource,
    key_in,
)
from streak_infor_orchestration.infor.syteline.filters import both


class GroupedCollection(IdoCollection[R]):
    """`sources`: where an entity stands, first where each is once. It changed when any of its rows did."""

    sources: ClassVar[tuple[RowSource, ...]]
    only: ClassVar[str] = ""
    """The condition for the rows of the first source that are asked by other fields than the key."""

    @abstractmethod
    def of(self, keys: Collection[str], *, whole: bool) -> tuple[R, ...]:
        """Those of the records that exist, at most `AT_A_TIME`. What cannot be read is left out, or raises
        `Unreadable` where the answer has to be `whole`."""

    def find(self, key: str) -> R | None:
        found = self.of([key], whole=True) if key and key == key.strip() else ()
        return next((record for record in found if record.id == key), None)

    def changed(self, since: datetime | None) -> Iterator[tuple[R, ...]]:
        return self.portions(self._changed_keys(since), whole=False)

    def equal(self, conditions: Sequence[str]) -> Iterator[tuple[R, ...]]:
        first = self.sources[0]
        rows = self.ido.all(first.ido, (first.key,), both(self.only, *conditions), order_by=first.key)
        return self.portions(list(dict.fromkeys(key_in(row, first.key) for row in rows)), whole=True)

    def portions(self, keys: Sequence[str], *, whole: bool) -> Iterator[tuple[R, ...]]:
        for start in range(0, len(keys), AT_A_TIME):
            found = self.of(keys[start : start + AT_A_TIME], whole=whole)
            yield tuple(sorted(found, key=lambda record: (record.modified, record.id)))

    def _changed_keys(self, since: datetime | None) -> list[str]:
        """Keys and times only, of all that changed: what changed of a record stands in several lists."""
        latest: dict[str, str] = {}
        for source in self.sources:
            pages = self.ido.pages(
                source.ido, (source.key, "RecordDate"), self.since(since), order_by="RecordDate"
            )
            for page in pages:
                for row in page:
                    key, changed = key_in(row, source.key), str(row.get("RecordDate") or "")
                    if key:
                        latest[key] = max(latest.get(key, ""), changed)
        return sorted(latest, key=lambda key: (latest[key], key))
