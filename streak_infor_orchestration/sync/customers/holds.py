"""A customer's credit hold and its release are told on its open deals: each time, once."""

from datetime import timedelta

from streak_infor_orchestration.domain.credit_hold import hold_state
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports

HOLDS = frozenset({"customer.credit_hold", "customer.credit_released"})
"""What a comment may tell of it."""

_SOON = timedelta(seconds=2)


def note_hold(customer: Customer, ports: Ports) -> None:
    """Of a linked customer that was read by its key: not every list says who is on hold. The deals are due before the
    state is kept, and looked at after: who dies in between finds the change again."""
    link = ports.store.links.of_erp("customer", customer.id) if HOLDS & ports.mapping.tells_of else None
    if link is None:
        return
    now = ports.clock.now()
    state = hold_state(customer.credit_hold, link.told, now)
    if state != link.told:
        deals = _open_deals(customer.id, ports)
        ports.store.inbox.record(
            [Event("erp", "CREDIT_HOLD", Kind.DEAL, key, due_at=now + _SOON) for key in deals]
        )
        ports.store.links.note_told("customer", customer.id, state)


def _open_deals(customer_id: str, ports: Ports) -> list[str]:
    """Of whose orders more is expected; none where the ERP cannot be asked for a customer's orders."""
    try:
        pages = list(ports.erp.records("sales_orders", where={"customer_id": customer_id}))
    except Misconfigured:
        return []
    orders = [one.id for page in pages for one in page if isinstance(one, SalesOrder) and not one.is_over]
    return sorted(ports.store.links.streak_keys("order", orders).values())
