"""A webhook that was authentic and unreadable: nobody knows what it told, so look for it now."""

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded
from streak_infor_orchestration.defs.reconciliation.job import sweep_job
from streak_infor_orchestration.defs.resources import LedgerResource
from streak_infor_orchestration.domain.kinds import Kind


@dg.sensor(job=sweep_job, minimum_interval_seconds=10, default_status=dg.DefaultSensorStatus.RUNNING)
@guarded
def sweep_asked_for(ledger: LedgerResource) -> dg.SkipReason | dg.RunRequest:
    store = ledger.store()
    if not store.inbox.due((Kind.SWEEP,)).count:
        return dg.SkipReason("nobody asked for a sweep")
    if not store.nudges.acquire("sweep", life=30.0):
        return dg.SkipReason("a sweep was asked for already")
    return dg.RunRequest()
