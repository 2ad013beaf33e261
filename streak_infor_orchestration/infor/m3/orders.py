"""Orders with what was paid of them: singly, in bulk, and all there are (Infor API contract, B.8)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.infor.m3 import customer_read, invoices, order_read
from streak_infor_orchestration.infor.m3.mi import BULK, Mi, MiCall
from streak_infor_orchestration.infor.m3.order_status import may_be_invoiced
from streak_infor_orchestration.infor.m3.values import Row, day, text

ENTITY = "sales_orders"
_LISTED = "ORNO ORDT CUOR PYRE YREF"


def read(mi: Mi, numbers: Iterable[str], *, all_of_them: bool = False) -> list[SalesOrder]:
    """Those that exist. M3 says nothing of payment on an order: where something of it is invoiced, its invoices are
    read. `all_of_them`: raises `Unreadable` for one that cannot be read, which is else left out."""
    return [order for order, _ in with_invoices(mi, numbers, all_of_them=all_of_them)]


def with_invoices(
    mi: Mi, numbers: Iterable[str], *, all_of_them: bool = False
) -> list[tuple[SalesOrder, tuple[Invoice, ...]]]:
    """The orders as `read` has them, each with its invoices."""
    found = order_read.read(mi, numbers)
    invoiced = [number for number, (_, lines) in found.items() if may_be_invoiced(order_read.statuses(lines))]
    issued: dict[str, list[Invoice]] = {}
    for invoice in invoices.read(mi, invoices.issued(mi, invoiced)):
        issued.setdefault(invoice.order_id, []).append(invoice)

    def decode(item: tuple[Row, tuple[Row, ...]]) -> tuple[SalesOrder, tuple[Invoice, ...]]:
        head, lines = item
        of_it = tuple(issued.get(text(head, "ORNO"), ()))
        status = invoices.payment_status(of_it)
        return order_read.order_of(mi.section, head, lines, status), of_it

    records = mi.http.records
    reading = records.all if all_of_them else records.readable
    return list(reading(ENTITY, list(found.values()), decode, lambda item: text(item[0], "ORNO")))


def find(mi: Mi, number: str) -> SalesOrder | None:
    """Raises `Unreadable` for one that is there and cannot be read."""
    return next(iter(read(mi, [number], all_of_them=True)), None)


def numbers(mi: Mi, entered_since: date | None = None) -> Iterator[list[str]]:
    """Of all orders since the configured day, or a later one, by customer: M3 lists orders by nothing else."""
    since = max(filter(None, (mi.section.history_since, entered_since)), default=None)
    for rows in _listed(mi):
        told = [(text(row, "ORNO"), day(row, "ORDT")) for row in rows]
        yield [number for number, on in told if since is None or on is None or on >= since]


def of_customer(mi: Mi, customer: str) -> list[str]:
    return [
        text(row, "ORNO")
        for row in mi.rows(order_read.PROGRAM, MiCall("LstHead", {"CUNO": customer}, _LISTED))
    ]


def references(mi: Mi) -> Iterator[tuple[str, str]]:
    """Our reference and the number of every order that has one."""
    for rows in _listed(mi):
        told = ((text(row, mi.section.reference_field), text(row, "ORNO")) for row in rows)
        yield from ((reference, number) for reference, number in told if reference)


def _listed(mi: Mi) -> Iterator[Sequence[Row]]:
    """Orders of as many customers as a call takes, a portion at a time."""
    for page in customer_read.numbers(mi):
        customers = [text(row, "CUNO") for row in page]
        for start in range(0, len(customers), BULK):
            calls = [MiCall("LstHead", {"CUNO": one}, _LISTED) for one in customers[start : start + BULK]]
            yield [row for rows in mi.all(order_read.PROGRAM, calls) for row in rows]
