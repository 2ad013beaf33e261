"""Reading the entities, when asked to."""

import dagster as dg

from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES
from streak_infor_orchestration.defs.entities.jobs import entity_job
from streak_infor_orchestration.defs.entities.refresh import refresh_job

streak_entities_job = entity_job("streak", STREAK_TABLES.values())
streak_by_month = refresh_job("streak", STREAK_TABLES.values())


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[streak_entities_job, streak_by_month])
