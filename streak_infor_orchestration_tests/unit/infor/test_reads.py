"""What each question asks, and what its answer is."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Transient, Unavailable, Unreadable
from streak_infor_orchestration.infor.facade.collection import instant
from streak_infor_orchestration.infor.facade.erp import FacadeErp
from streak_infor_orchestration.infor.port import CustomerField
from streak_infor_orchestration.transport.http import HttpClient
from streak_infor_orchestration_tests.unit.infor.conftest import Answering
from streak_infor_orchestration_tests.unit.infor.facade import STAMPS, Json, one, page, problem
from streak_infor_orchestration_tests.unit.infor.records import MODIFIED, OURS, SENT

ORDER, CUSTOMER, INVOICE = (SENT[e][1] for e in ("sales_orders", "customers", "invoices"))
DRAFT: Any = None  # the façade's probe asks by the reference alone


def test_an_order_is_found_by_its_exact_reference_alone(answering: Answering) -> None:
    others = [ORDER | {"OrderID": "SO-2", "ExternalReference": "stk-1"}, ORDER | {"ExternalReference": None}]
    facade = answering(page([ORDER, *others]))
    found = facade.erp.find_order("STK-1", DRAFT)
    assert (found.orders, found.steps) == ((OURS["sales_orders"],), {})
    assert facade.last.query == {"externalReference": "STK-1", "limit": "500"}


def test_a_probe_reads_to_the_end_over_empty_pages(answering: Answering) -> None:
    facade = answering(page([], "next"), page([ORDER]))
    assert len(facade.erp.find_order("STK-1", DRAFT).orders) == 1


def test_a_probe_never_leaves_an_order_out(answering: Answering) -> None:
    facade = answering(page([ORDER, ORDER | {"OrderID": "SO-2", "TotalAmount": None}]))
    with pytest.raises(Unreadable):
        facade.erp.find_order("STK-1", DRAFT)


@pytest.mark.parametrize(
    ("field", "parameter"),
    [("email", "email"), ("name", "name"), ("tax_id", "taxId"), ("reference", "externalReference")],
)
def test_customers_are_found_by_one_of_their_fields(
    answering: Answering, field: CustomerField, parameter: str
) -> None:
    facade = answering(page([CUSTOMER]))
    assert facade.erp.find_customers(field, "x") == (OURS["customers"],)
    assert (facade.last.line, facade.last.query) == ("GET /customers", {parameter: "x", "limit": "500"})


def test_customers_are_found_by_their_people_who_are_still_there(answering: Answering) -> None:
    here = SENT["contacts"][1] | {"Active": True}
    contacts = [here, here | {"ContactID": "P-2"}, here | {"Active": False, "CustomerID": "C-9"}]
    gone = here | {"CustomerID": "C-2"}
    facade = answering(page([*contacts, gone]), one(CUSTOMER), problem(404, "not_found"))
    assert facade.erp.find_customers("contact_email", "ada@northwind.example") == (OURS["customers"],)
    assert facade.asked[0].query == {"email": "ada@northwind.example", "limit": "500"}
    lines = ["GET /contacts", "GET /customers/C-1", "GET /customers/C-2"]
    assert [asked.line for asked in facade.asked] == lines


def test_invoices_of_an_order_are_asked_for_by_it(answering: Answering) -> None:
    facade = answering(page([INVOICE]))
    assert facade.erp.invoices("SO-1") == (OURS["invoices"],)
    assert (facade.last.line, facade.last.query) == ("GET /invoices", {"orderId": "SO-1", "limit": "500"})


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (lambda erp: erp.order("SO-1"), "GET /salesorders/SO-1"),
        (lambda erp: erp.customer("C-1"), "GET /customers/C-1"),
        (lambda erp: erp.invoice("INV-1"), "GET /invoices/INV-1"),
        (lambda erp: erp.record("vendors", "V-1"), "GET /vendors/V-1"),
        (lambda erp: erp.record("gl_accounts", "4000"), "GET /glaccounts/4000"),
        (lambda erp: erp.record("payments", "PAY-1"), "GET /payments/PAY-1"),
    ],
)
def test_one_that_is_not_there_is_none(answering: Answering, read: Any, line: str) -> None:
    facade = answering(problem(404, "not_found"))
    assert read(facade.erp) is None
    assert facade.last.line == line


def test_products_are_read_once_each_and_those_there_are_not_left_out(answering: Answering) -> None:
    facade = answering(one(SENT["products"][1]), problem(404, "not_found"))
    assert facade.erp.products(["BRK-1001", "NO", "BRK-1001"]) == {"BRK-1001": OURS["products"]}
    assert [asked.line for asked in facade.asked] == ["GET /products/BRK-1001", "GET /products/NO"]


def test_stock_is_asked_for_once_a_product(answering: Answering) -> None:
    facade = answering(page([SENT["inventory_items"][1]]), page([]))
    assert facade.erp.inventory(["BRK-1001", "NO", "BRK-1001"]) == {"BRK-1001": (OURS["inventory_items"],)}
    assert [asked.query["productId"] for asked in facade.asked] == ["BRK-1001", "NO"]
    assert facade.last.line == "GET /inventoryitems"


def test_an_employee_who_is_still_there_comes_before_one_who_left(answering: Answering) -> None:
    left = SENT["employees"][1]
    here = left | {"EmployeeID": "E-2", "Active": True}
    facade = answering(page([left, here]), page([left]), page([]))
    found = [facade.erp.find_employee("eva@acme.example") for _ in range(3)]
    assert [employee and employee.id for employee in found] == ["E-2", "E-1", None]
    assert facade.last.query == {"email": "eva@acme.example", "limit": "500"}


def rate(day: str, value: str = "1.0834") -> Json:
    return SENT["exchange_rates"][1] | {"Date": day, "Rate": value}


def test_the_rate_of_the_very_day_is_asked_for_first(answering: Answering) -> None:
    facade = answering(page([rate("2026-03-01")]))
    assert facade.erp.exchange_rate("EUR", "USD", date(2026, 3, 1)) == OURS["exchange_rates"]
    assert [asked.query for asked in facade.asked] == [
        {"base": "EUR", "quote": "USD", "date": "2026-03-01", "limit": "500"}
    ]


def test_else_the_latest_before_it_counts(answering: Answering) -> None:
    dates = ["2026-02-20", "2026-02-27", "2026-02-26", "2026-03-02"]
    odd = rate("2026-02-01", "much")
    facade = answering(page([]), page([odd, *map(rate, dates)]))
    found = facade.erp.exchange_rate("EUR", "USD", date(2026, 3, 1))
    assert found is not None and found.day == date(2026, 2, 27)
    assert facade.last.query == {"base": "EUR", "quote": "USD", "limit": "500"}
    assert [one.key for one in facade.left_out] == ["EUR:USD:2026-02-01"], "it does not stop the currency"


def test_there_may_be_no_rate_yet(answering: Answering) -> None:
    facade = answering(page([]), page([rate("2026-03-02")]))
    assert facade.erp.exchange_rate("EUR", "USD", date(2026, 3, 1)) is None


def test_a_rate_of_the_day_that_cannot_be_read_is_not_replaced_by_an_older_one(answering: Answering) -> None:
    facade = answering(page([rate("2026-03-01", "much")]), page([rate("2026-02-01")]))
    with pytest.raises(Unreadable):
        facade.erp.exchange_rate("EUR", "USD", date(2026, 3, 1))


def test_a_ping_reads_one_order_and_does_not_care_for_it(answering: Answering) -> None:
    facade = answering(page([{"OrderID": None}]))
    facade.erp.ping()
    assert (facade.last.line, facade.last.query) == ("GET /salesorders", {"limit": "1"})
    assert facade.left_out == []
    with pytest.raises(Unavailable):
        answering(problem(503, "unavailable")).erp.ping()
    with pytest.raises(Transient):
        answering(one({})).erp.ping()


@pytest.mark.parametrize(
    ("entity", "path", "key"),
    [("customer", "/customers", "CustomerID"), ("order", "/salesorders", "OrderID")],
)
def test_references_are_read_whatever_else_of_a_record_cannot_be(
    answering: Answering, entity: Any, path: str, key: str
) -> None:
    records = [
        {key: "1", "ExternalReference": "A", "Name": 5},
        {key: "2"},
        {key: "3", "ExternalReference": ""},
    ]
    facade = answering(
        page(records, "c"), page([{key: "4", "ExternalReference": "B", "CustomerID": "9"} | {key: "4"}])
    )
    assert [*facade.erp.references(entity)] == [("A", "1"), ("B", "4")]
    assert (facade.last.path, facade.last.query) == (path, {"limit": "500", "cursor": "c"})


# -- what changed ---------------------------------------------------------------------------------------

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
FEEDS = {
    "salesorders": ("order", "OrderID"),
    "invoices": ("invoice", "InvoiceID"),
    "payments": ("invoice", "InvoiceID"),
    "creditnotes": ("invoice", "InvoiceID"),
}


def changed(member: str, key: str, seconds: float) -> Json:
    stamp = (SINCE + timedelta(seconds=seconds)).isoformat()
    ids = {name: f"{name}-{key}" for name in ("PaymentID", "CreditNoteID", "OrderID", "InvoiceID")}
    return {**ids, member: key, "ModifiedAt": stamp}


def test_there_is_a_feed_of_whatever_concerns_a_deal(answering: Answering) -> None:
    assert answering(page([])).erp.change_feeds == tuple(FEEDS)


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_names_what_changed_and_when(answering: Answering, feed: str) -> None:
    entity, member = FEEDS[feed]
    facade = answering(page([changed(member, "1", 0), changed(member, "2", 5)]))
    found = facade.erp.changed(feed, SINCE)
    later = SINCE + timedelta(seconds=5)
    assert [(one.entity, one.key, one.modified) for one in found.items] == [
        (entity, "1", SINCE),
        (entity, "2", later),
    ]
    assert (found.watermark, found.more) == (later, False)
    assert facade.last.line == f"GET /{feed}"
    assert facade.last.query == {"modifiedSince": "2026-02-01T00:00:00Z", "limit": "500"}


def test_a_page_that_gets_past_the_instant_is_enough(answering: Answering) -> None:
    facade = answering(page([changed("OrderID", "1", 1)], "c"), page([changed("OrderID", "2", 2)]))
    found = facade.erp.changed("salesorders", SINCE)
    assert ([c.key for c in found.items], found.more) == (["1"], True)
    assert found.watermark == SINCE + timedelta(seconds=1) and len(facade.asked) == 1


def test_pages_of_one_instant_or_of_nothing_are_read_on(answering: Answering) -> None:
    pages = [
        page([changed("OrderID", "1", 0)], "c1"),
        page([], "c2"),
        page([changed("OrderID", "2", 3)], "c3"),
    ]
    facade = answering(*pages, page([changed("OrderID", "3", 4)]))
    found = facade.erp.changed("salesorders", SINCE)
    assert ([c.key for c in found.items], found.more) == (["1", "2"], True)
    assert [asked.query.get("cursor") for asked in facade.asked] == [None, "c1", "c2"]


def test_nothing_new_leaves_the_watermark_where_it_is(answering: Answering) -> None:
    found = answering(page([])).erp.changed("invoices", SINCE)
    assert (found.items, found.watermark, found.more) == ((), SINCE, False)


@pytest.mark.parametrize(
    "odd", [{"InvoiceID": None}, {"InvoiceID": ""}, {"ModifiedAt": None}, {"ModifiedAt": "2026-01-01"}]
)
def test_a_change_that_cannot_be_read_is_left_out_by_its_own_key(answering: Answering, odd: Json) -> None:
    facade = answering(page([changed("InvoiceID", "1", 1) | odd, changed("InvoiceID", "2", 2)]))
    found = facade.erp.changed("payments", SINCE)
    assert [c.key for c in found.items] == ["2"] and found.watermark == SINCE + timedelta(seconds=2)
    (told,) = facade.left_out
    assert (told.entity, told.key) == ("payments", "PaymentID-1")


# -- what it is -----------------------------------------------------------------------------------------


def test_what_the_facade_is_like() -> None:
    traits = FacadeErp(HttpClient("infor", "http://127.0.0.1:1"), settle_seconds=10).traits
    assert (traits.name, traits.reference_length, traits.second_reference_length) == ("facade", 40, 0)
    assert traits.changes_orders and traits.one_invoice_per_order and traits.settle_seconds == 10.0
    assert traits.customer_filters == {"reference", "tax_id", "email", "contact_email", "name"}
    slow = FacadeErp(HttpClient("infor", "http://127.0.0.1:1"), settle_seconds=330)
    assert slow.traits.settle_seconds == 330


def test_an_instant_is_written_in_utc_with_z() -> None:
    assert instant(MODIFIED) == "2026-02-03T04:05:06.789000Z"
    assert instant(datetime.fromisoformat("2026-02-03T00:00:00-05:00")) == "2026-02-03T05:00:00Z"
    assert STAMPS["ModifiedAt"].endswith("Z") and Decimal("0") == 0
