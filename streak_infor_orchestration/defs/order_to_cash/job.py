"""The job: the stages in a row."""

import dagster as dg

from streak_infor_orchestration.defs.order_to_cash.ops import STAGE_OPS, claim_op


@dg.job(
    description="Drains deals that may have changed: reads both sides and does what is missing, "
    "from customer to order to invoice, and tells the box.",
    tags={"dagster-celery/queue": "live"},
    executor_def=dg.in_process_executor,
)
def order_to_cash() -> None:
    batch = claim_op()
    for op in STAGE_OPS:
        batch = op(batch)
