"""Whose order it is by its reference, computed again for every box: whoever lost the ledger finds it so, too."""

from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.reference import GENERATIONS, SALTS
from streak_infor_orchestration.sync.effects.sales_order import is_order_under_way
from streak_infor_orchestration.sync.ports.ports import Ports


def bears_our_prefix(order: SalesOrder, ports: Ports) -> bool:
    """Every reference of ours begins with it, so that without it none of a box has to be computed."""
    prefix = ports.config.erp.reference_prefix
    return any(carried.startswith(prefix) for carried in _carried(order))


def stands_in_open_effect(order: SalesOrder, ports: Ports) -> bool:
    """Whether it may be what a run has sent and nobody was told of yet."""
    return is_order_under_way(order.id, _carried(order), ports.store)


def box_of_reference(order: SalesOrder, ports: Ports) -> str:
    """The key of the box of our pipeline whose order bears this reference; "" where there is none."""
    carried = _carried(order)
    for page in ports.streak.box_version_pages(ports.pipeline_key):
        for box in page:
            if carried & _references(box.key, ports):
                return box.key
    return ""


def _carried(order: SalesOrder) -> frozenset[str]:
    """The longer one where there is one: two deals can meet in the short one."""
    return frozenset(filter(None, [order.second_reference or order.reference]))


def _references(box_key: str, ports: Ports) -> frozenset[str]:
    """All that its orders may bear."""
    second = (ports.second_reference(box_key, generation) for generation in GENERATIONS)
    first = (ports.reference(box_key, salt, generation) for generation in GENERATIONS for salt in SALTS)
    return frozenset(filter(None, (*second, *first)))
