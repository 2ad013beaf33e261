"""Orders of the ERP that no deal has: what becomes of them is found out once our own writes had time to be known."""

from datetime import timedelta

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.ports.ports import Ports


def unlinked(order_id: str, ports: Ports) -> list[Event]:
    """None where such orders are left alone. Until the settle time is over it may be one of ours that we have not been
    told of yet, or one that somebody is typing."""
    if ports.config.orders.by_hand == "ignore":
        return []
    later = ports.clock.now() + timedelta(seconds=ports.erp.traits.settle_seconds)
    return [Event("erp", "UNLINKED", Kind.UNLINKED_ORDER, order_id, due_at=later)]
