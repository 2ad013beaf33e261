"""A deal that is accepted again after its order was cancelled. A cancelled order is never made again by itself: the
policy says whether a new one is made, or a person is asked.

That the deal had gone back is known for certain where a look has seen it so, or where the cancellation was ours. A
stage that only changed later than the cancelled order is a reason to ask, not to order.
"""

from dataclasses import replace
from datetime import datetime

from streak_infor_orchestration.domain.deal import Deal, Milestone, Problem
from streak_infor_orchestration.domain.model import UNSTAMPED
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.reference import GENERATIONS
from streak_infor_orchestration.sync.deals.next_order import open_next
from streak_infor_orchestration.sync.effects.cancellation import cancel_key
from streak_infor_orchestration.sync.effects.sales_order import order_key
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_BACK = "deal taken back"
LEFT = "left without an order"
"""What the audit keeps a person's word under, that no other order is wanted."""

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
            ports.store.audit.write("streak-infor", _BACK, audited_as(order), {"deal": deal.key})
        return work
    went_back = said == _BACK or (said is None and _we_cancelled(order, ports))
    if said == LEFT or not (went_back or _changed_since(work, order)):
        return work
    if not went_back and deal.milestone is Milestone.INVOICE:
        # it was won after its order was cancelled: the phase of invoices tells that there is none
        return work
    may = ports.config.policies.reaccepted == "new_order" and work.generation + 1 in GENERATIONS
    if not (may and went_back):
        return work.stop(_question(deal, order))
    if work.claim.token:
        open_next(deal.key, order, work.generation, _BY_POLICY, ports)
    return work.did(
        f"a new order after {order.id}, which is cancelled",
        generation=work.generation + 1,
        order_id="",
        order=None,
        invoices=(),
    )


def _last_word(order: SalesOrder, ports: Ports) -> str | None:
    said = [entry.action for entry in ports.store.audit.of(audited_as(order))]
    return next((action for action in said if action in (_BACK, LEFT)), None)


def audited_as(order: SalesOrder) -> str:
    """Of what the audit keeps about an order."""
    return f"order:{order.id}"


def _we_cancelled(order: SalesOrder, ports: Ports) -> bool:
    """Whether the cancellation was ours: we cancel an order only when its deal wants none any more."""
    effect = ports.store.effects.get(cancel_key(order.id))
    return effect is not None and effect.state == "confirmed"


def _changed_since(work: Work, order: SalesOrder) -> bool:
    changed: datetime | None = work.box.stage_changed if work.box else None
    return changed is not None and order.modified > UNSTAMPED and changed > order.modified


def _question(deal: Deal, order: SalesOrder) -> Verdict:
    problem = Problem(
        code=DealCode.REACCEPTED,
        message=f"The deal is at {deal.stage!r} again, but its order {order.id} was cancelled.",
        field="Order",
        value=order.id,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))
