"""One control surface for every ERP's simulator: demo, proof and tests need not know the product."""

from collections.abc import Iterator

import httpx
import pytest

from streak_infor_orchestration.demo.erps import ERPS
from streak_infor_orchestration.twins.harness import serve


@pytest.fixture(scope="module", params=ERPS.values(), ids=list(ERPS))
def control(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    with serve(request.param.app()) as base_url, httpx.Client(base_url=f"{base_url}/__twin__") as client:
        yield client


@pytest.fixture(autouse=True)
def fresh(control: httpx.Client) -> None:
    control.post("/reset").raise_for_status()


def test_the_books_have_the_same_collections_and_the_same_company(control: httpx.Client) -> None:
    books = control.get("/state").json()
    assert {name: len(records) for name, records in books.items() if records} == {
        "products": 12,
        "inventoryitems": 3,
        "vendors": 2,
        "employees": 3,
        "glaccounts": 5,
        "exchangerates": 93,
    }
    empty = {name for name, records in books.items() if not records}
    assert empty >= {"customers", "contacts", "salesorders", "invoices", "creditnotes", "payments"}
    assert {product["ProductID"]: product["UnitPrice"] for product in books["products"]}[
        "KIT-7001"
    ] == "1299.90"


def test_accounting_enters_a_customer_by_hand(control: httpx.Client) -> None:
    made = (
        control.post("/customers", json={"Name": "Racing", "Email": "r@x.example"}).raise_for_status().json()
    )
    assert made["CustomerID"]
    (found,) = control.get("/state").json()["customers"]
    assert found == made and (found["Name"], found["Email"]) == ("Racing", "r@x.example")
    held = control.post(f"/customers/{made['CustomerID']}/credit-hold", json={}).json()
    assert held["CreditHold"] is True
    assert control.post("/customers", json={"Email": "r@x.example"}).status_code == 400


def test_the_order_desk_enters_an_order_by_hand(control: httpx.Client) -> None:
    customer = control.post("/customers", json={"Name": "Racing"}).raise_for_status().json()["CustomerID"]
    order = {
        "CustomerID": customer,
        "Reference": "PO 77",
        "LineItems": [{"Product": "BRK-1001", "Quantity": "2", "Price": "180.00"}],
    }
    made = control.post("/orders", json=order).raise_for_status().json()
    (found,) = control.get("/state").json()["salesorders"]
    assert found == made and made["OrderID"]
    assert (found["CustomerID"], found["TotalAmount"]) == (customer, "360.00")
    assert found["OrderStatus"] in ("Draft", "Open")
    assert control.post("/orders", json={"CustomerID": customer}).status_code == 400


def test_accounting_puts_a_customer_right(control: httpx.Client) -> None:
    key = control.post("/customers", json={"Name": "Racing"}).json()["CustomerID"]
    for correction in ({"Phone": "+49 30 5550 1"}, {"Street": "Torstr. 1"}):
        control.post(f"/customers/{key}", json=correction).raise_for_status()
    (found,) = control.get("/state").json()["customers"]
    assert (found["Phone"], found["BillingAddress"]["Line1"]) == ("+49 30 5550 1", "Torstr. 1")
    assert control.post(f"/customers/{key}", json={"Name": "Other"}).status_code == 400


def test_what_is_not_there_is_404(control: httpx.Client) -> None:
    for lever in ("/orders/NONE/ship", "/orders/NONE/invoice", "/customers/NONE/credit-hold"):
        assert control.post(lever, json={}).status_code == 404, lever
