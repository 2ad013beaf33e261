"""A reconciliation as rows of its tables."""

from collections.abc import Iterable
from typing import Any

from streak_infor_orchestration.analytics.delta import Delta
from streak_infor_orchestration.analytics.reconciliation.tables import DRIFT, DRIFT_COUNTS
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.ledger.drifts import DriftCount
from streak_infor_orchestration.sync.reconcile.reconcile import FoundDrift, Reconciled


def drift_delta(made: Reconciled, warehouse: Warehouse) -> Delta:
    """All that stands, in the place of what stood before."""
    delta = warehouse.delta(DRIFT, whole=True)
    delta.add(map(row, made.drifts))
    return delta


def row(found: FoundDrift) -> dict[str, Any]:
    drift = found.drift
    return {
        "fingerprint": drift.fingerprint,
        "entity": drift.entity,
        "kind": drift.kind.value,
        "streak_key": drift.streak_key,
        "erp_key": drift.erp_key,
        "field": drift.field,
        "streak": drift.streak,
        "infor": drift.infor,
        "whose": found.whose.value,
        "first_seen": found.first_seen.isoformat(),
        "healed": found.healed,
        "alarm": found.alarm,
    }


def counts_delta(trend: Iterable[DriftCount], warehouse: Warehouse) -> Delta:
    delta = warehouse.delta(DRIFT_COUNTS, whole=True)
    delta.add(
        {"at": one.at.isoformat(), "entity": one.entity, "kind": one.kind, "count": one.count}
        for one in trend
    )
    return delta
