"""Reading everything anew in parts, for a system with more records than one run should read: one partition is an
entity and the month its records were last changed in. A part that failed is run again alone, a backfill goes on where
it stopped, and the tables stay whole in between."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from streak_infor_orchestration.analytics.schema import EntityTable, Window
from streak_infor_orchestration.defs.entities.jobs import ON_BULK
from streak_infor_orchestration.defs.table_metadata import table_metadata

FIRST_MONTH = datetime(2012, 1, 1)  # noqa: DTZ001  Dagster adds the zone
"""Nothing in Streak is older. What the ERP changed before belongs to this month too."""

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def refresh_job(system: str, tables: Collection[EntityTable]) -> dg.JobDefinition:
    """Of those tables whose system tells when a record was changed."""
    months = dg.MonthlyPartitionsDefinition(start_date=FIRST_MONTH, end_offset=1)
    entities = dg.StaticPartitionsDefinition([table.name.split("/")[1] for table in tables if table.windows])

    @dg.op(name=f"read_{system}_month", required_resource_keys={system, "ledger", "tables"})
    def read_month(context: dg.OpExecutionContext) -> None:
        from streak_infor_orchestration.sync.tables.tables import publish, read

        store, tables = context.resources.ledger.store(), context.resources.tables
        reading = getattr(context.resources, system).reading(store)
        key = context.partition_key
        assert isinstance(key, dg.MultiPartitionKey)
        month = months.time_window_for_partition_key(key.keys_by_dimension["month"])
        start = _BEGINNING if month.start.replace(tzinfo=None) == FIRST_MONTH else month.start.astimezone(UTC)
        name = f"{system}/{key.keys_by_dimension['entity']}"
        delta = read(reading, tables.warehouse, name, window=Window(start, month.end.astimezone(UTC)))
        published = publish(store, tables.warehouse, delta)
        metadata = table_metadata(tables.handle(name), published, None)
        context.log_event(dg.AssetMaterialization(name.split("/"), metadata=metadata))

    @dg.job(
        name=f"{system}_by_month",
        description="Reads an entity anew by the month of the last change: for a first load or a full one in parts.",
        partitions_def=dg.MultiPartitionsDefinition({"entity": entities, "month": months}),
        tags=ON_BULK,
        executor_def=dg.in_process_executor,
    )
    def by_month() -> Any:
        read_month()

    return by_month
