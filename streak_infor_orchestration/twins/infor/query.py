"""A list's query: limit, cursor, modifiedSince and the collection's filters. Contract, Collections."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from streak_infor_orchestration.twins.erp.problems import FieldError, invalid
from streak_infor_orchestration.twins.erp.values import Invalid, instant, wrong
from streak_infor_orchestration.twins.infor.contract import Collection
from streak_infor_orchestration.twins.infor.table import Position

DEFAULT_LIMIT = 100
LARGEST_LIMIT = 500


@dataclass
class Query:
    """``members`` are the record members to compare, ``since`` the least ModifiedAt ("" for all)."""

    members: dict[str, str] = field(default_factory=dict)
    since: str = ""
    after: Position | None = None
    limit: int = DEFAULT_LIMIT


def read_query(collection: Collection, parameters: Iterable[tuple[str, str]]) -> Query:
    """Raises 400 naming every parameter that is unknown, repeated or malformed."""
    query = Query()
    seen: set[str] = set()
    errors: list[FieldError] = []
    for name, value in parameters:
        try:
            if name in seen:
                raise wrong("repeated_query_parameter", "stands twice")
            seen.add(name)
            _read_parameter(query, collection, name, value)
        except Invalid as error:
            errors += [FieldError(name, e.code, e.message) for e in error.errors]
    if errors:
        raise invalid(*errors)
    return query


def _read_parameter(query: Query, collection: Collection, name: str, value: str) -> None:
    match name:
        case "limit":
            query.limit = _limit(value)
        case "cursor":
            query.after = read_cursor(value)
        case "modifiedSince":
            query.since = instant(value)
        case _:
            if name not in collection.filters:
                raise wrong("unknown_query_parameter", "is not a query parameter of this collection")
            by = collection.filters[name]
            query.members[by.member] = by.parse(value)


def _limit(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= LARGEST_LIMIT):
        raise wrong("range", f"must be 1 to {LARGEST_LIMIT}")
    return int(value)


def write_cursor(position: Position | None) -> str | None:
    if position is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def read_cursor(value: str) -> Position:
    try:
        modified, key = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except (binascii.Error, ValueError, TypeError) as error:
        raise wrong("format", "is not a cursor this server gave") from error
    return str(modified), str(key)
