"""Taking an order back in the ERP: where the policy says so, while the ERP allows it, and never many at once unasked.

A list that somebody emptied by mistake looks like many deals that were taken back. So above a few an hour cancelling
stops, as one incident, until a person has said of each order that waits whether it is meant.
"""

from datetime import timedelta

from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.cancellation import cancel_key, cancel_once, wish_cancellation
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Work

CANCELLING = "cancelling"
"""The name of the pause while it stops, and what the audit keeps cancellations under."""

FEW = 3
SHARE = 100
"""So many an hour need nobody's word: `FEW`, or one in `SHARE` of the open orders where that is more."""

_HOUR = timedelta(hours=1)
_ASK_AGAIN_SECONDS = 6 * 3600.0  # a decision makes the deal due at once
_DONE = "order cancelled"
ALLOWED, REFUSED = "cancellation allowed", "cancellation refused"
"""What the audit keeps a person's word under."""


def cancel(work: Work, order: SalesOrder, ports: Ports, writes: Writes) -> SalesOrder | None:
    """The order as it is then; None where a person said that it stays. Raises `Later` while somebody has to look,
    `Conflict` where the ERP no longer allows it."""
    key = cancel_key(order.id)
    decided = decision(key, ports.store)
    if decided == REFUSED:
        return None
    if decided is None and not _is_begun(key, ports.store) and not _has_room(work, order, ports):
        wish_cancellation(writes, work.claim, order)
        raise Later(_ASK_AGAIN_SECONDS, f"order {order.id} waits: streak-infor cancellations says for what")
    cancelled = cancel_once(writes, work.claim, order).record
    ports.store.links.saw("order", [(cancelled.id, cancelled.stamp, cancelled.is_over)])
    return cancelled


def decision(key: str, store: Store) -> str | None:
    """What a person said last."""
    said = [entry.action for entry in store.audit.of(key) if entry.action in (ALLOWED, REFUSED)]
    return said[0] if said else None


def _is_begun(key: str, store: Store) -> bool:
    effect = store.effects.get(key)
    return effect is not None and (effect.state != "planned" or effect.attempt > 0)


def _has_room(work: Work, order: SalesOrder, ports: Ports) -> bool:
    """One more this hour, which is then taken."""
    store = ports.store
    if store.pauses.state(CANCELLING) is not None:
        return False
    most = max(FEW, store.links.count_open("order") // SHARE)
    detail = {"order": order.id, "deal": work.claim.key}
    since = ports.clock.now() - _HOUR
    if store.audit.write_below(most, since, "policies.backwards", _DONE, CANCELLING, detail):
        return True
    store.pauses.pause(
        CANCELLING,
        f"more than {most} orders would be cancelled within an hour, as their deals were deleted, moved, lost or taken "
        "back. Look at them: streak-infor cancellations",
        None,
    )
    return False
