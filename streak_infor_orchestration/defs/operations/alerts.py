"""Tells people of incidents, once each, over the channels of the configuration's `alerts`."""

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded
from streak_infor_orchestration.defs.resources import IntegrationResource
from streak_infor_orchestration.domain.errors import IntegrationError


@dg.sensor(minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
@guarded
def alerts(integration: IntegrationResource) -> dg.SkipReason:
    """Decides from the ledger alone. What a channel refuses is tried again."""
    from streak_infor_orchestration.sync.watch.alerts import open_incidents, standing, tell

    parts = integration.parts()
    channels = parts.config.alerts
    if not channels:
        return dg.SkipReason("nobody is to be told: the configuration has no `alerts`")
    open_incidents(parts.store, channels, standing(parts.store))
    try:
        told = tell(parts.store, channels, parts.send)
    except IntegrationError as error:
        return dg.SkipReason(error.message)
    return dg.SkipReason(f"told {sum(told.values())} incident(s)" if told else "nothing new to tell")


@dg.run_failure_sensor(
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A run that broke as such; a deal that failed is a dead letter and breaks no run.",
)
def broken_runs(context: dg.RunFailureSensorContext, integration: IntegrationResource) -> None:
    from streak_infor_orchestration.sync.watch.alerts import open_incidents, run_failed

    parts = integration.parts()
    if parts.configured and parts.config.alerts:
        run = context.dagster_run
        reason = context.failure_event.message or "no reason was given"
        incident = run_failed(run.job_name, run.run_id, reason, parts.store)
        open_incidents(parts.store, parts.config.alerts, [incident])
