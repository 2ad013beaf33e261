"""The status of its order moves a deal on the board: once for each change, so that nobody who moves it elsewhere since
is fought with.
"""

from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.domain.order import OrderStatus
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Work


def stage_by_status(work: Work, box: Box, ports: Ports) -> str:
    """The stage to move to; "" where the deal stays: its order has the status that was acted upon already, or a person
    was there first, further on or giving the deal up."""
    status = work.order.status if work.order is not None and _is_news(work, ports) else None
    to = ports.config.orders.status_stage.get(status) if isinstance(status, OrderStatus) else None
    if to is None:
        return ""
    pipeline = ports.streak.pipeline(box.pipeline_key)
    board = [stage.name for stage in pipeline.stages]
    target = pipeline.stage_like(to.stage).name
    is_behind = board.index(target) < board.index(box.stage)
    given_up = ports.config.stages.classify(box.stage) is Milestone.LOST
    return "" if target == box.stage or (not to.back and (is_behind or given_up)) else target


def note_status(work: Work, ports: Ports) -> None:
    """The deal stands for this status from now on, wherever it is moved to."""
    if _is_news(work, ports) and work.order:
        ports.store.links.note_told("order", work.order.id, work.order.status)


def _is_news(work: Work, ports: Ports) -> bool:
    follows = bool(ports.config.orders.status_stage)
    return follows and work.order is not None and work.order.status != work.status_told
