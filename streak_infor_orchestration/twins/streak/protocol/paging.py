"""The paging of lists (§2.5, §4): zero-based ``page`` and ``limit``, arrays or ``{results, hasNextPage}``."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from streak_infor_orchestration.twins.streak.protocol.operation import Call
from streak_infor_orchestration.twins.streak.protocol.refused import bad_request

PAGE = ("page", "limit")
DEFAULT_LIMIT = 100


def whole_number(call: Call, name: str, default: int, least: int) -> int:
    """A query parameter as a number not below ``least``. Raises Refused."""
    text = call.query.get(name, str(default))
    if not text.isdecimal() or int(text) < least:
        raise bad_request(f"Invalid {name}", f"invalid_{name}")
    return int(text)


def page(call: Call, items: Iterable[Any], limit: int | None = None) -> tuple[list[Any], bool]:
    """The asked page of ``items`` and whether another follows; without any limit, all of them."""
    number = whole_number(call, "page", 0, 0)
    if limit is None and "limit" not in call.query:
        return (list(items), False) if number == 0 else ([], False)
    size = whole_number(call, "limit", limit or 0, 1)
    found = list(islice(items, number * size, (number + 1) * size + 1))
    return found[:size], len(found) > size


def wrapped(
    call: Call, items: Iterable[Any], limit: int | None = DEFAULT_LIMIT, most: int | None = None
) -> dict[str, Any]:
    """``most``: a ``limit`` above it is refused (assumed)."""
    if most is not None and whole_number(call, "limit", DEFAULT_LIMIT, 1) > most:
        raise bad_request("Invalid limit", "invalid_limit")
    results, more = page(call, items, limit)
    return {"results": results, "hasNextPage": more}
