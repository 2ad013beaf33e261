"""What starts runs: customers that changed in the ERP, and whatever of them waits in the inbox."""

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded, paused, what_is_due
from streak_infor_orchestration.defs.customers.job import customers
from streak_infor_orchestration.defs.resources import IntegrationResource
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.sync.customers.directory import poll
from streak_infor_orchestration.sync.customers.stages import CUSTOMERS


@dg.sensor(
    job=customers,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    name="customer_changes",
)
@guarded
def customer_changes(integration: IntegrationResource) -> list[dg.RunRequest] | dg.SkipReason:
    """Reads the ERP's changed customers into the directory and the inbox, inside the tick; a run when any are due.

    On the bulk queue: no order waits for it.
    """
    parts = integration.parts()
    if skipped := paused(parts.store):
        return skipped
    try:
        poll(parts.erp, parts.store, parts.config.erp.overlap)
    except IntegrationError as error:
        return dg.SkipReason(f"{error.system}: {error.message}")
    return what_is_due(CUSTOMERS, parts.store, "customer changes")
