"""A deal that was taken back while its order was half-made: somebody has to take away what is left of it."""

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.sync.effects.sales_order import left_half_made
from streak_infor_orchestration.sync.effects.sending import HELD_AGAIN
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work


def left_behind(work: Work, ports: Ports, writes: Writes) -> Work:
    """Stopped while there is something; one that became an order meanwhile is looked at as such, at once."""
    if not work.claim.token or work.order_id:
        return work
    number = left_half_made(writes, work.claim.key, work.generation)
    if not number:
        became = ports.store.links.erp_key("order", work.claim.key)
        return work.again_at(ports.clock.now()) if became else work
    problem = Problem(
        code=DealCode.LEFT_HALF_MADE,
        message=f"The deal asks for no order any more, but the ERP has begun one: {number}.",
        field="Order",
        value=number,
    )
    again = ports.clock.now() + HELD_AGAIN
    return work.stop(Verdict(Status.PERSON, problem.message, due_at=again, problems=(problem,)))
