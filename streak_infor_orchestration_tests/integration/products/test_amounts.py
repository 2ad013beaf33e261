"""Every cent on each product: what was delivered in parts, invoiced in parts and paid, by what its API says of it."""

from typing import Any

from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.integration.products.conftest import RunDue, Typed
from streak_infor_orchestration_tests.world.world import World


def amounts(process: Wiring) -> dict[str, Any]:
    handle = process.warehouse.needed("analytics/order_to_cash")
    (row,) = handle.pandas().to_dict("records")
    return row


def test_a_part_is_delivered_invoiced_and_paid(
    world: World, process: Wiring, product: DemoErp, erp: Control, typed: Typed, run_due: RunDue
) -> None:
    lines = [("BRK-1001", "7", "183.33"), ("BRK-2001", "3", "48.99")]
    run_due(world.company.deal("Northwind", lines=lines, stage="Proposal Accepted"))
    (order,) = erp.get("/state")["salesorders"]
    world.clock.advance(3_600)
    assert "every cent has a cause" in typed("amounts", "--fresh")
    told = amounts(process)
    assert told["undelivered"] == told["ordered"] >= told["asked"] > 0 == told["invoiced"]

    erp.post(f"/orders/{order['OrderID']}/ship-part", {"1": "2"})
    world.clock.advance(3_600)
    typed("amounts", "--fresh")
    told = amounts(process)
    assert 0 < told["delivered"] == told["uninvoiced"] < told["undelivered"]

    invoice = erp.post(f"/orders/{order['OrderID']}/invoice")
    erp.post("/payments", {"InvoiceID": invoice["InvoiceID"], "Amount": "5.00"})
    world.clock.advance(3_600)
    assert "every cent has a cause" in typed("amounts", "--fresh")
    told = amounts(process)
    assert told["invoiced"] > 5 == told["paid"] == told["invoiced"] - told["balance"]
