"""The plainest way for a message to name a record: by the fields that hold its number."""

from collections.abc import Iterator, Sequence

from streak_infor_orchestration.infor.push.message import Hint, PushMessage, Record, named


def by_fields(message: PushMessage, orders: Sequence[str], invoice: Sequence[str]) -> tuple[Hint, ...]:
    """The orders that its records name by any of the fields `orders`; of a record that names none the invoice, whose
    key is the values of all fields `invoice` with strokes between them. To look at an order is to look at its invoices,
    so that is the better hint."""
    return tuple(hint for record in message.records for hint in _of(record, orders, invoice))


def _of(record: Record, orders: Sequence[str], invoice: Sequence[str]) -> Iterator[Hint]:
    numbers = list(named(record, *orders))
    yield from (Hint("order", number) for number in numbers)
    parts = [next(named(record, name), "") for name in invoice]
    if not numbers and parts and all(parts):
        yield Hint("invoice", "/".join(parts))
