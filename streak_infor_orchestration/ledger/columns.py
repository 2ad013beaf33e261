"""Column types that mean the same in SQLite and Postgres."""

from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, SmallInteger, TypeDecorator, case

T = TypeVar("T")

UNKNOWN = "unknown"
LANES = ("live", "manual", "bulk", UNKNOWN)
"""Most urgent first; a lane is stored as its place in this row, so an index keeps the order of claiming."""


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC, to the microsecond. SQLite keeps it as text that sorts like the time it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Lane(TypeDecorator[str]):
    """One of `LANES`."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else LANES.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else LANES[value]


def document() -> JSON:
    """A JSON document; an absent one is NULL, not the JSON word `null`."""
    return JSON(none_as_null=True)


def greater(a: ColumnElement[T], b: ColumnElement[T]) -> ColumnElement[T]:
    """max(a, b) in SQLite, greatest(a, b) in Postgres; neither may be NULL."""
    return case((a > b, a), else_=b)


def lesser(a: ColumnElement[T], b: ColumnElement[T]) -> ColumnElement[T]:
    return case((a < b, a), else_=b)
