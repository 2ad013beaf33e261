"""What no change list ever told: orders and invoices that the ERP shows in another version than was looked at last.

A change may become visible long after the time it is stamped with, when its list was read far beyond that. So every
night all of ours are read again, and compared with what the looks have had before them.
"""

from collections.abc import Iterator, Sequence

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.sync.ports.ports import Ports


def late(ports: Ports) -> tuple[str, ...]:
    """The deals to look at, each once. As much at a time in memory as the port shows at once. Raises what it raises."""
    linked = {link.erp_key for link in ports.store.links.all("order")}
    found: dict[str, None] = {}
    for page in ports.erp.reread(linked):
        orders = [record for record in page if isinstance(record, SalesOrder)]
        invoices = [record for record in page if isinstance(record, Invoice)]
        found.update(dict.fromkeys([*_orders(orders, ports), *_invoices(invoices, ports)]))
    return tuple(found)


def _orders(orders: Sequence[SalesOrder], ports: Ports) -> Iterator[str]:
    numbers = [order.id for order in orders]
    ours, seen = ports.store.links.streak_keys("order", numbers), ports.store.links.seen("order", numbers)
    for order in orders:
        if order.id in ours and order.stamp != seen[order.id]:
            yield ours[order.id]


def _invoices(invoices: Sequence[Invoice], ports: Ports) -> Iterator[str]:
    """The deals of invoices in another version than was looked at last, or that nobody knew of."""
    ours = ports.store.links.streak_keys("order", {invoice.order_id for invoice in invoices})
    seen = ports.store.invoices.seen([invoice.id for invoice in invoices])
    for invoice in invoices:
        if invoice.order_id in ours and invoice.stamp != seen.get(invoice.id):
            yield ours[invoice.order_id]
