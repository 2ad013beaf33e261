"""When the entities are read."""

import dagster as dg

from streak_infor_orchestration.analytics.infor_tables import INFOR_TABLES
from streak_infor_orchestration.defs.entities.jobs import entity_schedules
from streak_infor_orchestration.defs.infor.job import infor_entities_job


@dg.definitions
def schedules() -> dg.Definitions:
    return dg.Definitions(
        schedules=entity_schedules("infor", INFOR_TABLES.values(), infor_entities_job, minute=9)
    )
