"""Boxes that were made of orders of the ERP, and copies of boxes: none of them is ordered a second time."""

from datetime import timedelta

from streak_infor_orchestration.config.write_back import FieldBack
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.origin import order_of_origin
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.effects.new_box import is_box_under_way
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict

_SOON, _LATER = timedelta(seconds=2), timedelta(minutes=15)


def not_to_be_ordered(box: Box, ports: Ports) -> Verdict | None:
    """Of a deal that is linked to no order: why it gets none although it asks for one."""
    milestone = ports.config.stages.classify(box.stage)
    if milestone is None or not milestone.wants_order:
        return None
    made_of = order_of_origin(box.notes, ports.team_key)
    shown = _shown(box, ports)
    for order_id, where in ((made_of, "Notes"), (shown, _field(ports))):
        if order_id and ports.store.links.streak_key("order", order_id) is not None:
            return _copy(order_id, where)
    return _awaited(made_of, ports) if made_of else None


def _awaited(order_id: str, ports: Ports) -> Verdict:
    """Nobody has told us yet that this is the box that was made of the order; who looks at the order finds it."""
    under_way = is_box_under_way(order_id, ports.store)
    ports.store.inbox.record([Event("streak", "MADE_OF_ORDER", Kind.UNLINKED_ORDER, order_id)])
    due_at = ports.clock.now() + (_SOON if under_way else _LATER)
    return Verdict(Status.WAITING, f"it was made of order {order_id}, whose link is awaited", due_at=due_at)


def _copy(order_id: str, where: str) -> Verdict:
    problem = Problem(
        code=DealCode.COPIED,
        message=f"The deal shows order {order_id}, which is another deal's.",
        field=where,
        value=order_id,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))


def _shown(box: Box, ports: Ports) -> str:
    """The order that the box shows as its own, in the field that is ours to fill."""
    value = box.fields.get(_field(ports))
    return value.strip() if isinstance(value, str) else ""


def _field(ports: Ports) -> str:
    rules = (rule for rule in ports.config.write_back if isinstance(rule, FieldBack))
    return next((rule.field for rule in rules if rule.source == "order.id" and not rule.transform), "")
