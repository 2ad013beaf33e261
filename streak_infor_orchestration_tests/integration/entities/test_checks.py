"""Each check is green on a sound company, and red on its own defect, planted in the twin."""

from collections.abc import Callable
from decimal import Decimal

import dagster as dg

from streak_infor_orchestration.analytics.findings import SETTLING
from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.rules import RULES
from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration_tests.integration.entities.conftest import Materialise
from streak_infor_orchestration_tests.integration.entities.test_tables import sold
from streak_infor_orchestration_tests.world.company import Company
from streak_infor_orchestration_tests.world.world import World

Check = tuple[str, str]


def test_every_entity_of_the_erp_and_every_check(
    materialise: Materialise, world: World, table: Callable[[str], TableHandle]
) -> None:
    company = world.company
    for name in ("Northwind", "Contoso", "Fabrikam", "Initech"):
        sold(world, name)
    orders = [order["OrderID"] for order in company.found_in_erp("salesorders")]
    invoices = [invoice["InvoiceID"] for invoice in company.found_in_erp("invoices")]
    for invoice in invoices:
        company.pays(invoice, "1.00")
    company.erp("/creditnotes", {"InvoiceID": invoices[0], "Amount": "2.50", "Reason": "broken"})
    company.erp("/inventory", {"ProductID": "BRK-1001", "Warehouse": "100", "OnHand": "5", "Allocated": "2"})
    company.erp("/vendors", {"VendorID": "V-1", "Name": "Acme Steel"})
    tables = [name for name in TABLES if name.startswith("infor/")]

    pass_time(world)
    assert red(materialise(*tables, whole=True)) == {}

    assert [name for name in tables if not table(name).path.exists()] == []
    (order, *_) = company.found_in_erp("salesorders")
    row = next(
        row
        for row in table("infor/sales_orders").pandas().to_dict("records")
        if row["id"] == order["OrderID"]
    )
    assert (row["total"], row["status"]) == (Decimal(order["TotalAmount"]), "Invoiced")
    assert row["lines"][0]["price"] == Decimal("180.00")

    # one defect for each check, each on a record of its own
    payment, *_ = (p["PaymentID"] for p in company.found_in_erp("payments", InvoiceID=invoices[1]))
    note, *_ = (n["CreditNoteID"] for n in company.found_in_erp("creditnotes"))
    customer = company.found_in_erp("salesorders", OrderID=orders[3])[0]["CustomerID"]
    references = [order["ExternalReference"] for order in company.found_in_erp("salesorders")]
    corrupt(company, "salesorders", orders[0], CustomerID="C-GONE")
    corrupt(company, "salesorders", orders[1], TotalAmount="360.01")
    corrupt(company, "salesorders", orders[2], ExternalReference=references[1])
    corrupt(company, "invoices", invoices[0], OrderID="SO-GONE")
    corrupt(company, "invoices", invoices[2], Balance="0.01")
    corrupt(company, "payments", payment, InvoiceID="INV-GONE")
    corrupt(company, "creditnotes", note, InvoiceID="INV-GONE")
    corrupt(company, "customers", customer, Status="Closed")
    corrupt(company, "inventoryitems", "BRK-1001:100", Allocated="7", Available="-2", ProductID="BRK-GONE")
    for vendor in company.found_in_erp("vendors"):
        company.infor_twin.delete(f"/records/vendors/{vendor['VendorID']}").raise_for_status()
    company.erp("/employees", {"EmployeeID": "E-1", "Name": "One"})
    company.erp("/records/employees/E-1/double", {"Name": "Two"})

    pass_time(world)
    found = red(materialise(*tables, whole=True))

    expected = {
        ("infor/sales_orders", "customer_exists"): [orders[0]],
        ("infor/sales_orders", "total_adds_up"): [orders[1]],
        ("infor/sales_orders", "reference_used_once"): [f"['{orders[1]}', '{orders[2]}']"],
        ("infor/invoices", "order_exists"): [invoices[0]],
        # the credit note and the payment that lost their invoices are missing there too
        ("infor/invoices", "balance_adds_up"): sorted([invoices[0], invoices[1], invoices[2]]),
        ("infor/payments", "invoice_exists"): [payment],
        ("infor/credit_notes", "invoice_exists"): [note],
        ("infor/customers", "closed_without_open_orders"): [customer],
        ("infor/inventory_items", "stock_not_negative"): ["BRK-GONE:100"],
        ("infor/inventory_items", "product_exists"): ["BRK-GONE:100"],
        ("infor/vendors", "not_suddenly_empty"): [],
        ("infor/employees", "each_key_once"): [],
    }
    assert found == expected
    assert {(rule.table, rule.name) for rule in RULES if rule.table.startswith("infor/")} <= set(found)


def corrupt(company: Company, collection: str, key: str, **members: str) -> None:
    company.erp(f"/records/{collection}/{key}", members)


def red(result: dg.ExecuteInProcessResult) -> dict[Check, list[str]]:
    """The checks that failed, with the records they name."""
    assert result.success
    found = {}
    for evaluation in result.get_asset_check_evaluations():
        if not evaluation.passed:
            shown = evaluation.metadata.get("first")
            rows = [record.data for record in shown.value.records] if shown else []
            name = ("/".join(evaluation.asset_key.path), evaluation.check_name)
            found[name] = sorted(str(row.get("id") or row.get("key") or row.get("orders")) for row in rows)
    return found


def test_every_check_of_streak(materialise: Materialise, world: World) -> None:
    company = world.company
    box = company.deal("Northwind")
    tables = ["streak/pipelines", "streak/stages", "streak/fields", "streak/boxes"]
    pass_time(world)
    assert red(materialise(*tables, whole=True)) == {}

    pipeline = company.box(box)["pipelineKey"]
    (stage,) = {b["stageKey"] for b in [company.box(box)]}
    company.streak("/stage-lost", {"pipelineKey": pipeline, "stageKey": stage})
    pass_time(world)

    assert red(materialise(*tables, whole=True)) == {("streak/boxes", "stage_known"): [box]}


def test_a_change_between_the_readings_of_two_tables_is_no_defect(
    materialise: Materialise, world: World
) -> None:
    tables = (
        "infor/customers",
        "infor/sales_orders",
        "infor/invoices",
        "infor/payments",
        "infor/credit_notes",
    )
    sold(world)
    pass_time(world)
    assert red(materialise(*tables)) == {}
    (invoice,) = world.company.found_in_erp("invoices")
    world.company.pays(invoice["InvoiceID"], "1.00")
    assert red(materialise("infor/payments")) == {}, "the invoice was read before the payment"
    pass_time(world)
    assert red(materialise(*tables)) == {}


def test_what_was_not_read_yet_is_not_called_sound(materialise: Materialise, world: World) -> None:
    assert red(materialise("infor/payments")) == {("infor/payments", "invoice_exists"): []}


def pass_time(world: World) -> None:
    world.clock.advance(SETTLING.total_seconds() + 1)
