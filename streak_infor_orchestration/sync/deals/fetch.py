"""Phase 2 of a deal: the truth on both sides, read after the claim was committed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.errors import Conflict, IntegrationError, Unreadable
from streak_infor_orchestration.domain.invoice import STATUSES, Invoice
from streak_infor_orchestration.domain.names import NameFault
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.backfill import Standing
from streak_infor_orchestration.mapping.models import Problems
from streak_infor_orchestration.mapping.values import as_day
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.customers.parties import of_survivor
from streak_infor_orchestration.sync.deals.cancelling import cancel
from streak_infor_orchestration.sync.deals.left_half_made import left_behind
from streak_infor_orchestration.sync.deals.made_of_orders import not_to_be_ordered
from streak_infor_orchestration.sync.deals.reaccepted import accepted_again
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.registry import box_is_gone, recover
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.names import held
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.health import reach_streak
from streak_infor_orchestration.sync.row.outcome import verdict_of, waits
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

if TYPE_CHECKING:  # every process of Dagster imports this module, few read a configuration
    from streak_infor_orchestration.config.integration import Integration

_OLDER_READ_SECONDS = 2.0
_OLDER_READ_PATIENCE = 60.0


def fetch(work: Work, ports: Ports, writes: Writes) -> Work:
    """Read the box, and the order with its invoices where there is one already."""
    key = work.claim.key
    names = ports.names.look(work.claim)  # before the box: what it was read with is at least as new
    if names.vocabulary is None:
        return work.stop(waits(names.faults, ports.clock))
    work = replace(work, vocabulary=names.vocabulary)
    box = ports.streak.box(key)
    if box is not None and box.version < work.claim.min_version and not _patience_is_over(work, ports):
        raise Later(_OLDER_READ_SECONDS, "Streak still shows a version older than the event told of")
    work = _recovered(replace(work, box=box, reference=ports.reference(key)), ports, writes)
    if work.verdict is not None:
        return work
    if box is None:
        return _left(work, ports, writes, "was deleted", DealCode.BOX_DELETED)
    if box.pipeline_key != ports.pipeline_key:
        return _left(work, ports, writes, "was moved to another pipeline", DealCode.BOX_MOVED)
    try:
        if work.order_id:
            work = _with_order(work, ports)
        elif verdict := _not_ordered(work, box, ports.config) or not_to_be_ordered(box, ports):
            return work.stop(verdict)
        work = read_deal(work, box, names.faults, ports)
    # caught here and not by the row, because `work` has the box on which it is told
    except Unreadable as error:
        return work.stop(verdict_of(error, attempts=work.claim.attempts, now=ports.clock.now()))
    return work if work.verdict or work.by_hand else accepted_again(work, ports)


def read_deal(work: Work, box: Box, faults: Sequence[NameFault], ports: Ports) -> Work:
    """The box as a deal, or why it cannot be read as one. Raises what reading linked boxes raises."""
    milestone = ports.config.stages.classify(box.stage)
    if wrong := held(faults, box, milestone, ordered=bool(work.order_id)):
        return work.stop(waits(wrong, ports.clock))
    if work.by_hand and work.order is not None and milestone is not None:
        deal = of_survivor(ports.mapping.glance(box), ports)
        return replace(work, deal=deal.model_copy(update={"milestone": milestone}))
    reading = ports.mapping.read_deal(box, _linked(box, ports))
    if isinstance(reading, Problems):
        work = work.again_at(ports.linked_again_at())
        return work.stop(
            Verdict(Status.PERSON, "the deal cannot be read as an order", problems=reading.items)
        )
    return replace(work, deal=of_survivor(reading, ports))


def is_history(box: Box, config: "Integration") -> bool:
    """It asks for an order, but did so before the integration began: it was ordered by hand, if at all."""
    since, milestone = config.streak.since, config.stages.classify(box.stage)
    if since is None or milestone is None or not milestone.wants_order:
        return False
    return as_day(box.stage_changed or box.created, config.company.zone) < since


def _not_ordered(work: Work, box: Box, config: "Integration") -> Verdict | None:
    """Why no order is made for a deal that was there before the integration."""
    filed = work.backfilled
    if filed is not None and filed.standing is Standing.ASKED:
        problem = may_be_ordered(filed.orders)
        return Verdict(Status.PERSON, problem.message, problems=(problem,))
    if filed is not None and filed.standing is Standing.LEFT:
        return Verdict(Status.CONVERGED, "it was there before the integration, and is left without an order")
    if is_history(box, config) and (filed is None or filed.standing is not Standing.WANTED):
        return Verdict(Status.CONVERGED, f"it was {box.stage} before {config.streak.since}")
    return None


def may_be_ordered(orders: Sequence[str]) -> Problem:
    """Of orders that were there before the integration, and may be the deal's."""
    return Problem(
        code=DealCode.MAY_BE_ORDERED,
        message=f"The ERP may have this deal's order already: {', '.join(orders)}.",
        field="Order",
        value=", ".join(orders),
    )


def _linked(box: Box, ports: Ports) -> tuple[Box, ...]:
    """Where lines come from linked boxes: those of that pipeline, in one call. One that is gone is not ordered."""
    if not ports.linked_pipeline_key or not box.linked_boxes:
        return ()
    pipeline = ports.linked_pipeline_key
    read = ports.streak.boxes_of(pipeline, box.linked_boxes)
    in_order = (read.get(key) for key in dict.fromkeys(box.linked_boxes))
    return tuple(other for other in in_order if other is not None and other.pipeline_key == pipeline)


def _recovered(work: Work, ports: Ports, writes: Writes) -> Work:
    """What earlier runs left in doubt comes first: it may be the order that this look would otherwise not see.
    A record that is to be verified later is not forgotten by a look in between."""
    key = work.claim.key
    if not work.unsettled or not work.claim.token:
        return work
    for effect in work.unsettled:
        try:
            if work.box is None:
                box_is_gone(writes, effect)
            else:
                again = recover(writes, effect, asked=work.claim.lane == ASKED_BY_A_PERSON)
                work = work.again_at(again)
        except (Later, IntegrationError) as doubt:
            verdict = verdict_of(doubt, attempts=work.claim.attempts, now=ports.clock.now())
            if effect.shape == "create":
                return work.stop(verdict)
            work = work.again_at(verdict.due_at)  # a comment or a field in doubt does not hold up the order
    # read again: a probe above may have found the order and linked it, and that one may have to be verified
    work = replace(work, order_id=ports.store.links.erp_key("order", key) or "")
    left = ports.store.effects.unsettled(key)
    return work.again_at(min((effect.verify_at for effect in left if effect.verify_at), default=None))


def _with_order(work: Work, ports: Ports) -> Work:
    order_id = work.order_id
    order, invoices = ports.erp.order(order_id), ports.erp.invoices(order_id)
    if work.claim.token:
        known = {invoice.invoice_id: invoice.seen for invoice in ports.store.invoices.of(order_id)}
        for invoice in invoices:
            if invoice.id not in known:
                _note(order_id, invoice.id, ports)
        work = replace(work, seen=work.seen.union(known.values()))
    remarks = tuple(_unknown_statuses(order, invoices))
    passed = frozenset({str(order.status)} if order else ())
    generation = ports.generation_of(work.claim.key, order) if order else work.generation
    return replace(
        work, order=order, invoices=invoices, passed=passed, remarks=remarks, generation=generation
    )


def _note(order_id: str, invoice_id: str, ports: Ports) -> None:
    """Raises `Conflict` for another order's, where there are none of several orders."""
    try:
        ports.store.invoices.put(order_id, invoice_id)
    except Conflict:
        if not ports.erp.traits.invoices_by_itself:
            raise


def _unknown_statuses(order: SalesOrder | None, invoices: Iterable[Invoice]) -> Iterator[tuple[str, str]]:
    """Told once each: nothing is concluded from a status that nobody knows here."""
    found = (
        [] if order is None or isinstance(order.status, OrderStatus) else [("Order", order.id, order.status)]
    )
    found += [("Invoice", one.id, one.status) for one in invoices if one.status not in STATUSES]
    for what, number, status in found:
        text = f"{what} {number} has the status {status!r} in the ERP, which is not one of those known here."
        yield f"status:{number}:{status}", f"{text} Nothing is done because of it; tell your administrator."


def _patience_is_over(work: Work, ports: Ports) -> bool:
    """An event may name a version that never becomes readable (a foreign clock): then the read stands."""
    first = work.claim.first_due_at
    return first is None or (ports.clock.now() - first).total_seconds() > _OLDER_READ_PATIENCE


def _left(work: Work, ports: Ports, writes: Writes, how: str, code: DealCode) -> Work:
    """The deal is not ours any more. An order that stands is cancelled, if the policy is to, or needs a person; one
    that is cancelled or gone needs nobody. Raises `Unauthorized` where nothing of the pipeline can be seen."""
    if not work.order_id:
        work = left_behind(work, ports, writes)
        if work.verdict is not None:
            return work
        return work.stop(Verdict(Status.CONVERGED, f"the box {how}, and had no order", gone=work.box is None))
    if work.by_hand:
        return work.stop(
            Verdict(Status.CONVERGED, f"the box {how}; order {work.order_id} was typed in the ERP and stands")
        )
    if work.box is None:
        reach_streak(ports)
    order = ports.erp.order(work.order_id)
    if order is None or order.status == OrderStatus.CANCELLED:
        return work.stop(Verdict(Status.CONVERGED, f"the box {how}, and order {work.order_id} is cancelled"))
    too_late = ""
    if ports.config.policies.backwards == "cancel":
        if not work.claim.token:
            would = work.did(f"would cancel order {order.id}: the box {how}")
            return would.stop(Verdict(Status.CONVERGED, f"the box {how}"))
        try:
            cancelled = cancel(work, order, ports, writes)
        except Conflict as refusal:
            too_late = f" It can no longer be cancelled by itself: {refusal.message}"
        else:
            if cancelled is not None:
                done = work.did(f"order {order.id} cancelled: the box {how}")
                return done.stop(Verdict(Status.CONVERGED, f"the box {how}, and its order was cancelled"))
    problem = Problem(
        code=code,
        message=f"The box {how}, but order {work.order_id} exists.{too_late}",
        field="Order",
        value=work.order_id,
    )
    return work.stop(Verdict(Status.PERSON, problem.message, problems=(problem,)))
