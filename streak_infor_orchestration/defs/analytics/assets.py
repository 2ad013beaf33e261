"""The derived tables as assets: each is worked out anew from the tables as they are, in one op for all of them."""

from collections.abc import Iterator

import dagster as dg

from streak_infor_orchestration.analytics.derivations import DERIVATIONS
from streak_infor_orchestration.analytics.tables import DERIVED
from streak_infor_orchestration.defs.entities.assets import entity_specs
from streak_infor_orchestration.defs.resources import LedgerResource, here
from streak_infor_orchestration.defs.tables import TableIOManager
from streak_infor_orchestration.domain.errors import IntegrationError


def _specs() -> list[dg.AssetSpec]:
    specs = entity_specs("analytics", DERIVED.values())
    return [spec.replace_attributes(kinds={"duckdb", "parquet"}) for spec in specs]


@dg.multi_asset(name="analytics_derived", specs=_specs(), can_subset=True)
def derived_tables(
    context: dg.AssetExecutionContext, ledger: LedgerResource, tables: dg.ResourceParam[TableIOManager]
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]  # Dagster reads the bare name
    """One that cannot be worked out does not stop the others; the run fails at its end and names it."""
    from streak_infor_orchestration.analytics.derived import derive
    from streak_infor_orchestration.defs.analytics.pictures import pictures
    from streak_infor_orchestration.defs.table_metadata import table_metadata

    company, failed = here().config.company.currency, dict[str, str]()
    for name, derivation in DERIVATIONS.items():
        keys = {table.name: dg.AssetKey(table.name.split("/")) for table, _ in derivation.results}
        if not context.selected_asset_keys & set(keys.values()):
            continue
        try:
            published = derive(tables.warehouse, derivation, company=company, now=ledger.store().clock.now())
        except IntegrationError as error:
            failed[name] = f"{error.kind} {error.code}: {error.message}"
            continue
        for table, key in keys.items():
            if key in context.selected_asset_keys:
                metadata = table_metadata(tables.handle(table), published[table], None)
                yield dg.MaterializeResult(
                    asset_key=key, metadata=metadata | pictures(tables.warehouse, table, company)
                )
    if failed:
        raise dg.Failure("could not be worked out: " + "; ".join(f"{k}: {v}" for k, v in failed.items()))
