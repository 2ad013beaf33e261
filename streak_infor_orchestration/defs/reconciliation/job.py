"""The sweep and the reconciliation as jobs, on the bulk worker: they must not delay a live deal."""

import dagster as dg

from streak_infor_orchestration.defs.entities.jobs import ON_BULK
from streak_infor_orchestration.defs.reconciliation.assets import sweep_streak
from streak_infor_orchestration.defs.reconciliation.drift import reconcile_both

_WRITTEN_FIRST = [["ledger", name] for name in ("links", "order_invoices", "shadows")]

sweep_job = dg.define_asset_job(
    "sweep",
    selection=[sweep_streak],
    description="Looks for deals that changed in Streak without a webhook telling us.",
    tags={"dagster-celery/queue": "bulk"},
    executor_def=dg.in_process_executor,
)
reconciliation_job = dg.define_asset_job(
    "reconciliation",
    selection=dg.AssetSelection.assets(*_WRITTEN_FIRST) | dg.AssetSelection.assets(reconcile_both),
    description="Compares both systems, and has looked at once more what disagrees.",
    tags=ON_BULK,
    executor_def=dg.in_process_executor,
)


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[sweep_job, reconciliation_job])
