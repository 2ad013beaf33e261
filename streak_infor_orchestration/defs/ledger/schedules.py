"""When it is written down: after both systems were read, and always whole."""

import dagster as dg

from streak_infor_orchestration.defs.ledger.job import ledger_entities_job

ledger_changes = dg.ScheduleDefinition(
    name="ledger_changes",
    job=ledger_entities_job,
    cron_schedule="14-59/30 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


@dg.definitions
def schedules() -> dg.Definitions:
    return dg.Definitions(schedules=[ledger_changes])
