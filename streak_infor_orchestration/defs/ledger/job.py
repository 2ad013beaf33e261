"""Writing it down, when asked to."""

import dagster as dg

from streak_infor_orchestration.analytics.ledger_tables import LEDGER_TABLES
from streak_infor_orchestration.defs.entities.jobs import entity_job

ledger_entities_job = entity_job("ledger", LEDGER_TABLES.values())


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[ledger_entities_job])
