"""What a BOD names (Infor API contract E.5): the document's own number, and the orders it refers to.

Which product publishes which noun, and what it writes into them, has to be read in the tenant's ION Desk. What is taken
here is where BODs of all nouns have their number, and no more.
"""

from collections.abc import Iterator

from streak_infor_orchestration.infor.push.message import Hint, PushMessage, Record, named

ORDERS = ("SalesOrder",)
INVOICES = ("Invoice", "SalesInvoice", "CustomerInvoice", "Receivable", "ReceivableTransaction")
DELIVERIES = ("Shipment", "AdvanceShipNotice")
"""The nouns that concern us."""


def is_bod(message: PushMessage) -> bool:
    return any("documentid/id" in path for record in message.records for path in record)


def bod_hints(message: PushMessage, *, invoices: bool) -> tuple[Hint, ...] | None:
    """`invoices`: their number in a BOD is the key that the port knows them by; else only the orders that an invoice's
    BOD refers to are named. None for another noun."""
    if message.name not in (*ORDERS, *INVOICES, *DELIVERIES):
        return None
    return tuple(hint for record in message.records for hint in _of(message.name, record, invoices=invoices))


def _of(noun: str, record: Record, *, invoices: bool) -> Iterator[Hint]:
    own = [
        value
        for path in (f"{noun}Header/DocumentID/ID", f"{noun}/DocumentID/ID")
        for value in record.get(f"{noun}/{path}".lower(), record.get(path.lower(), ()))
    ]
    orders = [*(own if noun in ORDERS else ()), *named(record, "SalesOrderReference/DocumentID/ID")]
    yield from (Hint("order", number.strip()) for number in orders)
    if noun in INVOICES and invoices and not orders:
        yield from (Hint("invoice", number.strip()) for number in own)
