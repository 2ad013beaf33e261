"""What the lists of all entities share (Infor API contract C.3, C.5)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, ClassVar, Generic, NamedTuple, TypedDict, TypeVar

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.infor.syteline.filters import at_least, both, equal, one_of
from streak_infor_orchestration.infor.syteline.ido import Ido, Row
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.widths import PADDED
from streak_infor_orchestration.infor.syteline.wire import IdoWire

AT_A_TIME = 25
"""Keys of one load: so many fit an address."""

_AROUND = timedelta(hours=2)
_REPEATED = timedelta(hours=1)
R = TypeVar("R", bound=Record)
T = TypeVar("T")


class RowSource(NamedTuple):
    """An IDO some of an entity stands in, and its property with the entity's key."""

    ido: str
    key: str


class RowTimes(TypedDict):
    """When a record was made and last changed, as `Record` has it; the server's times know no zone."""

    created: datetime | None
    modified: datetime


class IdoCollection(ABC, Generic[R]):
    """One entity. `filters` maps a field of the record to the property that is compared."""

    entity: ClassVar[Entity]

    def __init__(self, ido: Ido, section: SytelineSection) -> None:
        self.ido = ido
        self.section = section

    @property
    def filters(self) -> Mapping[str, str]:
        return {}

    @abstractmethod
    def find(self, key: str) -> R | None:
        """Raises `Unreadable` for one that is there and not as promised."""

    @abstractmethod
    def changed(self, since: datetime | None) -> Iterator[tuple[R, ...]]:
        """By `modified`, then key; what cannot be read is left out."""

    @abstractmethod
    def equal(self, conditions: Sequence[str]) -> Iterator[tuple[R, ...]]:
        """All that meet the conditions. Raises `Unreadable` rather than answer a part."""

    def pages(
        self, since: datetime | None, where: Mapping[str, str] | None = None
    ) -> Iterator[tuple[R, ...]]:
        """Raises `Misconfigured` for a field that is no filter."""
        if not where:
            yield from self.changed(since)
            return
        unknown = where.keys() - self.filters.keys()
        if unknown:
            raise Misconfigured(
                f"{self.entity.replace('_', ' ')} cannot be found by {', '.join(sorted(unknown))} in SyteLine",
                code=SetupCode.NO_SUCH_FILTER,
            )
        if not all(where.values()):  # an empty value matches nothing
            return
        conditions = [self._equal(self.filters[field], value) for field, value in where.items()]
        for page in self.equal(conditions):
            yield tuple(record for record in page if all(_is(record, *wanted) for wanted in where.items()))

    def matching(self, **where: str) -> tuple[R, ...]:
        """All records that match."""
        return tuple(record for page in self.pages(None, where) for record in page)

    def rows_of(
        self,
        source: RowSource,
        keys: Collection[str],
        properties: Sequence[str],
        condition: str = "",
        **options: Any,
    ) -> tuple[Row, ...]:
        """The rows of exactly these keys; SyteLine's own comparison ignores case."""
        padded = [self.ido.key(source.key, key) if source.key in PADDED else key for key in keys]
        where = both(one_of(source.key, padded), condition)
        wanted = frozenset(keys)
        rows = self.ido.all(source.ido, properties, where, **options)
        return tuple(row for row in rows if key_in(row, source.key) in wanted)

    def readable(
        self, items: Sequence[T], decode: Callable[[T], R], key: Callable[[T], str], *, whole: bool
    ) -> tuple[R, ...]:
        """Those of the items that can be read; all of them, or `Unreadable`, where the answer has to be `whole`."""
        records = self.ido.http.records
        return (records.all if whole else records.readable)(self.entity, items, decode, key)

    def times(self, row: IdoWire, *others: IdoWire) -> RowTimes:
        """When a record was made and changed: made with `row`; changed when `row` or any of `others` was."""
        zone = self.section.zone
        changed = max(one.record_date for one in (row, *others))
        return {
            "created": row.create_date and row.create_date.replace(tzinfo=zone),
            "modified": changed.replace(tzinfo=zone),
        }

    def since(self, instant: datetime | None) -> str:
        return "" if instant is None else at_least("RecordDate", naive(instant, self.section.zone))

    def _equal(self, name: str, value: str) -> str:
        return equal(name, self.ido.key(name, value) if name in PADDED else value)


def key_in(row: Row, name: str) -> str:
    return str(row.get(name) or "").strip()


def naive(since: datetime, zone: tzinfo) -> datetime:
    """As the server's clock showed it. An hour earlier where that clock was put back or forward about then: in the
    hour it shows twice, what came later may be stamped with an earlier time."""
    local = since.astimezone(zone).replace(tzinfo=None)
    before, after = (since - _AROUND).astimezone(zone), (since + _AROUND).astimezone(zone)
    return local if before.utcoffset() == after.utcoffset() else local - _REPEATED


def _is(record: Record, field: str, value: str) -> bool:
    """References exactly, all else in any case. A field that no record has is compared by SyteLine alone."""
    kept = getattr(record, field, value)
    kept = kept.isoformat() if hasattr(kept, "isoformat") else str(kept)
    return kept == value if field == "reference" else kept.casefold() == value.casefold()
