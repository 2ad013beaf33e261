"""The phases of an order that no deal has, as `deals/phases.py` has those of a deal.

What it is linked to, or made into a box of, is looked at as a deal from then on: fields, comments and stage follow
there.
"""

from collections.abc import Sequence
from dataclasses import replace

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.names import Stops
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.new_box import is_box_under_way, make_box
from streak_infor_orchestration.sync.effects.registry import recover
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.orders.reference import (
    bears_our_prefix,
    box_of_reference,
    stands_in_open_effect,
)
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.claim import claiming
from streak_infor_orchestration.sync.row.outcome import waits
from streak_infor_orchestration.sync.row.phases import each
from streak_infor_orchestration.sync.row.rows import ORDERS
from streak_infor_orchestration.sync.row.settle import settle
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work


def _claimed(claims: Sequence[Claimed], ports: Ports) -> tuple[Work, ...]:
    unsettled = ports.store.effects.unsettled(*(claim.key for claim in claims)) if claims else []
    return tuple(
        Work(claim, unsettled=tuple(effect for effect in unsettled if effect.subject == claim.key))
        for claim in claims
    )


def fetch_order(work: Work, ports: Ports, writes: Writes) -> Work:
    """The order as it is now, unless a deal has it by now or none of it is wanted any more."""
    key = work.claim.key
    work = _recovered(work, ports, writes)
    if (link := ports.store.links.of_erp("order", key)) is not None:
        # once more, in case the run that linked it died before it made the deal due
        if link.by_hand and work.claim.token:
            _look_at(link.streak_key, ports)
        return work.stop(_nothing(f"it is the order of deal {link.streak_key}"))
    under_way = is_box_under_way(key, ports.store)
    if ports.config.orders.by_hand == "ignore" and not under_way:
        return work.stop(_nothing("orders that are typed in the ERP are left alone"))
    order = ports.erp.order(key)
    if order is None:
        return work.stop(_nothing("it is gone from the ERP"))
    if not under_way and (why := _is_none_of_ours(order, ports)):
        return work.stop(_nothing(why))
    return replace(work, order=order)


def _recovered(work: Work, ports: Ports, writes: Writes) -> Work:
    """What an earlier run left in doubt comes first, and the second look at a box that was made anew. Raises what ends
    the look at an order whose box nobody knows of yet."""
    for effect in work.unsettled if work.claim.token else ():
        recover(writes, effect, asked=work.claim.lane == ASKED_BY_A_PERSON)
        after = ports.store.effects.get(effect.key)
        work = work.again_at(after.verify_at if after else None)
    return work


def link_order(work: Work, ports: Ports, _writes: Writes) -> Work:
    """An order with a reference of ours was never typed by hand, and never becomes a box. It is linked where its deal
    has no other; what cannot be linked is left for the reconciliation to tell."""
    order = work.order
    assert order is not None
    if stands_in_open_effect(order, ports):
        raise Later(
            ports.erp.traits.settle_seconds, f"order {order.id} may be one that is being made for a deal"
        )
    if not bears_our_prefix(order, ports):
        return work
    box_key = box_of_reference(order, ports)
    if not box_key:
        return work.stop(_nothing("it bears a reference of ours, and no deal has it"))
    if ports.store.links.erp_key("order", box_key) is not None:
        return work.stop(_nothing(f"it bears the reference of deal {box_key}, which has another order"))
    if not work.claim.token:
        return work.stop(_nothing(f"would be linked to deal {box_key} by its reference"))
    ports.store.links.add(Link("order", box_key, order.id))
    _look_at(box_key, ports)
    return work.did(f"linked to deal {box_key} by its reference").stop(_nothing("it is linked"))


def make_its_box(work: Work, ports: Ports, writes: Writes) -> Work:
    """Makes a box for the order, in a stage that asks for none, with a mark that says where it came from."""
    order, wanted = work.order, ports.config.orders
    assert order is not None
    names = ports.names.look(work.claim)
    wrong = tuple(fault for fault in names.faults if fault.stops is Stops.STAGE)
    if names.vocabulary is None or wrong:
        return work.stop(waits(wrong or names.faults, ports.clock))
    customer = ports.erp.customer(order.customer_id) if ports.mapping.names_boxes_by_customer else None
    name = ports.mapping.name_of_box(order, customer)
    if not work.claim.token:
        return work.did(f"would make the box {name}")
    stage = names.vocabulary.deals.stage_like(wanted.stage).name
    done = make_box(writes, work.claim, order.id, name, stage)
    _look_at(done.record.key, ports)
    return work.did(f"box {done.record.key} made").again_at(done.verify_at)


def _is_none_of_ours(order: SalesOrder, ports: Ports) -> str:
    since = ports.config.orders.since
    day = order.order_date or (order.created and order.created.astimezone(ports.config.company.zone).date())
    if order.status is OrderStatus.CANCELLED:
        return "it is cancelled"
    return f"it is older than {since}" if since and day and day < since else ""


def _look_at(box_key: str, ports: Ports) -> None:
    ports.store.inbox.record([Event("erp", "LINKED", Kind.DEAL, box_key)])


def _nothing(why: str) -> Verdict:
    """A verdict for an order that nothing is done for and nothing has to be remembered of."""
    return Verdict(Status.CONVERGED, why, gone=True)


PHASES = (
    claiming(ORDERS, works=_claimed),
    each(fetch_order),
    each(link_order),
    each(make_its_box),
    settle,
)
