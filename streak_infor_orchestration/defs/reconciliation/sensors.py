"""A webhook that was authentic and unreadable: nobody knows what it told, so look for it now."""

import dagster as dg

from streak_infor_orchestration.defs.order_to_cash.resources import IntegrationResource
from streak_infor_orchestration.defs.reconciliation.job import sweep_job


@dg.sensor(job=sweep_job, minimum_interval_seconds=10, default_status=dg.DefaultSensorStatus.RUNNING)
def sweep_asked_for(integration: IntegrationResource) -> dg.SkipReason | dg.RunRequest:
    parts = integration.parts()
    if not parts.configured:
        return dg.SkipReason("no configuration: STREAK_INFOR_CONFIG names no file that exists")
    if not parts.store.inbox.due(("sweep",)).count:
        return dg.SkipReason("nobody asked for a sweep")
    if not parts.store.nudges.acquire("sweep", life=30.0):
        return dg.SkipReason("a sweep was asked for already")
    return dg.RunRequest()
