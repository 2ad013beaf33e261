"""Stages 4 and 5: what should be ordered, and the order itself."""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Deal, Problem
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderStatus
from streak_infor_orchestration.mapping.models import Facts, Problems
from streak_infor_orchestration.sync.outcome import diagnose
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Status, Verdict, Work
from streak_infor_orchestration.sync.writes import Writes, order_differs


def build_order(work: Work, ports: Ports, _writes: Writes) -> Work:
    """The draft a deal asks for. Made again for an ordered deal, to see whether it was edited since."""
    deal = work.deal
    assert deal is not None
    if not deal.milestone.wants_order or (work.order is None and not work.customer_id):
        return work
    customer_id = work.order.customer_id if work.order else work.customer_id
    needs = ports.mapping.needs(deal)
    facts = Facts(
        reference=work.reference,
        customer_id=customer_id,
        products=ports.catalogue.products(needs.skus),
        contact=work.contact,
        organization=work.organization,
        today=ports.clock.now().astimezone(ports.config.company.zone).date(),
    )
    draft = ports.mapping.order(deal, facts)
    if isinstance(draft, Problems):
        return work.stop(Verdict(Status.PERSON, "the order is incomplete", problems=draft.items))
    return replace(work, draft=draft)


def create_order(work: Work, ports: Ports, writes: Writes) -> Work:
    """One order per deal. Backwards, lost or edited after the order: told to a person, never undone by itself."""
    deal = work.deal
    assert deal is not None
    if work.order is not None:
        return _existing(work, deal, ports, writes)
    if ports.store.links.erp_key("order", work.claim.key):
        return work.stop(
            Verdict(
                Status.PERSON,
                "the deal's order is gone from the ERP",
                problems=(
                    Problem(code="order_gone", message="The order of this deal no longer exists in the ERP."),
                ),
            )
        )
    if work.draft is None:
        return work
    if not work.claim.token:
        lines = len(work.draft.lines)
        return work.did(
            f"would create an order: {lines} lines, {plain(work.draft.total)} {work.draft.currency}"
        )
    done = writes.sales_order(work.claim, work.draft)
    order = done.record
    difference = order_differs(order, work.draft.model_dump(mode="json"))
    if difference and done.fresh:
        raise Conflict(
            f"the ERP made order {order.id}, but it {difference}", code="differs", existing=order.id
        )
    amount = f"{plain(order.total)} {order.currency}"
    made = "created" if done.fresh else "found"
    return work.did(f"order {order.id} {made}: {amount}", order=order).again_at(done.verify_at)


def _existing(work: Work, deal: Deal, ports: Ports, writes: Writes) -> Work:
    order = work.order
    assert order is not None
    if not deal.milestone.wants_order and order.status is not OrderStatus.CANCELLED:
        if ports.config.policies.backwards == "cancel" and work.claim.token:
            cancelled = writes.cancellation(work.claim, order).record
            return work.did(f"order {order.id} cancelled", order=cancelled)
        problem = Problem(
            code="went_back",
            message=f"The deal is at {deal.stage!r}, but order {order.id} exists.",
            field="Stage",
            value=deal.stage,
            fix="Move the deal forward again, or have the order cancelled in the ERP.",
        )
        return work.stop(Verdict(Status.PERSON, problem.message, problems=(problem,)))
    if work.draft is not None:
        difference = order_differs(order, work.draft.model_dump(mode="json"))
        if difference and order.status is not OrderStatus.CANCELLED:
            conflict = Conflict(
                f"The deal was changed after its order: order {order.id} {difference}.",
                code="edited_after_order",
                field="Order",
                value=order.id,
            )
            return work.stop(Verdict(Status.PERSON, conflict.message, problems=(diagnose(conflict),)))
    return work
