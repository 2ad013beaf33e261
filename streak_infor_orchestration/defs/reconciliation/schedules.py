"""When the sweep runs: every ten minutes back to the last one, every night over everything."""

import dagster as dg

from streak_infor_orchestration.defs.reconciliation.job import sweep_job

_ALL = dg.RunConfig(ops={"sync__sweep": {"config": {"full": True}}})

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


@dg.definitions
def schedules() -> dg.Definitions:
    return dg.Definitions(schedules=[sweep_often, sweep_nightly])
