"""When the entities are read."""

import dagster as dg

from streak_infor_orchestration.analytics.streak_tables import STREAK_TABLES
from streak_infor_orchestration.defs.entities.jobs import entity_schedules
from streak_infor_orchestration.defs.streak.job import streak_entities_job


@dg.definitions
def schedules() -> dg.Definitions:
    return dg.Definitions(
        schedules=entity_schedules("streak", STREAK_TABLES.values(), streak_entities_job, minute=4)
    )
