"""A system's tables as assets: one op for all of them, since every op and event costs more than most readings."""

from collections.abc import Collection, Iterator
from datetime import timedelta

import dagster as dg

from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.domain.errors import IntegrationError

OWNERS = ["team:integration"]
BY_NIGHT_ONLY = frozenset({"streak/organizations"})
"""Streak lists organizations only whole (contract §3.9): not something to ask for twice an hour."""

_STALE = timedelta(hours=2)
_STALE_BY_NIGHT = timedelta(hours=30)


class EntitiesConfig(dg.Config):
    """`whole`: everything there is, so that what was deleted goes too; else what changed since the last time."""

    whole: bool = False


def entity_specs(system: str, tables: Collection[EntityTable]) -> list[dg.AssetSpec]:
    return [_spec(system, table).with_io_manager_key("tables") for table in tables]


def entity_assets(system: str, entities: Collection[EntityTable]) -> dg.AssetsDefinition:
    """Asked for is the resource of their own system alone. An entity that cannot be read does not stop the others; the
    run fails at its end and names it."""

    @dg.multi_asset(
        name=f"{system}_entities",
        specs=entity_specs(system, entities),
        can_subset=True,
        required_resource_keys={system, "ledger", "tables"},
    )
    def read_entities(context: dg.AssetExecutionContext, config: EntitiesConfig) -> Iterator[dg.Output]:  # type: ignore[type-arg]  # Dagster reads the bare name
        from streak_infor_orchestration.sync.tables.tables import read, unkept

        resources = context.resources
        reading = getattr(resources, system).reading(resources.ledger.store())
        failed: dict[str, str] = {}
        for table in entities:
            key = dg.AssetKey(table.name.split("/"))
            if key not in context.selected_asset_keys:
                continue
            try:
                delta = read(reading, resources.tables.warehouse, table.name, whole=config.whole)
            except IntegrationError as error:
                failed[table.name] = f"{error.kind} {error.code}: {error.message}"
                continue
            note = unkept(reading.config, table.name)
            yield dg.Output(
                delta, output_name=key.to_python_identifier(), metadata={"note": note} if note else {}
            )
        if failed:
            raise dg.Failure("could not be read: " + "; ".join(f"{k}: {v}" for k, v in failed.items()))

    return read_entities


def _spec(system: str, table: EntityTable) -> dg.AssetSpec:
    by_night = table.name in BY_NIGHT_ONLY
    return dg.AssetSpec(
        key=table.name.split("/"),
        description=table.description,
        group_name=system,
        owners=OWNERS,
        kinds={system, "parquet"},
        deps=[dg.AssetKey(name.split("/")) for name in table.refers_to],
        metadata={"dagster/column_schema": _schema(table)},
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_STALE_BY_NIGHT if by_night else _STALE),
    )


def _schema(table: EntityTable) -> dg.TableSchema:
    alone = len(table.key) == 1
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.sql,
                column.description,
                dg.TableColumnConstraints(nullable=False, unique=alone)
                if column.name in table.key
                else dg.TableColumnConstraints(),
            )
            for column in table.columns
        ]
    )
