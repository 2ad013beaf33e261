"""Reconciliation as assets: the drift that stands, red while looking at it again did not help, and its trend."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import dagster as dg

from streak_infor_orchestration.analytics.reconciliation.tables import DRIFT, DRIFT_COUNTS
from streak_infor_orchestration.analytics.tables import RECONCILED
from streak_infor_orchestration.defs.entities.assets import entity_specs
from streak_infor_orchestration.defs.resources import InforResource, LedgerResource, StreakResource, ports
from streak_infor_orchestration.defs.table_metadata import drawn
from streak_infor_orchestration.defs.tables import TableIOManager

if TYPE_CHECKING:
    from streak_infor_orchestration.ledger.drifts import DriftCount
    from streak_infor_orchestration.sync.reconcile.reconcile import FoundDrift, Reconciled

ENTITIES = ("deals", "customers", "contacts", "invoices")
_SHOWN = timedelta(days=30)
_KEPT = timedelta(days=400)
_DRIFT, _COUNTS = (dg.AssetKey(table.name.split("/")) for table in (DRIFT, DRIFT_COUNTS))


class ReconcileConfig(dg.Config):
    """`whole`: every record, else what changed since the last run. `heal`: records with drift are looked at once."""

    whole: bool = False
    heal: bool = True


@dg.multi_asset(
    name="reconcile",
    specs=[
        spec.replace_attributes(kinds={"duckdb", "parquet"})
        for spec in entity_specs("analytics", RECONCILED.values())
    ],
    check_specs=[
        dg.AssetCheckSpec(f"{entity}_in_step", asset=_DRIFT, description=f"Both systems agree on {entity}.")
        for entity in ENTITIES
    ],
)
def reconcile_both(
    config: ReconcileConfig,
    streak: StreakResource,
    infor: InforResource,
    ledger: LedgerResource,
    tables: dg.ResourceParam[TableIOManager],
) -> Iterator[dg.Output | dg.AssetCheckResult]:  # type: ignore[type-arg]  # Dagster reads the bare name
    from streak_infor_orchestration.sync.reconcile.kept import counts_delta, drift_delta
    from streak_infor_orchestration.sync.reconcile.reconcile import reconcile

    opened, warehouse = ports(streak, infor, ledger), tables.warehouse
    made = reconcile(opened, warehouse, whole=config.whole, heal=config.heal)
    trend = opened.store.drifts.trend(made.at - _KEPT)
    yield dg.Output(
        drift_delta(made, warehouse), output_name=_DRIFT.to_python_identifier(), metadata=_told(made)
    )
    yield dg.Output(
        counts_delta(trend, warehouse),
        output_name=_COUNTS.to_python_identifier(),
        metadata={"trend": _picture([one for one in trend if one.at >= made.at - _SHOWN])},
    )
    for entity in ENTITIES:
        yield _check(entity, [found for found in made.drifts if found.drift.entity == entity])


def _told(made: "Reconciled") -> dict[str, Any]:
    """Counts and keys: what people typed stays in the table."""
    groups = Counter((f.drift.entity, f.drift.kind.value, f.drift.field, f.whose.value) for f in made.drifts)
    rows = [
        dg.TableRecord({"entity": entity, "kind": kind, "field": field, "whose": whose, "records": count})
        for (entity, kind, field, whose), count in sorted(groups.items())
    ]
    return {
        "whole": dg.MetadataValue.bool(made.whole),
        **{f"{entity} compared": dg.MetadataValue.int(n) for entity, n in made.compared.items()},
        "alarms": dg.MetadataValue.int(len(made.alarms)),
        "under way": dg.MetadataValue.int(made.unfinished),
        "not readable now": dg.MetadataValue.int(made.unread),
        "left for the next run": dg.MetadataValue.int(made.left),
        "drift": dg.MetadataValue.table(
            rows,
            schema=dg.TableSchema(
                [dg.TableColumn(n) for n in ("entity", "kind", "field", "whose", "records")]
            ),
        ),
    }


def _picture(trend: "list[DriftCount]") -> dg.MetadataValue:
    from streak_infor_orchestration.analytics.reconciliation.picture import RunCount
    from streak_infor_orchestration.analytics.reconciliation.picture import trend as picture

    by_run = dict.fromkeys((one.at for one in trend), 0)
    for one in trend:
        by_run[one.at] += one.count if one.kind else 0
    return drawn([picture([RunCount(at, found) for at, found in by_run.items()])], "drift")


def _check(entity: str, found: "list[FoundDrift]") -> dg.AssetCheckResult:
    """An error where looking again did not help; else it is on its way, which is a warning."""
    alarms = sum(one.alarm for one in found)
    return dg.AssetCheckResult(
        asset_key=_DRIFT,
        check_name=f"{entity}_in_step",
        passed=not found,
        severity=dg.AssetCheckSeverity.ERROR if alarms else dg.AssetCheckSeverity.WARN,
        metadata={"drift": len(found), "alarms": alarms},
    )
