"""What starts runs besides the gateway's nudge: the inbox (safety net), and the ERP's change feeds."""

from collections.abc import Iterator

import dagster as dg

from streak_infor_orchestration.defs.order_to_cash.job import order_to_cash
from streak_infor_orchestration.defs.order_to_cash.resources import IntegrationResource
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.sync.deals.claim import ERP_KINDS, NUDGE
from streak_infor_orchestration.sync.row.claim import SYSTEMS
from streak_infor_orchestration.sync.watch.feedback import poll

_LANES = {"live": ("live", "manual", "unknown"), "bulk": ("bulk",)}


@dg.sensor(job=order_to_cash, minimum_interval_seconds=1, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(integration: IntegrationResource) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Asks for a run when deals are due and nobody has just asked. Decides from the inbox alone."""
    if not integration.parts().configured:
        yield dg.SkipReason("no configuration: STREAK_INFOR_CONFIG names no file that exists")
        return
    store = integration.parts().store
    paused = [s for s in SYSTEMS if (p := store.pauses.state(s)) is not None and p.until > store.clock.now()]
    if paused:
        yield dg.SkipReason(f"paused: {', '.join(paused)}")
        return
    due = store.inbox.due(("deal", *ERP_KINDS))
    asked = False
    for queue, lanes in _LANES.items():
        count = sum(due.by_lane.get(lane, 0) for lane in lanes)
        if count and store.nudges.acquire(NUDGE if queue == "live" else f"{NUDGE}:bulk"):
            asked = True
            yield dg.RunRequest(
                tags={"dagster-celery/queue": queue, "streak-infor/started-by": "inbox sensor"},
                run_config=dg.RunConfig(ops={"claim": {"config": {"lanes": list(lanes)}}}),
            )
    if not asked:
        yield dg.SkipReason(
            f"{due.count} due, a run was asked for already" if due.count else "nothing is due"
        )


@dg.sensor(
    job=order_to_cash,
    minimum_interval_seconds=3,  # Dagster looks every five: asked for five, a moment too soon would make it ten
    default_status=dg.DefaultSensorStatus.RUNNING,
    name="erp_changes",
)
def erp_changes(integration: IntegrationResource) -> dg.SkipReason | dg.RunRequest:
    """Polls orders, invoices and payments into the inbox, inside the tick; a run only when something changed."""
    if not integration.parts().configured:
        return dg.SkipReason("no configuration: STREAK_INFOR_CONFIG names no file that exists")
    parts = integration.parts()
    try:
        parts.ports.names.watch_from_afar()
        counts = poll(parts.erp, parts.store, parts.clock, parts.config.erp.overlap)
    except IntegrationError as error:
        return dg.SkipReason(f"{error.system}: {error.message}")
    if not sum(counts.values()):
        return dg.SkipReason("nothing changed in the ERP")
    if not parts.store.nudges.acquire(NUDGE):
        return dg.SkipReason("changes are in the inbox, a run was asked for already")
    return dg.RunRequest(tags={"dagster-celery/queue": "live", "streak-infor/started-by": "ERP changes"})
