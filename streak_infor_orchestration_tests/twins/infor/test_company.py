"""What transcripts cannot show: races, volume, arithmetic, the control levers and the late commit."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.twins.erp.money import amount_text, price_text
from streak_infor_orchestration.twins.harness import ManualClock, serve
from streak_infor_orchestration.twins.infor import create_app
from streak_infor_orchestration.twins.infor.table import Table

API = "/infor/api/v1"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serve(create_app(api_key="k")) as base_url:
        with httpx.Client(base_url=base_url, headers={"X-API-Key": "k"}, timeout=30) as client:
            yield client


@pytest.fixture(autouse=True)
def fresh(client: httpx.Client) -> None:
    client.post("/__twin__/reset").raise_for_status()


def customer(client: httpx.Client) -> str:
    return str(client.post(f"{API}/customers", json={"Name": "A"}).json()["CustomerID"])


def order(customer_id: str, quantity: str = "1", price: str = "10.00", **members: Any) -> dict[str, Any]:
    line = {"Product": "BRK-1001", "Quantity": quantity, "Price": price}
    return {
        "CustomerID": customer_id,
        "OrderDate": "2026-03-02",
        "Currency": "EUR",
        "LineItems": [line],
        **members,
    }


TABLE = {
    "customers": "CustomerID Name ContactName Email Phone TaxID Currency PaymentTerms CreditLimit CreditHold Status "
    "BillingAddress ShippingAddress SalespersonID ExternalReference CustomFields",
    "contacts": "ContactID CustomerID GivenName FamilyName Email Phone Role Active ExternalReference CustomFields",
    "salesorders": "OrderID CustomerID OrderDate RequestedDate OrderDescription Currency LineItems Freight TotalAmount "
    "OrderStatus ShippingMethod PaymentStatus SalespersonID ExternalReference CustomFields",
    "invoices": "InvoiceID OrderID CustomerID InvoiceDate DueDate Currency Subtotal TaxAmount TotalAmount PaidAmount "
    "Balance Status GLAccount",
    "creditnotes": "CreditNoteID InvoiceID CustomerID CreditDate Amount Currency Reason",
    "payments": "PaymentID InvoiceID CustomerID PaymentDate Amount Currency Method Reference",
    "products": "ProductID Description UnitPrice Currency UnitOfMeasure Status TaxRate",
    "inventoryitems": "ProductID Warehouse OnHand Allocated Available",
    "vendors": "VendorID Name Currency Status",
    "employees": "EmployeeID Name Email Role Active",
    "glaccounts": "AccountID Description Type Blocked",
    "exchangerates": "Base Quote Date Rate",
}
LINE = "LineNumber Product Description Quantity Price Discount Tax GLAccount LineTotal"


def test_each_record_has_the_members_of_the_contracts_table_and_no_others(client: httpx.Client) -> None:
    """Infor façade contract, Collections: key, fields, `CreatedAt`, `ModifiedAt`."""
    made = customer(client)
    client.post(f"{API}/contacts", json={"CustomerID": made}).raise_for_status()
    key = client.post(f"{API}/salesorders", json=order(made)).json()["OrderID"]
    invoice = client.post(f"{API}/invoices", json={"OrderID": key}).json()["InvoiceID"]
    for lever in ("payments", "creditnotes"):
        client.post(f"/__twin__/{lever}", json={"InvoiceID": invoice, "Amount": "1.00"}).raise_for_status()
    for name, members in TABLE.items():
        record = client.get(f"{API}/{name}", params={"limit": 1}).json()["Items"][0]
        assert set(record) == {*members.split(), "CreatedAt", "ModifiedAt"}, name
    (line,) = client.get(f"{API}/salesorders/{key}").json()["LineItems"]
    assert set(line) == set(LINE.split())


def test_many_clients_at_once_get_one_invoice_for_an_order(client: httpx.Client) -> None:
    created = client.post(f"{API}/salesorders", json=order(customer(client))).json()
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: client.post(f"{API}/invoices", json={"OrderID": created["OrderID"]}), range(24)
            )
        )
    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(201), statuses.count(409)) == (1, 23)
    (invoice,) = client.get("/__twin__/state").json()["invoices"]
    named = {answer.json()["InvoiceID"] for answer in answers}
    assert named == {invoice["InvoiceID"]}


def test_paging_by_cursor_sees_every_record_once_at_any_limit(client: httpx.Client) -> None:
    customer_id = customer(client)
    keys = [client.post(f"{API}/salesorders", json=order(customer_id)).json()["OrderID"] for _ in range(30)]
    for limit in (1, 7, 30, 500):
        seen: list[str] = []
        query: dict[str, str | int] = {"limit": limit, "customerId": customer_id}
        for _ in range(40):
            page = client.get(f"{API}/salesorders", params=query).json()
            seen += [record["OrderID"] for record in page["Items"]]
            if page["NextCursor"] is None:
                break
            query["cursor"] = page["NextCursor"]
        assert seen == keys


def test_a_page_holds_a_hundred_unless_told(client: httpx.Client) -> None:
    rates = [
        {"Base": "EUR", "Quote": "CHF", "Date": f"2020-{m:02}-{d:02}", "Rate": "1.0"}
        for m in range(1, 7)
        for d in range(1, 21)
    ]
    client.post("/__twin__/exchangerates", json=rates).raise_for_status()
    page = client.get(f"{API}/exchangerates", params={"quote": "CHF"}).json()
    assert len(page["Items"]) == 100
    assert page["NextCursor"] is not None


def test_amounts_of_any_size_stay_exact(client: httpx.Client) -> None:
    body = order(customer(client), "999999999999.999999", "999999999999.999999")
    answer = client.post(f"{API}/salesorders", json=body)
    assert answer.json()["TotalAmount"] == "999999999999999998000000.00"


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_amounts_are_rounded_half_even_to_the_minor_unit(amount: Decimal, currency: str) -> None:
    digits = {"EUR": 2, "JPY": 0, "KWD": 3, "CLF": 4}[currency]
    with localcontext(prec=50):
        nearest = (amount * 10**digits).to_integral_value(ROUND_HALF_EVEN) / 10**digits
    written = amount_text(amount, currency)
    assert Decimal(written) == nearest
    assert len(written.partition(".")[2]) == digits
    assert not written.startswith("-0") or Decimal(written) != 0
    assert Decimal(price_text(amount, currency)) == amount


POSITIONS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8), st.sampled_from("xyz")), max_size=40)


@given(POSITIONS, st.integers(0, 6), st.integers(1, 9), st.sampled_from([None, "x", "z"]))
@settings(max_examples=200)
def test_a_table_pages_like_a_sorted_list(
    writes: list[tuple[int, int, str]], since: int, limit: int, colour: str | None
) -> None:
    table, latest = Table(("ID",), ["Colour"], []), {}
    for modified, key, painted in writes:
        record = {"ID": str(key), "ModifiedAt": str(modified), "Colour": painted}
        table.put(record)
        latest[str(key)] = record
    wanted = sorted((r["ModifiedAt"], key) for key, r in latest.items() if colour in (None, r["Colour"]))
    wanted = [(modified, key) for modified, key in wanted if modified >= str(since)]
    members = {} if colour is None else {"Colour": colour}
    seen, after = [], None
    for _ in range(len(writes) + 1):
        page, after = table.page(members, str(since), after, limit)
        assert len(page) <= limit
        seen += [(record["ModifiedAt"], record["ID"]) for record in page]
        if after is None:
            break
    assert seen == wanted


def test_processing_time_is_added_to_reads_and_writes(client: httpx.Client) -> None:
    client.post("/__twin__/processing", json={"seconds": 0.03}).raise_for_status()
    customer(client)
    client.get(f"{API}/customers")
    assert all(call["seconds"] > 0.025 for call in client.get("/__twin__/calls").json())


def test_a_deleted_record_is_gone_from_lists_and_by_key(client: httpx.Client) -> None:
    key = customer(client)
    assert client.delete(f"/__twin__/records/customers/{key}").json() == {"deleted": True}
    assert client.get(f"{API}/customers/{key}").status_code == 404
    assert client.get(f"{API}/customers").json()["Items"] == []
    assert client.delete(f"/__twin__/records/customers/{key}").json() == {"deleted": False}


def test_state_dumps_every_collection(client: httpx.Client) -> None:
    client.post(f"{API}/salesorders", json=order(customer(client))).raise_for_status()
    state = client.get("/__twin__/state").json()
    assert (len(state["salesorders"]), len(state["products"]), state["invoices"]) == (1, 12, [])
    assert len(state) == 12


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("products", {"ProductID": "NEW-1", "UnitPrice": "5", "Currency": "EUR"}),
        ("inventory", {"ProductID": "BRK-1001", "Warehouse": "300", "OnHand": "5", "Allocated": "7"}),
        ("exchangerates", {"Base": "USD", "Quote": "EUR", "Date": "2026-01-01", "Rate": "0.92"}),
        ("employees", {"EmployeeID": "E-9", "Name": "Zoe"}),
        ("vendors", {"VendorID": "V-9", "Name": "Zinc"}),
        ("glaccounts", {"AccountID": "4999", "Blocked": True}),
    ],
)
def test_maintenance_levers_create_then_change(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    (created,) = client.post(f"/__twin__/{path}", json=[body]).json()
    (again,) = client.post(f"/__twin__/{path}", json=body).json()
    assert created["CreatedAt"] == again["CreatedAt"]
    assert {name: value for name, value in again.items() if name in body} == body | (
        {"UnitPrice": "5.00"} if path == "products" else {}
    )
    assert client.post(f"/__twin__/{path}", json={"Nonsense": 1}).status_code == 400
    assert client.get("/__twin__/violations").json() == []


def test_maintaining_a_record_keeps_what_is_not_named(client: httpx.Client) -> None:
    (product,) = client.post(
        "/__twin__/products", json={"ProductID": "BRK-2001", "Status": "Obsolete"}
    ).json()
    assert (product["UnitPrice"], product["Status"]) == ("49.50", "Obsolete")


def test_the_ionapi_file_leads_to_a_token(client: httpx.Client) -> None:
    file = client.get("/__twin__/ionapi").json()
    form = {"grant_type": "password", "username": file["saak"], "password": file["sask"]}
    with httpx.Client() as outside:
        answer = outside.post(file["pu"] + file["ot"], data=form, auth=(file["ci"], file["cs"]))
        bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        assert outside.get(f"{file['iu']}{API}/products", headers=bearer).status_code == 200


def test_levers_on_what_is_not_there_are_404(client: httpx.Client) -> None:
    for path in ("orders/SO-0/ship", "orders/SO-0/status", "customers/C-0/credit-hold"):
        body = {"OrderStatus": "Open"} if path.endswith("status") else {}
        assert client.post(f"/__twin__/{path}", json=body).status_code == 404


def test_a_lever_refuses_what_is_not_json(client: httpx.Client) -> None:
    assert client.post("/__twin__/payments", content="{").status_code == 400


def test_a_cancelled_order_cannot_be_shipped(client: httpx.Client) -> None:
    key = client.post(f"{API}/salesorders", json=order(customer(client))).json()["OrderID"]
    client.put(f"{API}/salesorders/{key}", json={"OrderStatus": "Cancelled"}).raise_for_status()
    assert client.post(f"/__twin__/orders/{key}/ship").status_code == 409


def test_shipping_a_paid_order_completes_it(client: httpx.Client) -> None:
    key = client.post(f"{API}/salesorders", json=order(customer(client))).json()["OrderID"]
    invoice = client.post(f"{API}/invoices", json={"OrderID": key}).json()
    client.post("/__twin__/payments", json={"InvoiceID": invoice["InvoiceID"], "Amount": "10.00"})
    assert client.get(f"{API}/salesorders/{key}").json()["OrderStatus"] == "Invoiced"
    assert client.post(f"/__twin__/orders/{key}/ship").json()["OrderStatus"] == "Completed"


def test_reset_brings_the_seed_back(client: httpx.Client) -> None:
    key = customer(client)
    client.post("/__twin__/late-commit", json={"seconds": 0, "times": 5})
    client.post("/__twin__/scopes", json={"revoke": ["read:products"]})
    client.post("/__twin__/products", json={"ProductID": "NEW-1"})
    client.post("/__twin__/reset").raise_for_status()
    assert customer(client) == key
    products = client.get(f"{API}/products").json()["Items"]
    assert "NEW-1" not in {product["ProductID"] for product in products}


def test_a_late_commit_lands_between_what_came_before_and_after_it() -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    with serve(create_app(api_key="k", now=clock)) as base_url:
        with httpx.Client(base_url=base_url, headers={"X-API-Key": "k"}) as client:
            late = {"seconds": 10, "collection": "salesorders"}
            client.post("/__twin__/late-commit", json=late).raise_for_status()
            customer_id = customer(client)
            assert client.post(f"{API}/salesorders", json=order(customer_id)).status_code == 504
            clock.advance(60)
            client.post(f"{API}/salesorders", json=order(customer_id)).raise_for_status()
            first, second = client.get(f"{API}/salesorders").json()["Items"]
    assert first["CreatedAt"] == "2026-03-02T09:00:10.000000Z"
    assert second["CreatedAt"] == "2026-03-02T09:01:00.000000Z"


def test_a_late_commit_the_erp_refuses_by_then_is_lost() -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    with serve(create_app(api_key="k", now=clock)) as base_url:
        with httpx.Client(base_url=base_url, headers={"X-API-Key": "k"}) as client:
            customer_id = customer(client)
            client.post("/__twin__/late-commit", json={"seconds": 10}).raise_for_status()
            assert client.post(f"{API}/salesorders", json=order(customer_id)).status_code == 504
            client.post(f"/__twin__/customers/{customer_id}/credit-hold").raise_for_status()
            clock.advance(10)
            assert client.get(f"{API}/salesorders").json()["Items"] == []


def test_the_erp_may_make_the_invoice_itself_once_the_goods_have_left() -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    with serve(create_app(api_key="k", now=clock)) as base_url:
        with httpx.Client(base_url=base_url, headers={"X-API-Key": "k"}) as client:
            client.post("/__twin__/invoicing", json={"seconds": 10}).raise_for_status()
            key = client.post(f"{API}/salesorders", json=order(customer(client))).json()["OrderID"]
            clock.advance(10)
            assert client.get(f"{API}/invoices").json()["Items"] == []
            client.post(f"/__twin__/orders/{key}/ship").raise_for_status()
            clock.advance(9)
            assert client.get(f"{API}/invoices").json()["Items"] == []
            clock.advance(1)
            (invoice,) = client.get(f"{API}/invoices").json()["Items"]
            assert (invoice["OrderID"], invoice["TotalAmount"]) == (key, "10.00")


def test_the_erps_people_may_make_the_invoice(client: httpx.Client) -> None:
    key = client.post(f"{API}/salesorders", json=order(customer(client))).json()["OrderID"]
    made = client.post(f"/__twin__/orders/{key}/invoice").json()
    assert client.get(f"{API}/invoices/{made['InvoiceID']}").json() == made
    assert client.post("/__twin__/orders/SO-0/invoice").status_code == 404


def test_the_twin_seeds_rates_up_to_its_own_today() -> None:
    today = datetime(2030, 1, 1, tzinfo=UTC)
    app = create_app(now=ManualClock(today))
    dates = {record["Date"] for record in app.state.twin.data.tables["exchangerates"].all()}
    assert (min(dates), max(dates)) == ((today - timedelta(30)).date().isoformat(), "2030-01-01")


def test_answers_hold_no_floats(client: httpx.Client) -> None:
    key = client.post(f"{API}/salesorders", json=order(customer(client))).json()["OrderID"]
    client.post(f"{API}/invoices", json={"OrderID": key})
    text = client.get("/__twin__/state").text

    def refuse(number: str) -> None:
        raise AssertionError(number)

    json.loads(text, parse_float=refuse)
