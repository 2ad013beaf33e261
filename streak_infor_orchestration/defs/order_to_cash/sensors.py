"""What starts runs besides the gateway's nudge: the inbox (safety net), and the ERP's change feeds."""

import dagster as dg

from streak_infor_orchestration.defs.asking import a_run, guarded, inbox_sensor
from streak_infor_orchestration.defs.order_to_cash.job import order_to_cash
from streak_infor_orchestration.defs.resources import InforResource, LedgerResource, StreakResource, ports
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH

inbox = inbox_sensor(
    ORDER_TO_CASH,
    order_to_cash,
    name="inbox",
    every=1,
    started_by="inbox sensor",
    description="Asks for a run when deals are due and nobody has just asked. Decides from the inbox alone.",
)


@dg.sensor(
    job=order_to_cash,
    # Dagster looks every five seconds: asked for five, a look a moment early would be skipped, and make it ten
    minimum_interval_seconds=3,
    default_status=dg.DefaultSensorStatus.RUNNING,
    name="erp_changes",
)
@guarded
def erp_changes(
    streak: StreakResource, infor: InforResource, ledger: LedgerResource
) -> dg.SkipReason | dg.RunRequest:
    """Polls orders, invoices and payments into the inbox, inside the tick, or reads them again where the ERP keeps no
    list of changes; a run only when something changed."""
    from streak_infor_orchestration.sync.watch.feedback import poll
    from streak_infor_orchestration.sync.watch.open_orders import reread_open

    store = ledger.store()
    try:
        here = ports(streak, infor, ledger)
        here.names.watch_from_afar()
        counts = poll(here.erp, store, store.clock, infor.overlap())
        counts["reread"] = reread_open(here)
    except IntegrationError as error:
        return dg.SkipReason(f"{error.system}: {error.message}")
    if not sum(counts.values()):
        return dg.SkipReason("nothing changed in the ERP")
    return a_run(ORDER_TO_CASH, store, "ERP changes") or dg.SkipReason(
        "changes are in the inbox, a run was asked for already"
    )
