"""Reports the ledger's state into Dagster without a run: materialisations and check results, when they change."""

import json
import time

import dagster as dg

from streak_infor_orchestration.defs.asking import guarded
from streak_infor_orchestration.defs.operations.assets import DEAD_LETTERS, INBOX_LAG, LINKS, UNSETTLED_WRITES
from streak_infor_orchestration.defs.operations.checks import (
    dead_letters_result,
    lag_result,
    left_out_result,
    unsettled_result,
)
from streak_infor_orchestration.defs.resources import LedgerResource

_AT_LEAST_EVERY_SECONDS = 600.0


@dg.sensor(minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
@guarded
def ledger_state(
    context: dg.SensorEvaluationContext, ledger: LedgerResource
) -> dg.SensorResult | dg.SkipReason:
    """An event is a write in Dagster's database, so the same state is told again only every ten minutes."""
    store = ledger.store()
    letters, unsettled, lag = dead_letters_result(store), unsettled_result(store), lag_result(store)
    left_out, links = left_out_result(store), store.links.count()
    state = [links, letters.metadata["open"].value, unsettled.metadata["writes"].value, lag.passed]
    last_state, last_told = _cursor(context.cursor)
    now = time.time()
    if state == last_state and now - last_told < _AT_LEAST_EVERY_SECONDS:
        return dg.SkipReason("nothing changed")
    return dg.SensorResult(
        asset_events=[
            dg.AssetMaterialization(LINKS.key, metadata={"dagster/row_count": links}),
            dg.AssetMaterialization(DEAD_LETTERS.key, metadata=letters.metadata),
            dg.AssetMaterialization(UNSETTLED_WRITES.key, metadata=unsettled.metadata),
            dg.AssetMaterialization(INBOX_LAG.key, metadata=lag.metadata),
            *(_evaluation(result) for result in (letters, left_out, unsettled, lag)),
        ],
        cursor=json.dumps({"state": state, "told": now}),
    )


def _evaluation(result: dg.AssetCheckResult) -> dg.AssetCheckEvaluation:
    assert result.asset_key is not None and result.check_name is not None
    return dg.AssetCheckEvaluation(
        asset_key=result.asset_key,
        check_name=result.check_name,
        passed=result.passed,
        severity=result.severity,
        metadata=result.metadata,
    )


def _cursor(text: str | None) -> tuple[list[object], float]:
    """A cursor that cannot be read starts anew instead of failing every tick."""
    try:
        read = json.loads(text or "{}")
        return read["state"], float(read["told"])
    except (ValueError, KeyError, TypeError):
        return [], 0.0
