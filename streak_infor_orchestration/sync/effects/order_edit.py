"""What was edited on a deal after its order was made, written to the order."""

from datetime import datetime

from streak_infor_orchestration.domain.order import OrderChanges, OrderDraft, SalesOrder
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects import remains
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.sets import Wanted
from streak_infor_orchestration.sync.effects.writes import Writes

_KEY = Key("order:{}:edit")


def order_edit_key(order_id: str) -> str:
    return _KEY.of(order_id)


def edit_order(
    writes: Writes,
    claim: Claimed,
    order: SalesOrder,
    changes: OrderChanges,
    *,
    before: OrderDraft,
    after: OrderDraft,
) -> SalesOrder:
    """`before` and `after` are what the deal had us write and has us write now. Answers the order as the ERP has it
    then; raises `Stale` if it changed since it was read."""
    erp = writes.ports.erp
    wanted = Wanted(
        key=order_edit_key(order.id),
        body={
            "before": before.model_dump(mode="json"),
            "after": after.model_dump(mode="json"),
            "changes": changes.model_dump(mode="json", exclude_unset=True),
        },
        call=lambda: erp.update_order(order, changes),
        version=lambda answered: answered.version,
        settle_seconds=erp.traits.settle_seconds,
        kept=lambda answered: {"order": answered.model_dump(mode="json")},
    )
    return writes.latest.write(claim, wanted)


def order_edit_stands(writes: Writes, order: SalesOrder) -> None:
    """The ERP shows what an unanswered edit wanted: nothing is left to change."""
    writes.latest.stands(order_edit_key(order.id), order.version, {"order": order.model_dump(mode="json")})


def order_edit_lapses(writes: Writes, order: SalesOrder) -> datetime | None:
    """The ERP does not show what an unanswered edit wanted, and it comes too late. When the doubt is over, None where
    it is."""
    return writes.latest.lapse(order_edit_key(order.id))


def _remains(effect: Effect) -> remains.Remains:
    """What the deal had us write before and after it, and the order as it was then."""
    body, result = effect.body, effect.result or {}
    edit = {"before": remains.order(body["before"]), "after": remains.order(body["after"]), "changes": {}}
    return edit, {name: remains.order(it) if name == "order" else it for name, it in result.items()}


KIND = KindOfWrite(_KEY, remains=_remains)
