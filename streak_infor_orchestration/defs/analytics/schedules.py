"""When that is done: every hour, after both systems and the ledger were read."""

import dagster as dg

from streak_infor_orchestration.defs.analytics.job import analytics_job

analytics_hourly = dg.ScheduleDefinition(
    name="analytics_hourly",
    job=analytics_job,
    cron_schedule="24 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


@dg.definitions
def schedules() -> dg.Definitions:
    return dg.Definitions(schedules=[analytics_hourly])
