"""Tells people of incidents, once each, over the channels of the configuration's `alerts`."""

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded
from streak_infor_orchestration.defs.resources import LedgerResource, here
from streak_infor_orchestration.domain.errors import IntegrationError


@dg.sensor(minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
@guarded
def alerts(ledger: LedgerResource) -> dg.SkipReason:
    """Decides from the ledger alone. What a channel refuses is tried again."""
    from streak_infor_orchestration.sync.watch.alerts import open_incidents, standing, tell

    store, channels = ledger.store(), here().config.alerts
    if not channels:
        return dg.SkipReason("nobody is to be told: the configuration has no `alerts`")
    open_incidents(store, channels, standing(store))
    try:
        told = tell(store, channels, here().send)
    except IntegrationError as error:
        return dg.SkipReason(error.message)
    return dg.SkipReason(f"told {sum(told.values())} incident(s)" if told else "nothing new to tell")


@dg.run_failure_sensor(
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A run that broke as such; a deal that failed is a dead letter and breaks no run.",
)
def broken_runs(context: dg.RunFailureSensorContext, ledger: LedgerResource) -> None:
    from streak_infor_orchestration.sync.watch.alerts import open_incidents, run_failed

    if here().configured and (channels := here().config.alerts):
        store = ledger.store()
        run = context.dagster_run
        reason = context.failure_event.message or "no reason was given"
        incident = run_failed(run.job_name, run.run_id, reason, store)
        open_incidents(store, channels, [incident])
