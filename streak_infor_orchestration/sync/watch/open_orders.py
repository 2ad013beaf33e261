"""Where the ERP keeps no list of changes: open orders are read again, the more rarely the longer they rest.

Each is compared with what it looked like the last time, so that one that changed and changed back is seen twice. What a
look at its deal has had before it, such as our own writes, is no news.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.rereads import OrderDue, OrderSeen
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.transport.deadline import within

EVERY = timedelta(minutes=1)
SHARE = 0.2
"""Of the calls that the ERP's limit allows; the rest is the deals'."""

CALLS_PER_ORDER = 2
"""At most: a product that reads key by key needs one for the order and one for its invoices."""

SETTLED_FOR = timedelta(days=90)
"""An order is still read again for so long after it was over, because finance corrects things later."""

_READ = "erp:reread"
_SOONEST, _OPEN_LATEST, _OVER_LATEST = timedelta(minutes=10), timedelta(hours=6), timedelta(days=1)
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_PORTION = 50
_UNLIMITED = 20.0  # calls a second that are reckoned with where nobody has set a limit
_SECONDS = 20.0


def reread_open(ports: Ports) -> int:
    """What is due by now, once a minute at most. Answers how many deals are to be looked at. Raises what the port
    raises; what was read until then is kept."""
    now, last = ports.clock.now(), ports.store.watermarks.get(_READ)
    if ports.erp.change_feeds or (last is not None and now - last < EVERY):
        return 0
    ports.store.watermarks.set(_READ, now)
    due = ports.store.rereads.due(_most(ports))
    changed = 0
    with within(_SECONDS):
        for first in range(0, len(due), _PORTION):
            changed += _portion(due[first : first + _PORTION], ports)
    return changed


def _most(ports: Ports) -> int:
    per_second = ports.config.limits.erp.per_second or _UNLIMITED
    return max(1, int(per_second * EVERY.total_seconds() * SHARE / CALLS_PER_ORDER))


def _portion(due: Sequence[OrderDue], ports: Ports) -> int:
    orders: dict[str, SalesOrder] = {}
    invoices: dict[str, dict[str, Invoice]] = {}
    for page in ports.erp.reread([one.erp_key for one in due]):
        for record in page:
            if isinstance(record, SalesOrder):
                orders[record.id] = record
            else:
                invoices.setdefault(record.order_id, {})[record.id] = record
    looked_at = _looked_at(orders, invoices, ports)
    now, seen, news = ports.clock.now(), list[OrderSeen](), list[Event]()
    for one in due:
        order, its = orders.get(one.erp_key), list(invoices.get(one.erp_key, {}).values())
        fingerprint = _fingerprint(order, its)
        changed = one.last is None or one.last.fingerprint != fingerprint
        if changed and not (one.erp_key in looked_at and _is_another_version(fingerprint, one.last)):
            news.append(Event("erp", "reread", Kind.DEAL, one.streak_key))
        since = now if changed or one.last is None else one.last.changed_at
        seen.append(OrderSeen(one.erp_key, fingerprint, since, _next(now, since, _is_over(order, its))))
    ports.store.saw_again(news, seen)
    return len(news)


def _looked_at(
    orders: dict[str, SalesOrder], invoices: dict[str, dict[str, Invoice]], ports: Ports
) -> frozenset[str]:
    """Those of the orders that a look has had before it in this very version, with all their invoices."""
    stamps = ports.store.links.seen("order", list(orders))
    issued = ports.store.invoices.seen([number for its in invoices.values() for number in its])
    return frozenset(
        key
        for key, order in orders.items()
        if stamps.get(key) == order.stamp
        and all(issued.get(one.id) == one.stamp for one in invoices.get(key, {}).values())
    )


def _fingerprint(order: SalesOrder | None, invoices: Sequence[Invoice]) -> str:
    """Of the versions of the records, as far as the ERP shows such, and of what they say."""
    if order is None:
        return "gone"
    ordered = sorted(invoices, key=lambda invoice: invoice.id)
    versions = (order.stamp, *(invoice.stamp for invoice in ordered))
    said = (
        (order.status, order.payment_status, order.total, order.freight),
        *(
            (line.number, line.sku, line.quantity.normalize(), line.total, line.delivered)
            for line in order.lines
        ),
        *((one.id, one.status, one.total, one.paid, one.balance) for one in ordered),
    )
    return f"{_digest(versions)}:{_digest(said)}"


def _digest(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:32]


def _is_another_version(fingerprint: str, last: OrderSeen | None) -> bool:
    return last is None or fingerprint.partition(":")[0] != last.fingerprint.partition(":")[0]


def _is_over(order: SalesOrder | None, invoices: Sequence[Invoice]) -> bool:
    """Whether nothing more is expected of the order: it is cancelled, or invoiced as a whole and paid."""
    if order is None or order.status is OrderStatus.CANCELLED:
        return True
    whole = order.status in (OrderStatus.INVOICED, OrderStatus.COMPLETED)
    invoiced = sum((invoice.total for invoice in invoices), Decimal(0))
    is_invoiced = bool(invoices) and (whole or invoiced >= order.total)
    return is_invoiced and all(invoice.balance <= 0 for invoice in invoices)


def _next(now: datetime, since: datetime, over: bool) -> datetime:
    """When the order is read next: after a tenth of the time for which it has been as it is."""
    rested = now - since
    if over and rested >= SETTLED_FOR:
        return _NEVER
    return now + min(_OVER_LATEST if over else _OPEN_LATEST, max(_SOONEST, rested / 10))
