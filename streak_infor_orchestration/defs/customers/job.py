"""The job: the stages in a row."""

import dagster as dg

from streak_infor_orchestration.defs.customers.ops import STAGE_OPS, claim_op


@dg.job(
    description="Drains organizations, contacts and ERP customers that may have changed: links them where the rules "
    "are certain, and copies what changed on one side to the other.",
    tags={"dagster-celery/queue": "bulk"},
    executor_def=dg.in_process_executor,
)
def customers() -> None:
    batch = claim_op()
    for op in STAGE_OPS:
        batch = op(batch)
