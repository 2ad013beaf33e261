"""The jobs and schedules of a system's entities."""

from collections.abc import Collection
from typing import Any

import dagster as dg

from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.defs.entities.assets import BY_NIGHT_ONLY

ON_BULK = {"dagster-celery/queue": "bulk", "dagster/max_runtime": "3000"}
"""On the bulk worker, since a reading must not delay a live deal; longer than other runs may take, shorter than Redis
waits before it hands a run out again."""


def entity_job(system: str, tables: Collection[EntityTable]) -> Any:
    return dg.define_asset_job(
        f"{system}_tables",  # the op behind them is called entities, and Dagster takes a name once
        selection=dg.AssetSelection.assets(*(table.name.split("/") for table in tables)),
        description="Reads what changed since the last time into the tables, and checks them.",
        tags=ON_BULK,
        executor_def=dg.in_process_executor,
    )


def entity_schedules(
    system: str, tables: Collection[EntityTable], job: Any, *, minute: int
) -> list[dg.ScheduleDefinition]:
    """Every half hour what changed; every night everything, for a deletion has no other source."""
    often = [dg.AssetKey(table.name.split("/")) for table in tables if table.name not in BY_NIGHT_ONLY]

    @dg.schedule(
        name=f"{system}_changes",
        job=job,
        cron_schedule=f"{minute}-59/30 * * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    def changes(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        return dg.RunRequest(asset_selection=often)

    nightly = dg.ScheduleDefinition(
        name=f"{system}_nightly",
        job=job,
        cron_schedule=f"{minute} 3 * * *",
        run_config=dg.RunConfig(ops={f"{system}_entities": {"config": {"whole": True}}}),
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return [changes, nightly]
