"""What is worked out of both systems, after the product itself sold, invoiced and was paid."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.tables import DERIVED, TABLES
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.entities.conftest import Refresh
from streak_infor_orchestration_tests.world.world import World

Tables = Callable[[str], TableHandle]


@pytest.fixture
def worked_out(definitions: dg.Definitions, process: Wiring, refresh: Refresh) -> Callable[..., Any]:
    """Reads all that is read, then runs the job of what is worked out."""

    def run() -> dg.ExecuteInProcessResult:
        refresh(*TABLES)
        return definitions.resolve_job_def("analytics_tables").execute_in_process(raise_on_error=False)

    return run


def sold(world: World, process: Wiring) -> str:
    """A deal that was won, and what the product makes of it."""
    box = world.company.deal("Northwind", stage="Closed-Won")
    process.store.inbox.record([Event(source="streak", name="BOX_EDIT", kind="deal", key=box)])
    ORDER_TO_CASH.run(Batch(run_id="run"), process.ports)
    return box


def rows(table: TableHandle) -> list[dict[str, Any]]:
    return table.pandas().to_dict("records")


def test_a_deal_from_the_stage_to_the_bank(
    world: World, process: Wiring, worked_out: Callable[..., Any], table: Tables
) -> None:
    box = sold(world, process)
    (order,), (invoice,) = (world.company.found_in_erp(name) for name in ("salesorders", "invoices"))
    world.clock.advance(7_200)
    total = Decimal(invoice["TotalAmount"])
    world.company.erp("/payments", {"InvoiceID": invoice["InvoiceID"], "Amount": str(total + 5)})
    world.company.erp(
        "/creditnotes", {"InvoiceID": invoice["InvoiceID"], "Amount": "1.25", "Reason": "scratch"}
    )
    world.clock.advance(7_200)

    result = worked_out()

    assert result.success
    evaluated = {
        (check.asset_key.to_user_string(), check.check_name): check.passed
        for check in result.get_asset_check_evaluations()
    }
    assert evaluated["analytics/order_to_cash", "every_cent_explained"] and all(evaluated.values())
    (amounts,) = rows(table("analytics/order_to_cash"))
    assert (amounts["order_id"], amounts["box_key"]) == (order["OrderID"], box)
    assert (amounts["ordered"], amounts["invoiced"], amounts["paid"]) == (total, total, total + 5)
    assert (amounts["credited"], amounts["balance"], amounts["unexplained"]) == (
        Decimal("1.25"),
        Decimal("-6.25"),
        0,
    )
    (customer,) = rows(table("analytics/customer_360"))
    assert customer["customer_id"] == order["CustomerID"] and customer["party"].startswith("organization:")
    assert (customer["orders"], customer["balance"]) == (1, Decimal("-6.25"))
    assert any(risk.startswith("has paid 6.25") for risk in customer["risks"])
    told = {row["what"] for row in rows(table("analytics/customer_timeline"))}
    assert {"deal", "order", "invoice", "payment", "credit_note"} <= told
    (times,) = rows(table("analytics/times"))
    assert times["won"] <= times["ordered"] <= times["invoiced"] < times["paid"] and not times["by_hand"]
    weeks = {row["step"]: row for row in rows(table("analytics/times_by_week"))}
    assert weeks["invoiced to paid"]["median_hours"] == 2


def test_dagster_is_told_in_numbers_and_pictures_and_of_nobody(
    world: World, process: Wiring, worked_out: Callable[..., Any]
) -> None:
    sold(world, process)
    result = worked_out()
    told = {
        m.asset_key.to_user_string(): m for m in result.asset_materializations_for_node("analytics_derived")
    }
    assert set(told) == set(DERIVED)
    for name in ("order_to_cash", "customer_360", "times_by_week"):
        assert "data:image/svg+xml;base64," in told[f"analytics/{name}"].metadata["picture"].value
    (shown,) = told["analytics/order_to_cash"].metadata["amounts by currency"].value.records
    assert shown.data["unexplained"] == "0.00"
    assert "Northwind" not in str([m.metadata for m in told.values()])


def test_a_wrong_cent_turns_the_check_red_and_names_the_order(
    world: World, process: Wiring, worked_out: Callable[..., Any]
) -> None:
    sold(world, process)
    (invoice,) = world.company.found_in_erp("invoices")
    worked_out()
    world.company.erp(f"/records/invoices/{invoice['InvoiceID']}", {"Balance": "0.01"})
    world.clock.advance(7_200)
    result = worked_out()
    (red,) = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert (red.check_name, red.severity) == ("every_cent_explained", dg.AssetCheckSeverity.ERROR)
    (first,) = red.metadata["first"].value.records
    assert first.data["order_id"] == invoice["OrderID"]


def test_what_is_not_read_yet_is_said(definitions: dg.Definitions, process: Wiring) -> None:
    result = definitions.resolve_job_def("analytics_tables").execute_in_process(raise_on_error=False)
    assert not result.success
    (failure,) = result.filter_events(lambda event: event.is_step_failure)
    assert "infor/sales_orders" in str(failure.step_failure_data.error)
