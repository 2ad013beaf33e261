"""When the sweep runs: every ten minutes back to the last one, every night over everything. When both systems are
reconciled: every hour on what changed, every night whole, after the tables were read whole."""

import dagster as dg

from streak_infor_orchestration.defs.reconciliation.job import reconciliation_job, sweep_job

_ALL = dg.RunConfig(ops={"sync__sweep": {"config": {"full": True}}})
_WHOLE = dg.RunConfig(ops={"reconcile": {"config": {"whole": True}}})

sweep_often = dg.ScheduleDefinition(
    name="sweep_often",
    job=sweep_job,
    cron_schedule="*/10 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
sweep_nightly = dg.ScheduleDefinition(
    name="sweep_nightly",
    job=sweep_job,
    cron_schedule="17 2 * * *",
    run_config=_ALL,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
reconciliation_hourly = dg.ScheduleDefinition(
    name="reconciliation_hourly",
    job=reconciliation_job,
    cron_schedule="29 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
reconciliation_nightly = dg.ScheduleDefinition(
    name="reconciliation_nightly",
    job=reconciliation_job,
    cron_schedule="44 4 * * *",
    run_config=_WHOLE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


@dg.definitions
def schedules() -> dg.Definitions:
    return dg.Definitions(
        schedules=[sweep_often, sweep_nightly, reconciliation_hourly, reconciliation_nightly]
    )
