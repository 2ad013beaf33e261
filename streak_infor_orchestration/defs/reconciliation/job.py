"""The sweep as a job, on the bulk worker: it must not delay a live deal."""

import dagster as dg

from streak_infor_orchestration.defs.reconciliation.assets import sweep_streak

sweep_job = dg.define_asset_job(
    "sweep",
    selection=[sweep_streak],
    description="Looks for deals that changed in Streak without a webhook telling us.",
    tags={"dagster-celery/queue": "bulk"},
    executor_def=dg.in_process_executor,
)


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[sweep_job])
