"""What starts runs: customers that changed in the ERP, and whatever of them waits in the inbox."""

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded, inbox_sensor, paused, what_is_due
from streak_infor_orchestration.defs.customers.job import customers, new_customers
from streak_infor_orchestration.defs.resources import InforResource, LedgerResource
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.sync.row.rows import CUSTOMERS, NEW_CUSTOMERS


@dg.sensor(
    job=customers,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    name="customer_changes",
)
@guarded
def customer_changes(infor: InforResource, ledger: LedgerResource) -> list[dg.RunRequest] | dg.SkipReason:
    """Reads the ERP's changed customers into the directory and the inbox, inside the tick; a run when any are due.

    On the bulk queue: no order waits for it.
    """
    from streak_infor_orchestration.sync.customers.directory import poll

    store = ledger.store()
    if skipped := paused(store):
        return skipped
    try:
        poll(
            infor.erp(),
            store,
            infor.overlap(),
            people=infor.keeps_people(),
            tell_new=infor.makes_organizations(),
        )
    except IntegrationError as error:
        return dg.SkipReason(f"{error.system}: {error.message}")
    return what_is_due(CUSTOMERS, store, "customer changes")


new_in_erp = inbox_sensor(
    NEW_CUSTOMERS,
    new_customers,
    name="new_in_erp",
    every=15,
    started_by="new customers",
    description="Decides from the inbox alone. On the bulk queue: no deal waits for it.",
)
