"""A person says what becomes of a deal that is accepted again after its order was cancelled."""

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.reference import GENERATIONS
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.deals.next_order import open_next
from streak_infor_orchestration.sync.deals.reaccepted import LEFT, audited_as
from streak_infor_orchestration.sync.ports.ports import Ports


def reorder(box_key: str, *, actor: str, ports: Ports) -> str:
    """A person's word: a new order for a deal whose order is cancelled. Audited; the deal is due at once. Answers the
    number of the cancelled one. Raises Rejected where there is none, or too many were made already."""
    order = _cancelled(box_key, ports)
    generation = ports.generation_of(box_key, order)
    if generation + 1 not in GENERATIONS:
        raise Rejected(
            f"deal {box_key} has had {generation} orders; start a new deal for another one",
            code=DealCode.TOO_MANY_ORDERS,
            value=box_key,
        )
    open_next(box_key, order, generation, actor, ports)
    _due(box_key, ports)
    return order.id


def leave(box_key: str, *, actor: str, ports: Ports) -> str:
    """A person's word: the deal stays without an order, until it goes back and is accepted once more. As `reorder`."""
    order = _cancelled(box_key, ports)
    ports.store.audit.write(actor, LEFT, audited_as(order), {"deal": box_key})
    _due(box_key, ports)
    return order.id


def _cancelled(box_key: str, ports: Ports) -> SalesOrder:
    number = ports.store.links.erp_key("order", box_key)
    order = ports.erp.order(number) if number else None
    if order is None or order.status != OrderStatus.CANCELLED:
        has = f"has order {order.id}, which is {order.status}" if order else "has no order in the ERP"
        raise Rejected(
            f"deal {box_key} {has}: only a cancelled order is followed by a new one",
            code=DealCode.NO_CANCELLED_ORDER,
        )
    return order


def _due(box_key: str, ports: Ports) -> None:
    ports.store.inbox.record([Event("manual", "DECIDED", Kind.DEAL, box_key, lane="manual")])
