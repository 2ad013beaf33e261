"""Phases 4 and 5 of a deal: what should be ordered, and the order itself."""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Problem
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderDraft, OrderStatus
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.stock import shortages
from streak_infor_orchestration.sync.deals.cancelling import cancel
from streak_infor_orchestration.sync.deals.edits import carry_over, edited
from streak_infor_orchestration.sync.deals.facts import facts
from streak_infor_orchestration.sync.deals.left_half_made import left_behind
from streak_infor_orchestration.sync.effects.order_differs import order_differs
from streak_infor_orchestration.sync.effects.sales_order import make_sales_order
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.outcome import named_anew
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work


def build_order(work: Work, ports: Ports, _writes: Writes) -> Work:
    """The draft of an order that is not there yet."""
    deal = work.deal
    assert deal is not None
    if not deal.milestone.wants_order or work.order is not None or not work.customer_id:
        return work
    draft = ports.mapping.order(deal, facts(work, deal, work.customer_id, ports))
    if isinstance(draft, Problems):
        work = work.again_at(ports.linked_again_at())
        return work.stop(Verdict(Status.PERSON, "the order is incomplete", problems=draft.items))
    if draft.freight and not ports.erp.traits.freight:
        return work.stop(_no_freight(draft))
    return _in_stock(replace(work, draft=draft), deal, draft, ports)


def _no_freight(draft: OrderDraft) -> Verdict:
    """The verdict on a deal with freight where the ERP's orders have none, before anything is sent."""
    freight = f"{plain(draft.freight)} {draft.currency}"
    problem = Problem(
        code=DealCode.NO_FREIGHT,
        message=f"The deal has freight of {freight}, which this ERP cannot book.",
        field="Freight",
        value=freight,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))


def _in_stock(work: Work, deal: Deal, draft: OrderDraft, ports: Ports) -> Work:
    """What is short is a person's, or told on the deal with the order, as the policy has it."""
    policy = ports.config.policies.stock
    if policy == "ignore":
        return work
    own = {line.sku for line in draft.lines}
    short = shortages(draft, deal.lines, ports.catalogue.stock(own), ports.config)
    if not short:
        return work
    if policy == "stop":
        return work.stop(Verdict(Status.PERSON, short[0].message, problems=short))
    remarks = tuple((f"stock:{problem.fact}", problem.message) for problem in short)
    return work.did(" ".join(message for _, message in remarks), remarks=remarks)


def create_order(work: Work, ports: Ports, writes: Writes) -> Work:
    """One order per deal. Backwards, lost or edited after the order: told to a person, never undone by itself."""
    deal = work.deal
    assert deal is not None
    if ports.names.look(work.claim).vocabulary != work.vocabulary:
        return work.stop(named_anew(ports.clock))
    if work.order is not None:
        return _existing(work, deal, ports, writes)
    if work.order_id:
        return work.stop(
            Verdict(
                Status.PERSON,
                "the deal's order is gone from the ERP",
                problems=(
                    Problem(
                        code=DealCode.ORDER_GONE,
                        message="The order of this deal no longer exists in the ERP.",
                    ),
                ),
            )
        )
    if work.draft is None:
        return work if deal.milestone.wants_order else left_behind(work, ports, writes)
    if not work.claim.token:
        lines = len(work.draft.lines)
        return work.did(
            f"would create an order: {lines} lines, {plain(work.draft.total)} {work.draft.currency}"
        )
    done = make_sales_order(writes, work.claim, work.draft, work.generation)
    order = done.record
    asked = OrderDraft.model_validate(done.body)
    difference = order_differs(order, asked, ports.erp.traits.tax)
    if difference and done.fresh:
        raise Conflict(
            f"the ERP made order {order.id}, but it {difference}", code=DealCode.DIFFERS, existing=order.id
        )
    amount = f"{plain(order.total)} {order.currency}"
    made = "created" if done.fresh else "found"
    seen = work.seen | {order.stamp}  # the link was committed with this stamp
    work = work.did(f"order {order.id} {made}: {amount}", order=order, seen=seen).again_at(done.verify_at)
    # an edit of the deal while its order was being made is an edit of the order: look again at once
    return work.again_at(ports.clock.now()) if done.edited else work


def _existing(work: Work, deal: Deal, ports: Ports, writes: Writes) -> Work:
    order = work.order
    assert order is not None
    if order.status is OrderStatus.CANCELLED or work.by_hand:
        return work
    if not deal.milestone.wants_order:
        if ports.config.policies.backwards == "cancel" and work.claim.token:
            cancelled = cancel(work, order, ports, writes)
            if cancelled is not None:
                return work.did(f"order {order.id} cancelled", order=cancelled)
        problem = Problem(
            code=DealCode.WENT_BACK,
            message=f"The deal is at {deal.stage!r}, but order {order.id} exists.",
            field="Stage",
            value=deal.stage,
        )
        return work.stop(Verdict(Status.PERSON, problem.message, problems=(problem,)))
    if ports.config.policies.edited == "update":
        work = carry_over(work, deal, order, ports, writes)
        if work.verdict is not None or work.order is None:
            return work
        order = work.order
    difference = edited(deal, order, ports)
    if difference:
        problem = Problem(
            code=DealCode.EDITED_AFTER_ORDER,
            message=f"The deal was changed after order {order.id} was made: the order {difference}.",
            field="Order",
            value=order.id,
        )
        return work.stop(Verdict(Status.PERSON, problem.message, problems=(problem,)))
    return work
