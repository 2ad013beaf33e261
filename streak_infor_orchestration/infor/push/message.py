"""A message as its product is shown it, whatever it came as."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Record = Mapping[str, tuple[str, ...]]
"""Values by the path of their names, `salesorder/salesorderheader/documentid/id`, in small letters."""


class Hint(NamedTuple):
    """A record to look at, by the key the port knows it by."""

    entity: Literal["order", "invoice"]
    key: str


@dataclass(frozen=True)
class PushMessage:
    """`name` is what its sender calls it: a BOD's noun, a table, an IDO, an event; "" where it says nothing."""

    name: str
    records: tuple[Record, ...]


Hints = Callable[[PushMessage], tuple[Hint, ...] | None]
"""A product's reading of a message: the records it names; none where it should name one and does not; None where it
concerns neither orders nor invoices. Raises nothing."""


class NotUnderstood(Exception):
    """A message that cannot be read. Its text says how it is built, and holds no value of it."""


def named(record: Record, *names: str) -> Iterator[str]:
    """The values that stand under one of the names, wherever in the record; a name may be a part of a path. Without
    the blanks around them, which fill up a field; empty ones are left out."""
    wanted = tuple(name.lower() for name in names)
    for path, values in record.items():
        if any(path == name or path.endswith(f"/{name}") for name in wanted):
            yield from filter(None, (value.strip() for value in values))
