"""What an administrator does beside the stream of deals, on each product: preview, link, sweep, recover, and the table
of what the product does not keep."""

import json
import shutil
from typing import Any

import dagster as dg

from streak_infor_orchestration.demo.erps import DemoErp
from streak_infor_orchestration.domain.entities import RECORDS
from streak_infor_orchestration.infor.products import PRODUCTS
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.integration.products.conftest import RunDue, Typed
from streak_infor_orchestration_tests.world.world import World


def ordered(world: World, run_due: RunDue, name: str) -> str:
    deal = world.company.deal(name, lines=[("BRK-1001", "2", "180.00")], stage="Proposal Accepted")
    run_due(deal)
    return deal


def orders(erp: Control) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = erp.get("/state")["salesorders"]
    return found


def test_check_says_what_may_be_read_and_what_is_not_kept(product: DemoErp, typed: Typed) -> None:
    document = json.loads(typed("check", "--json", code=1))  # nobody registered a webhook
    found = [f["what"] for f in document["findings"] if f["area"] == "permissions"]
    erp = PRODUCTS[product.name]
    lacking = [told for entity in RECORDS if (told := erp.lacks(entity))]
    assert f"{erp.title} keeps no contacts as such: the table infor/contacts stays empty" in lacking
    assert sorted(found) == sorted([*lacking, *(f"{label} can be read" for label in erp.labels.values())])


def test_preview_shows_orders_and_problems_and_writes_nothing(
    world: World, process: Wiring, erp: Control, typed: Typed
) -> None:
    world.company.deal("Good", lines=[("BRK-1001", "2", "180.00")], stage="Proposal Accepted")
    world.company.deal("Bad", lines=[("NONE-1", "2", "180.00")], stage="Closed-Won")
    before = erp.get("/state")
    document = json.loads(typed("preview", "--json", code=1))
    found = {deal["name"]: deal for deal in document["deals"]}
    assert {name: deal["standing"] for name, deal in found.items()} == {"Good": "order", "Bad": "problem"}
    assert found["Good"]["total"] == "360.00"
    assert found["Good"]["customer"] == "would create customer Good Ltd"
    assert [problem["value"] for problem in found["Bad"]["problems"]] == ["NONE-1"]
    assert erp.get("/state") == before


def test_who_is_in_the_erp_already_is_linked_and_is_booked_upon(
    world: World, process: Wiring, erp: Control, typed: Typed, run_due: RunDue
) -> None:
    number = erp.post("/customers", {"Name": "Northwind GmbH", "Email": "buying@northwind.example"})[
        "CustomerID"
    ]
    organization = world.company.organization("Northwind GmbH", domains=["northwind.example"])
    deal = world.company.deal("Northwind", organization=organization, lines=[("BRK-1001", "1", "180.00")])
    assert "1 would link" in typed("link", "--dry-run")
    assert "1 linked now" in typed("link")
    world.company.edit(deal, stage="Proposal Accepted")
    run_due(deal)
    (order,) = orders(erp)
    assert order["CustomerID"] == number


def test_a_deal_that_no_webhook_told_of_is_found_by_the_sweep(
    world: World, process: Wiring, erp: Control, typed: Typed, run_due: RunDue
) -> None:
    deal = world.company.deal("Untold", lines=[("BRK-1001", "1", "180.00")], stage="Proposal Accepted")
    world.clock.advance(600)  # what is fresh may be told of yet
    assert f"{deal} is due" in typed("sweep")
    run_due()
    assert len(orders(erp)) == 1


def test_what_the_erp_did_and_no_list_told_is_found_by_the_full_sweep(
    world: World, process: Wiring, erp: Control, typed: Typed, run_due: RunDue
) -> None:
    deal = ordered(world, run_due, "Shipped")
    (order,) = orders(erp)
    assert "0 late in the ERP" in typed("sweep", "--full")
    world.clock.advance(1)  # records are stamped by the clock
    erp.post(f"/orders/{order['OrderID']}/ship")
    assert "1 late in the ERP" in typed("sweep", "--full")
    run_due()
    assert world.company.box(deal)["fieldsByName"]["ERP status"] == "Shipped"


def test_a_lost_ledger_is_rebuilt_and_nothing_is_ordered_twice(
    world: World, process: Wiring, erp: Control, typed: Typed, run_due: RunDue
) -> None:
    deal = ordered(world, run_due, "Kept")
    (order,) = orders(erp)
    shutil.rmtree(process.settings.state_dir)
    said = typed("recover", "--lost")
    assert "1 deals read, 0 links were known, 2 added" in said
    run_due()
    assert [one["OrderID"] for one in orders(erp)] == [order["OrderID"]]
    assert f"order {order['OrderID']}" in typed("status", deal)


def test_the_table_of_what_the_product_does_not_keep_says_so(
    process: Wiring, product: DemoErp, definitions: dg.Definitions
) -> None:
    job = definitions.resolve_job_def("infor_tables")
    names = [["infor", "contacts"], ["infor", "vendors"]]
    result = job.execute_in_process(asset_selection=[dg.AssetKey(name) for name in names])
    assert result.success
    told = {
        event.asset_key.path[-1]: event.metadata.get("note")
        for event in result.asset_materializations_for_node("infor_entities")
        if event.asset_key is not None
    }
    assert told["vendors"] is None
    assert told["contacts"] is not None
    assert told["contacts"].value == (
        f"{PRODUCTS[product.name].title} keeps no contacts as such: the table infor/contacts stays empty"
    )
