"""A deal that is accepted again after its order was cancelled. A cancelled order is never made again by itself: the
policy says whether a new one is made, or a person is asked.

That the deal had gone back is known for certain where a look has seen it so, or where the cancellation was ours. A
stage that only changed later than the cancelled order is a reason to ask, not to order.
"""

from dataclasses import replace
from datetime import datetime

from streak_infor_orchestration.domain.deal import Deal, Milestone, Problem
from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.model import UNSTAMPED
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.reference import GENERATIONS
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.effects.writes import cancel_key, order_key
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_BACK, _LEFT = "deal taken back", "left without an order"
_BY_POLICY = "policies.reaccepted"


def accepted_again(work: Work, ports: Ports) -> Work:
    """A deal that was read with its order. With a new generation it is a deal without an order once more, and is told
    why; by every look, so that who died in between tells nothing less."""
    work = _decided(work, ports)
    before = (
        ports.store.effects.get(order_key(work.claim.key, work.generation - 1))
        if work.generation > 1
        else None
    )
    if before is None:
        return work
    text = f"Order {before.external_id} was cancelled; the deal was accepted again and gets a new order."
    return replace(work, remarks=(*work.remarks, (f"reaccepted:{before.external_id}", text)))


def _decided(work: Work, ports: Ports) -> Work:
    deal, order = work.deal, work.order
    if deal is None or order is None or order.status != OrderStatus.CANCELLED:
        return work
    said = _last_word(order, ports)
    if not deal.milestone.wants_order:
        if work.claim.token and said != _BACK:
            ports.store.audit.write("streak-infor", _BACK, _subject(order), {"deal": deal.key})
        return work
    went_back = said == _BACK or (said is None and _we_cancelled(order, ports))
    if said == _LEFT or not (went_back or _changed_since(work, order)):
        return work
    if not went_back and deal.milestone is Milestone.INVOICE:
        return work  # it was won meanwhile: that it is not invoiced is told where invoices are made
    may = ports.config.policies.reaccepted == "new_order" and work.generation + 1 in GENERATIONS
    if not (may and went_back):
        return work.stop(_question(deal, order))
    if work.claim.token:
        _open(deal.key, order, work.generation, _BY_POLICY, ports)
    return work.did(
        f"a new order after {order.id}, which is cancelled",
        generation=work.generation + 1,
        order_id="",
        order=None,
        invoices=(),
    )


def reorder(box_key: str, *, by: str, ports: Ports) -> str:
    """A person's word: a new order for a deal whose order is cancelled. Audited; the deal is due at once. Answers the
    number of the cancelled one. Raises Rejected where there is none, or too many were made already."""
    order = _cancelled(box_key, ports)
    generation = ports.generation_of(box_key, order)
    if generation + 1 not in GENERATIONS:
        raise Rejected(
            f"deal {box_key} has had {generation} orders; start a new deal for another one",
            code="too_many_orders",
            value=box_key,
        )
    _open(box_key, order, generation, by, ports)
    _due(box_key, ports)
    return order.id


def leave(box_key: str, *, by: str, ports: Ports) -> str:
    """A person's word: the deal stays without an order, until it goes back and is accepted once more. As `reorder`."""
    order = _cancelled(box_key, ports)
    ports.store.audit.write(by, _LEFT, _subject(order), {"deal": box_key})
    _due(box_key, ports)
    return order.id


def _cancelled(box_key: str, ports: Ports) -> SalesOrder:
    number = ports.store.links.erp_key("order", box_key)
    order = ports.erp.order(number) if number else None
    if order is None or order.status != OrderStatus.CANCELLED:
        has = f"has order {order.id}, which is {order.status}" if order else "has no order in the ERP"
        raise Rejected(
            f"deal {box_key} {has}: only a cancelled order is followed by a new one",
            code="no_cancelled_order",
        )
    return order


def _open(box_key: str, order: SalesOrder, generation: int, by: str, ports: Ports) -> None:
    """The next order of the deal: the link to the cancelled one ends with it. Nothing happens if it is open already."""
    key, effects = order_key(box_key, generation), ports.store.effects
    made = effects.get(key) or _adopted(key, box_key, order, ports)
    if made.generation != generation or made.state not in ("confirmed", "failed"):
        raise Rejected(
            f"order {order.id} of deal {box_key} is still in doubt; try again later", code="in_doubt"
        )
    effects.open_generation(made, by=by, link=Link("order", box_key, order.id))


def _adopted(key: str, box_key: str, order: SalesOrder, ports: Ports) -> Effect:
    """The row of an order that was found by its reference after the ledger was lost."""
    generation = int(key.rpartition(":")[2])
    row = ports.store.effects.plan(key, shape="create", body={}, subject=box_key, generation=generation)
    result = order.model_dump(mode="json")
    return ports.store.effects.confirm(row, external_id=order.id, result=result) or row


def _last_word(order: SalesOrder, ports: Ports) -> str | None:
    said = [entry.action for entry in ports.store.audit.of(_subject(order))]
    return next((action for action in said if action in (_BACK, _LEFT)), None)


def _subject(order: SalesOrder) -> str:
    return f"order:{order.id}"


def _we_cancelled(order: SalesOrder, ports: Ports) -> bool:
    """Which we do only for a deal that wants no order."""
    effect = ports.store.effects.get(cancel_key(order.id))
    return effect is not None and effect.state == "confirmed"


def _changed_since(work: Work, order: SalesOrder) -> bool:
    changed: datetime | None = work.box.stage_changed if work.box else None
    return changed is not None and order.modified > UNSTAMPED and changed > order.modified


def _due(box_key: str, ports: Ports) -> None:
    ports.store.inbox.record([Event("manual", "DECIDED", "deal", box_key, lane="manual")])


def _question(deal: Deal, order: SalesOrder) -> Verdict:
    problem = Problem(
        code="reaccepted",
        message=f"The deal is at {deal.stage!r} again, but its order {order.id} was cancelled.",
        field="Order",
        value=order.id,
        fix="If a new order is wanted, ask your administrator for it (streak-infor reorder, with the deal's key); if "
        "not, move the deal back or to lost.",
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))
