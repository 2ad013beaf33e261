"""What no change list ever told: orders and invoices that the ERP shows in another version than was looked at last.

A change may become visible long after the time it is stamped with, when its list was read far beyond that. So every
night all of them are read again, and compared with what the looks have had before them.
"""

from collections.abc import Iterator, Sequence

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.sync.ports.ports import Ports


def late(ports: Ports) -> tuple[str, ...]:
    """The deals to look at, each once. A page of the ERP's lists at a time in memory. Raises what the port raises."""
    found: dict[str, None] = {}
    for page in ports.erp.records("sales_orders"):
        found.update(
            dict.fromkeys(_orders([order for order in page if isinstance(order, SalesOrder)], ports))
        )
    for page in ports.erp.records("invoices"):
        found.update(dict.fromkeys(_invoices([one for one in page if isinstance(one, Invoice)], ports)))
    return tuple(found)


def _orders(orders: Sequence[SalesOrder], ports: Ports) -> Iterator[str]:
    numbers = [order.id for order in orders]
    ours, seen = ports.store.links.streak_keys("order", numbers), ports.store.links.seen("order", numbers)
    for order in orders:
        if order.id in ours and order.stamp != seen[order.id]:
            yield ours[order.id]


def _invoices(invoices: Sequence[Invoice], ports: Ports) -> Iterator[str]:
    """Also one that nobody knew of, of an order of ours."""
    ours = ports.store.links.streak_keys("order", {invoice.order_id for invoice in invoices})
    seen = ports.store.invoices.seen([invoice.id for invoice in invoices])
    for invoice in invoices:
        if invoice.order_id in ours and invoice.stamp != seen.get(invoice.id):
            yield ours[invoice.order_id]
