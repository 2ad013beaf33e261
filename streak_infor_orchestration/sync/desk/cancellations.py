"""A person says of orders that would be cancelled, many at once, whether that is meant."""

from collections.abc import Sequence

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.deals.cancelling import ALLOWED, CANCELLING, REFUSED, decision


def waiting(store: Store) -> list[Effect]:
    """The cancellations that nobody has decided about; the subject of each is its deal."""
    return [effect for effect in store.effects.wished(":cancel") if decision(effect.key, store) is None]


def decide(store: Store, orders: Sequence[str], *, allowed: bool, actor: str) -> list[Effect]:
    """Of these orders, or of all that wait; audited. Their deals are due at once, and with the last of them cancelling
    goes on. Raises Rejected for an order that does not wait."""
    effects = {effect.body["order"]: effect for effect in waiting(store)}
    unknown = [order for order in orders if order not in effects]
    if unknown:
        raise Rejected(
            f"nothing waits for order {unknown[0]}: streak-infor cancellations shows those that wait",
            code=DealCode.NOT_WAITING,
            value=unknown[0],
        )
    chosen = [effects[order] for order in orders or effects]
    for effect in chosen:
        store.audit.write(actor, ALLOWED if allowed else REFUSED, effect.key, {"deal": effect.subject})
    store.inbox.record(
        [Event("manual", "DECIDED", Kind.DEAL, effect.subject, lane="manual") for effect in chosen]
    )
    if not waiting(store):
        store.pauses.resume(CANCELLING)
    return chosen
