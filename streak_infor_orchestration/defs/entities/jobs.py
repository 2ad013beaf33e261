"""The jobs and schedules of a system's entities."""

from collections.abc import Collection
from typing import Any

import dagster as dg

from streak_infor_orchestration.analytics.rules import RULES
from streak_infor_orchestration.analytics.schema import Table
from streak_infor_orchestration.defs.entities.assets import BY_NIGHT_ONLY

ON_BULK = {"dagster-celery/queue": "bulk"}
"""On the bulk worker: a reading must not delay a live deal."""


def entity_job(system: str, tables: Collection[Table]) -> Any:
    return dg.define_asset_job(
        f"{system}_tables",  # the op behind them is called entities, and Dagster takes a name once
        selection=dg.AssetSelection.assets(*(table.name.split("/") for table in tables)),
        description="Reads what changed since the last time into the tables, and checks them.",
        tags=ON_BULK,
        executor_def=dg.in_process_executor,
    )


def entity_schedules(
    system: str, tables: Collection[Table], job: Any, *, minute: int
) -> list[dg.ScheduleDefinition]:
    """Every quarter of an hour what changed; every night everything, for a deletion has no other source. Checks of
    whole readings belong to these: an event costs Dagster more than a check costs us."""
    rules = [
        dg.AssetCheckKey(dg.AssetKey(rule.table.split("/")), rule.name)
        for rule in RULES
        if rule.table.startswith(f"{system}/")
    ]
    often = [dg.AssetKey(table.name.split("/")) for table in tables if table.name not in BY_NIGHT_ONLY]

    @dg.schedule(
        name=f"{system}_changes",
        job=job,
        cron_schedule=f"{minute}-59/15 * * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    def changes(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        return dg.RunRequest(asset_selection=often, asset_check_keys=rules)

    nightly = dg.ScheduleDefinition(
        name=f"{system}_nightly",
        job=job,
        cron_schedule=f"{minute} 3 * * *",
        run_config=dg.RunConfig(ops={f"{system}_entities": {"config": {"whole": True}}}),
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return [changes, nightly]
