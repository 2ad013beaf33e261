"""What starts runs: customers that changed in the ERP, and whatever of them waits in the inbox."""

import dagster as dg

from streak_infor_orchestration.defs.customers.job import customers
from streak_infor_orchestration.defs.order_to_cash.resources import IntegrationResource
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.sync.customers.directory import poll
from streak_infor_orchestration.sync.customers.stages import KIND, NUDGE
from streak_infor_orchestration.sync.row.claim import SYSTEMS


@dg.sensor(
    job=customers,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    name="customer_changes",
)
def customer_changes(integration: IntegrationResource) -> dg.SkipReason | dg.RunRequest:
    """Reads the ERP's changed customers into the directory and the inbox, inside the tick; a run when any are due.

    On the bulk queue: no order waits for it.
    """
    if not integration.parts().configured:
        return dg.SkipReason("no configuration: STREAK_INFOR_CONFIG names no file that exists")
    parts = integration.parts()
    store = parts.store
    if any((pause := store.pauses.state(s)) and pause.until > store.clock.now() for s in SYSTEMS):
        return dg.SkipReason("a system is paused")
    try:
        poll(parts.erp, store, parts.config.erp.overlap)
    except IntegrationError as error:
        return dg.SkipReason(f"{error.system}: {error.message}")
    due = store.inbox.due((KIND,)).count
    if not due:
        return dg.SkipReason("no customer is due")
    if not store.nudges.acquire(NUDGE):
        return dg.SkipReason(f"{due} due, a run was asked for already")
    return dg.RunRequest(tags={"dagster-celery/queue": "bulk", "streak-infor/started-by": "customer changes"})
