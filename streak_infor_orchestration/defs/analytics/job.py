"""Working the tables out, when asked to."""

import dagster as dg

from streak_infor_orchestration.analytics.tables import DERIVED
from streak_infor_orchestration.defs.entities.jobs import ON_BULK

analytics_job = dg.define_asset_job(
    "analytics_tables",
    selection=dg.AssetSelection.assets(*(name.split("/") for name in DERIVED)),
    description="Works out every cent, the view of each customer and the times, from the tables as they are.",
    tags=ON_BULK,
    executor_def=dg.in_process_executor,
)


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[analytics_job])
