"""The job that compares both systems: what it tells Dagster, what it leaves as tables, and when its checks are red."""

from collections.abc import Callable
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.reconcile.reconcile import TABLES
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.entities.conftest import Refresh
from streak_infor_orchestration_tests.world.world import World

Tables = Callable[[str], TableHandle]


@pytest.fixture
def compare(
    definitions: dg.Definitions, refresh: Refresh, world: World
) -> Callable[[], tuple[dict[str, dg.AssetCheckEvaluation], dict[str, Any]]]:
    """A quarter of an hour later, everything was read: the checks by name, and what is told of the drift."""

    def act() -> tuple[dict[str, dg.AssetCheckEvaluation], dict[str, Any]]:
        world.clock.advance(900)
        refresh(*(name for name in TABLES if not name.startswith("ledger/")), whole=True)
        result = definitions.resolve_job_def("reconciliation").execute_in_process()
        assert result.success
        (told, _counts) = result.asset_materializations_for_node("reconcile")
        checks = {one.check_name: one for one in result.get_asset_check_evaluations()}
        return checks, dict(told.metadata)

    return act


def looked_at(box: str, process: Wiring) -> None:
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=box)])
    ORDER_TO_CASH.run(Batch(run_id="run"), process.ports)


def test_red_only_when_looking_again_did_not_help(
    compare: Any, world: World, process: Wiring, table: Tables
) -> None:
    box = world.company.deal("Northwind", stage="Closed-Won")
    looked_at(box, process)

    checks, told = compare()
    assert {name: one.passed for name, one in checks.items()} == {
        "deals_in_step": True,
        "customers_in_step": True,
        "contacts_in_step": True,
        "invoices_in_step": True,
    }
    assert told["deals compared"].value == 2 and told["dagster/row_count"].value == 0

    world.company.edit(box, {"ERP status": "Shipped"})
    checks, told = compare()
    found = checks["deals_in_step"]
    assert not found.passed and found.severity is dg.AssetCheckSeverity.WARN, "it is on its way"
    assert checks["customers_in_step"].passed
    assert [record.data for record in told["drift"].value.records] == [
        {"entity": "deals", "kind": "status", "field": "ERP status", "whose": "inbox", "records": 1}
    ]
    (row,) = table("analytics/drift").pandas().to_dict("records")
    assert (row["streak_key"], row["streak"], row["infor"], row["healed"]) == (box, "Shipped", "Invoiced", 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streak_infor_orchestration.sync.deals.write_back.set_box_fields", lambda *_: True)
        ORDER_TO_CASH.run(Batch(run_id="run"), process.ports)
    checks, told = compare()
    found = checks["deals_in_step"]
    assert not found.passed and found.severity is dg.AssetCheckSeverity.ERROR
    assert (found.metadata["alarms"].value, told["alarms"].value) == (1, 1)

    looked_at(box, process)
    checks, _told = compare()
    assert checks["deals_in_step"].passed and len(table("analytics/drift").pandas()) == 0
    trend = table("analytics/drift_counts").relation().filter("kind = 'status'").order('"at"').fetchall()
    assert [(entity, count) for _at, entity, _kind, count in trend] == [("deals", 1)] * 2
