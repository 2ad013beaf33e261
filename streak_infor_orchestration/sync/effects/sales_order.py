"""A sales order: one per deal and generation, for ever; a cancelled one is not made again."""

from collections.abc import Mapping
from typing import Any

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.money import line_total, plain
from streak_infor_orchestration.domain.order import Line, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.reference import SALTS
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.effects import remains
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Done, Once, Seen
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("deal:{}:sales_order:{}")


def order_key(box_key: str, generation: int = 1) -> str:
    return _KEY.of(box_key, str(generation))


def make_sales_order(
    writes: Writes, claim: Claimed, draft: OrderDraft, generation: int = 1
) -> Done[SalesOrder]:
    draft = _addressed(writes.ports, claim.key, draft, generation)
    return writes.once.do(claim, _once(writes.ports, claim.key, draft, generation))


def order_differs(order: SalesOrder, draft: OrderDraft) -> str:
    """How `order` differs from what was asked for: customer, currency, lines, total. "" when it does not."""
    if order.customer_id != draft.customer_id:
        return f"is for customer {order.customer_id}, not {draft.customer_id}"
    if order.currency != draft.currency:
        return f"is in {order.currency}, not {draft.currency}"
    if order.total != draft.total:
        return f"comes to {plain(order.total)}, not {plain(draft.total)} {draft.currency}"
    theirs = sorted(_line_key(line, order.currency) for line in order.lines)
    ours = sorted(_line_key(line, draft.currency) for line in draft.lines)
    return "" if theirs == ours else "has other lines"


def _line_key(line: Line, currency: str) -> tuple[str, str, str]:
    total = line_total(line.quantity, line.price, line.discount, currency)
    return (line.sku, plain(line.quantity.normalize()), plain(total))


def _addressed(ports: Ports, box_key: str, draft: OrderDraft, generation: int) -> OrderDraft:
    """With the references it will be found by. A short one that is another deal's makes way for the next."""
    second = ports.second_reference(box_key, generation)
    if not second:
        return draft
    begun = ports.store.effects.get(order_key(box_key, generation))
    if begun is not None:  # what was chosen then stays
        return OrderDraft.model_validate({**draft.model_dump(), **_references(begun.body)})
    ours = draft.model_copy(update={"second_reference": second})
    for candidate in _candidates(ports, box_key, ours, generation):
        taken = ports.erp.find_order(candidate.reference, candidate).orders
        if all(order.second_reference == second for order in taken):
            return candidate
    raise Conflict(
        "every external reference this deal could have is another deal's in the ERP",
        code=DealCode.NO_REFERENCE,
    )


def _references(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("reference", "second_reference")}


def _candidates(ports: Ports, box_key: str, draft: OrderDraft, generation: int) -> list[OrderDraft]:
    """The same request under each reference it may carry."""
    if not draft.second_reference:
        return [draft]
    references = dict.fromkeys(ports.reference(box_key, salt, generation) for salt in SALTS)
    return [draft.model_copy(update={"reference": name}) for name in references]


def _once(ports: Ports, box_key: str, draft: OrderDraft, generation: int) -> Once[SalesOrder]:
    def probe() -> Seen[SalesOrder]:
        looks = [ports.erp.find_order(c.reference, c) for c in _candidates(ports, box_key, draft, generation)]
        found = tuple(o for f in looks for o in f.orders if o.second_reference == draft.second_reference)
        standing = tuple(order for order in found if order.status is not OrderStatus.CANCELLED)
        # a person settles a doubt by cancelling one of two; a cancelled one alone is still the deal's
        return Seen(standing or found, next((f.steps for f in looks if f.steps), {}))

    return Once(
        key=order_key(box_key, generation),
        shape="create",
        subject=box_key,
        body=draft.model_dump(mode="json"),
        model=SalesOrder,
        call=lambda steps: ports.erp.create_order(draft, steps),
        probe=probe,
        identify=lambda order: order.id,
        differs=lambda order, body: order_differs(order, OrderDraft.model_validate(body)),
        link=lambda order: Link("order", box_key, order.id, seen=order.stamp),
        settle_seconds=ports.erp.traits.settle_seconds,
        probe_first=ports.config.erp.probe_before_create,
    )


def _begun(ports: Ports, effect: Effect, _parts: tuple[str, ...]) -> Once[SalesOrder]:
    return _once(ports, effect.subject, OrderDraft.model_validate(effect.body), effect.generation)


def _remains(effect: Effect) -> remains.Remains:
    return remains.order(effect.body), remains.order(effect.result)


KIND = KindOfWrite(_KEY, _begun, remains=_remains)
