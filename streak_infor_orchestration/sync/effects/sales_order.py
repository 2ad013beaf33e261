"""A sales order: one per deal and generation, for ever; a cancelled one is not made again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.order import OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.reference import SALTS
from streak_infor_orchestration.infor.port import Found
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects import remains
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.order_differs import order_differs
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("deal:{}:sales_order:{}")


def order_key(box_key: str, generation: int = 1) -> str:
    return _KEY.of(box_key, str(generation))


def make_sales_order(
    writes: Writes, claim: Claimed, draft: OrderDraft, generation: int = 1
) -> Done[SalesOrder]:
    draft, looks = _addressed(writes.ports, claim.key, draft, generation)
    return writes.once.do(claim, _once(writes.ports, claim.key, draft, generation, looks))


def is_order_under_way(order_id: str, references: frozenset[str], store: Store) -> bool:
    """Whether an order that was asked for, and of which nobody knows yet what became, may be this one: it bears one of
    its references, or came out of one of its steps."""
    return any(
        order_id in effect.steps.values() or references & set(_references(effect.body).values())
        for effect in store.effects.unsettled()
        if _KEY.parts(effect.key) is not None and effect.state != "confirmed"
    )


def left_half_made(writes: Writes, box_key: str, generation: int = 1) -> str:
    """What the ERP calls the order that was begun for a deal which asks for none any more; "" where there is none. One
    that became an order meanwhile is linked. Raises `Later`, `Held` or `Conflict`."""
    effect = writes.ports.store.effects.get(order_key(box_key, generation))
    if effect is None or not effect.steps:
        return ""
    steps = writes.once.left_half_made(_begun(writes.ports, effect, ()))
    return next((name for name in steps.values() if name), "unnumbered") if steps else ""


def _addressed(
    ports: Ports, box_key: str, draft: OrderDraft, generation: int
) -> tuple[OrderDraft, dict[str, Found]]:
    """With the references it will be found by: a short one that is another deal's makes way for the next. And what was
    found under those that were tried."""
    second = ports.second_reference(box_key, generation)
    if not second:
        return draft, {}
    begun = ports.store.effects.get(order_key(box_key, generation))
    if begun is not None and begun.sent_at is not None:  # the references chosen when it was sent stay
        return OrderDraft.model_validate({**draft.model_dump(), **_references(begun.body)}), {}
    ours = draft.model_copy(update={"second_reference": second})
    looks: dict[str, Found] = {}
    for candidate in _candidates(ports, box_key, ours, generation):
        looks[candidate.reference] = found = ports.erp.find_order(candidate.reference, candidate)
        under = (order for order in found.orders if order.reference == candidate.reference)
        if all(order.second_reference == second for order in under):
            return candidate, looks
    raise Conflict(
        "every external reference this deal could have is another deal's in the ERP",
        code=DealCode.NO_REFERENCE,
    )


def _references(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body.get(name, "") for name in ("reference", "second_reference")}


def _candidates(ports: Ports, box_key: str, draft: OrderDraft, generation: int) -> list[OrderDraft]:
    """The same request under each reference it may carry."""
    if not draft.second_reference:
        return [draft]
    references = dict.fromkeys(ports.reference(box_key, salt, generation) for salt in SALTS)
    return [draft.model_copy(update={"reference": name}) for name in references]


def _once(
    ports: Ports,
    box_key: str,
    draft: OrderDraft,
    generation: int,
    looks: Mapping[str, Found] | None = None,
) -> Once[SalesOrder]:
    """`looks`: what was found just now, under some of the references it may carry."""

    def probe(
        body: Body, _since: datetime | None, known: Mapping[str, Found] | None = None
    ) -> Seen[SalesOrder]:
        request, known = OrderDraft.model_validate(body), known or {}
        places = _candidates(ports, box_key, request, generation)
        if ports.erp.traits.finds_by_second_reference:
            places = [place for place in places if place.reference == request.reference]
        found = [known.get(at.reference) or ports.erp.find_order(at.reference, at) for at in places]
        return _seen(found, request)

    return Once(
        key=order_key(box_key, generation),
        shape="create",
        subject=box_key,
        body=draft.model_dump(mode="json"),
        model=SalesOrder,
        call=lambda body, steps: ports.erp.create_order(OrderDraft.model_validate(body), steps),
        probe=probe,
        seen=probe(draft.model_dump(mode="json"), None, looks) if looks else None,
        identify=lambda order: order.id,
        differs=lambda order, body: order_differs(
            order, OrderDraft.model_validate(body), ports.erp.traits.tax
        ),
        link=lambda order: Link("order", box_key, order.id, seen=order.stamp),
        settle_seconds=ports.erp.traits.settle_seconds,
        probe_first=ports.config.erp.probe_before_create,
    )


def _seen(found: Iterable[Found], request: OrderDraft) -> Seen[SalesOrder]:
    looks = list(found)
    orders = {
        o.id: o for look in looks for o in look.orders if o.second_reference == request.second_reference
    }
    standing = tuple(order for order in orders.values() if order.status is not OrderStatus.CANCELLED)
    return Seen(
        # of two orders a person cancels one, and the other is meant; an only order is meant even if it is cancelled
        standing or tuple(orders.values()),
        next((look.steps for look in looks if look.steps), {}),
        held=next((look.held for look in looks if look.held), ""),
        foreign=tuple(name for look in looks for name in look.foreign),
    )


def _begun(ports: Ports, effect: Effect, _parts: tuple[str, ...]) -> Once[SalesOrder]:
    return _once(ports, effect.subject, OrderDraft.model_validate(effect.body), effect.generation)


def _remains(effect: Effect) -> remains.Remains:
    return remains.order(effect.body), remains.order(effect.result)


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
