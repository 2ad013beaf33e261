"""Changes of ours in the ERP that its messages should have told, and that our own looking found: push is broken then,
and nobody would notice, because everything still comes, later.
"""

from datetime import UTC, datetime, timedelta

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports

UNTOLD = ("push", "UNTOLD")
"""Source and name of what is kept of one."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""A change is stamped by the ERP's clock, a message by ours."""
LONGEST = timedelta(days=1)
"""A change whose time nobody knows may have been told by any message of so long before it was found."""

_WATERMARK = "push:judged"
_LATE = "LATE"


def untold(ports: Ports) -> tuple[str, ...]:
    """The deals of what was found since the last time, and had its time to be told; none where the ERP is not set up to
    tell. From the ledger alone."""
    store, push = ports.store, ports.config.erp.push
    if push is None:
        return ()
    until = ports.clock.now() - timedelta(seconds=push.within_seconds)
    since = store.watermarks.get(_WATERMARK) or until
    changed = _changed(ports, max(since, until - LONGEST), until)
    deals = store.links.streak_keys("order", list(changed))
    silent = [order for order in sorted(deals) if not _told(ports, order, changed[order])]
    found = tuple(deals[order] for order in silent)
    source, name = UNTOLD
    store.inbox.note([Event(source, name, Kind.DEAL, key) for key in found])
    store.watermarks.set(_WATERMARK, until)
    return found


def _changed(ports: Ports, since: datetime, until: datetime) -> dict[str, datetime]:
    """By order: when it, or an invoice of it, changed last, of what looking found."""
    changed: dict[str, datetime] = {}
    for event in ports.store.inbox.logged("erp", (Kind.ERP_ORDER, Kind.ERP_INVOICE), since, until):
        of_invoice = event.kind == Kind.ERP_INVOICE
        order = ports.store.invoices.order_of(event.key) if of_invoice else event.key
        # without a version nothing had changed: a record that could not be read can be read again
        if order and event.version:
            at = datetime.fromtimestamp(event.version / 1000, UTC)
            changed[order] = max(at, changed.get(order, at))
    late = [e for e in ports.store.inbox.logged("sweep", (Kind.DEAL,), since, until) if e.name == _LATE]
    orders = ports.store.links.erp_keys("order", [event.key for event in late])
    for event in late:
        if event.key in orders:
            changed.setdefault(orders[event.key], event.at - LONGEST)
    return changed


def _told(ports: Ports, order: str, changed: datetime) -> bool:
    """By a message about the order, or about an invoice of it."""
    store = ports.store
    invoices = [(Kind.ERP_INVOICE, invoice.invoice_id) for invoice in store.invoices.of(order)]
    return any(
        event.source == UNTOLD[0] and event.at >= changed - CLOCKS_DIFFER
        for kind, key in [(Kind.ERP_ORDER, order), *invoices]
        for event in store.inbox.events(kind, key, limit=200)
    )
