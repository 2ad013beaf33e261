"""The rules of `analytics/rules.py` as asset checks: after every reading, and by hand in the Dagster UI."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import dagster as dg

from streak_infor_orchestration.analytics.rules import EVERYWHERE, RULES, FindingRule
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.defs.resources import LedgerResource
from streak_infor_orchestration.defs.tables import TableIOManager

if TYPE_CHECKING:
    from streak_infor_orchestration.analytics.findings import Finding


def entity_checks(system: str, tables: Collection[EntityTable]) -> dg.AssetChecksDefinition:
    rules = {(rule.table, rule.name): rule for rule in RULES if rule.table.startswith(f"{system}/")}

    @dg.multi_asset_check(
        name=f"{system}_checks", specs=[*_everywhere(tables), *map(_spec, rules.values())], can_subset=True
    )
    def check_entities(
        context: dg.AssetCheckExecutionContext,
        ledger: LedgerResource,
        tables: dg.ResourceParam[TableIOManager],
    ) -> Iterator[dg.AssetCheckResult]:
        from streak_infor_orchestration.analytics.findings import inspection

        with inspection(tables.warehouse, ledger.store().clock.now()) as look:
            for key in sorted(context.selected_asset_check_keys, key=str):
                table = "/".join(key.asset_key.path)
                rule = rules.get((table, key.name))
                finding = look.ask(rule) if rule else look.recall(table, key.name)
                yield _result(key, finding, severe=rule is None or rule.severe)

    return check_entities


def _everywhere(tables: Collection[EntityTable]) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(name, asset=dg.AssetKey(table.name.split("/")), description=description)
        for table in tables
        for name, description in EVERYWHERE.items()
    ]


def _spec(rule: FindingRule) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        rule.name,
        asset=dg.AssetKey(rule.table.split("/")),
        description=rule.description,
        additional_deps=[name.split("/") for name in rule.needs],
    )


def _result(key: dg.AssetCheckKey, finding: "Finding", *, severe: bool) -> dg.AssetCheckResult:
    names = list(finding.shown[0]) if finding.shown else []
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=finding.holds,
        severity=dg.AssetCheckSeverity.ERROR if severe and finding.broken else dg.AssetCheckSeverity.WARN,
        description=f"not read yet: {', '.join(finding.unread)}" if finding.unread else None,
        metadata={
            "broken": finding.broken,
            **(
                {
                    "first": dg.MetadataValue.table(
                        [dg.TableRecord(row) for row in finding.shown],
                        schema=dg.TableSchema([dg.TableColumn(name) for name in names]),
                    )
                }
                if names
                else {}
            ),
        },
    )
