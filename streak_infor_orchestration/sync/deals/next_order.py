"""Another order for a deal whose order is cancelled: one more generation, on purpose."""

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.effects.sales_order import order_key
from streak_infor_orchestration.sync.ports.ports import Ports


def open_next(box_key: str, order: SalesOrder, generation: int, actor: str, ports: Ports) -> None:
    """The next order of the deal: the link to the cancelled one ends with it. Nothing happens if it is open already."""
    key, effects = order_key(box_key, generation), ports.store.effects
    made = effects.get(key) or _adopted(key, box_key, order, ports)
    if made.generation != generation or made.state not in ("confirmed", "failed"):
        raise Rejected(
            f"order {order.id} of deal {box_key} is still in doubt; try again later", code=DealCode.IN_DOUBT
        )
    effects.open_generation(made, by=actor, link=Link("order", box_key, order.id))


def _adopted(key: str, box_key: str, order: SalesOrder, ports: Ports) -> Effect:
    """The row of an order that was found by its reference after the ledger was lost."""
    generation = int(key.rpartition(":")[2])
    row = ports.store.effects.plan(key, shape="create", body={}, subject=box_key, generation=generation)
    result = order.model_dump(mode="json")
    return ports.store.effects.confirm(row, external_id=order.id, result=result) or row
