"""What starts runs: orders in the inbox that no deal has."""

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded, paused, what_is_due
from streak_infor_orchestration.defs.orders.job import orders
from streak_infor_orchestration.defs.resources import LedgerResource
from streak_infor_orchestration.sync.row.rows import ORDERS


@dg.sensor(
    job=orders,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    name="unlinked_orders",
)
@guarded
def unlinked_orders(ledger: LedgerResource) -> list[dg.RunRequest] | dg.SkipReason:
    """Decides from the inbox alone. On the bulk queue: no deal waits for it."""
    store = ledger.store()
    return paused(store) or what_is_due(ORDERS, store, "unlinked orders")
