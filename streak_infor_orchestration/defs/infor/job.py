"""Reading the entities, when asked to."""

import dagster as dg

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.defs.entities.jobs import entity_job
from streak_infor_orchestration.defs.entities.refresh import refresh_job

infor_entities_job = entity_job("infor", INFOR_TABLES.values())
infor_by_month = refresh_job("infor", INFOR_TABLES.values())


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[infor_entities_job, infor_by_month])
