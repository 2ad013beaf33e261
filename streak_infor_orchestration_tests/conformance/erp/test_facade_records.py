"""Every collection of the façade through the port: each record whole, in order, page by page, by each filter."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.entities import RECORDS, Entity
from streak_infor_orchestration.domain.errors import Misconfigured, Transient
from streak_infor_orchestration.domain.master_data import GLAccount, Vendor
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.party import Address, ContactDraft, CustomerContact
from streak_infor_orchestration.infor.facade import collection
from streak_infor_orchestration.infor.facade.problem import explain
from streak_infor_orchestration.infor.facade.resources import RESOURCES
from streak_infor_orchestration_tests.conformance.erp.facade_lab import FacadeLab

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MADE_HERE = ("customers", "contacts", "sales_orders", "invoices", "credit_notes", "payments")


def told(facade: FacadeLab, entity: Entity, **how: Any) -> list[Record]:
    return [record for page in facade.erp.records(entity, **how) for record in page]


@pytest.mark.covers("GET /infor/api/v1/contacts")
@pytest.mark.covers("GET /infor/api/v1/creditnotes")
@pytest.mark.covers("GET /infor/api/v1/employees")
@pytest.mark.covers("GET /infor/api/v1/exchangerates")
@pytest.mark.covers("GET /infor/api/v1/glaccounts")
@pytest.mark.covers("GET /infor/api/v1/inventoryitems")
@pytest.mark.covers("GET /infor/api/v1/products")
@pytest.mark.covers("GET /infor/api/v1/vendors")
def test_every_record_is_told_once_and_in_order_however_small_the_pages(
    company: FacadeLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = company.control.get("/state")
    for entity, model in RECORDS.items():
        whole = told(company, entity)
        assert whole, entity
        assert all(type(record) is model for record in whole)
        assert [(r.modified, r.id) for r in whole] == sorted((r.modified, r.id) for r in whole)
        assert len({record.id for record in whole}) == len(state[RESOURCES[entity].name])
        with monkeypatch.context() as small:
            small.setattr(collection, "LIMIT", 7)
            pages = list(company.erp.records(entity))
        assert max(map(len, pages)) <= 7
        assert [record for page in pages for record in page] == whole


def test_one_page_is_in_memory_at_a_time(company: FacadeLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "LIMIT", 5)
    pages = company.erp.records("products")
    before = company.control.last_call()
    next(iter(pages))
    assert company.control.calls_since(before) == ["GET /infor/api/v1/products"]


def test_what_changes_between_two_pages_may_come_again_and_nothing_is_left_out(
    facade: FacadeLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "LIMIT", 3)
    ids = [facade.customer(reference=f"CUSTOMER-{n}").id for n in range(9)]
    seen: list[str] = []
    for page in facade.erp.records("customers"):
        seen += [record.id for record in page]
        for moved in (page[0].id, ids[-1]):
            if len(seen) < 9:
                facade.control.post(f"/customers/{moved}/credit-hold", {"CreditHold": True})
    assert set(seen) == set(ids)
    assert len(seen) > len(ids)


@pytest.mark.parametrize("entity", MADE_HERE)
def test_since_is_inclusive_to_the_very_instant(company: FacadeLab, entity: Entity) -> None:
    whole = told(company, entity)
    last = whole[-1].modified
    assert told(company, entity, since=LONG_AGO) == whole
    assert told(company, entity, since=last) == [record for record in whole if record.modified >= last]
    assert told(company, entity, since=last + timedelta(microseconds=1)) == []


@pytest.mark.covers("GET /infor/api/v1/contacts", by="GET /infor/api/v1/contacts/{contact}")
@pytest.mark.covers("GET /infor/api/v1/creditnotes", by="GET /infor/api/v1/creditnotes/{note}")
@pytest.mark.covers("GET /infor/api/v1/customers", by="GET /infor/api/v1/customers/{customer}")
@pytest.mark.covers("GET /infor/api/v1/employees", by="GET /infor/api/v1/employees/{employee}")
@pytest.mark.covers("GET /infor/api/v1/exchangerates", by="GET /infor/api/v1/exchangerates/{rate}")
@pytest.mark.covers("GET /infor/api/v1/glaccounts", by="GET /infor/api/v1/glaccounts/{account}")
@pytest.mark.covers("GET /infor/api/v1/inventoryitems", by="GET /infor/api/v1/inventoryitems/{item}")
@pytest.mark.covers("GET /infor/api/v1/invoices", by="GET /infor/api/v1/invoices/{invoice}")
@pytest.mark.covers("GET /infor/api/v1/payments", by="GET /infor/api/v1/payments/{payment}")
@pytest.mark.covers("GET /infor/api/v1/vendors", by="GET /infor/api/v1/vendors/{vendor}")
def test_one_read_by_its_id_is_the_one_of_the_list(company: FacadeLab) -> None:
    for entity in RECORDS:
        for listed in told(company, entity)[:2]:
            read = company.erp.record(entity, listed.id)
            assert read is not None
            assert read.model_copy(update={"version": ""} if hasattr(read, "version") else {}) == listed
            assert getattr(read, "version", "-")  # what can be changed has a tag
        assert company.erp.record(entity, "no-such:key") is None


FILTERS = [(entity, field) for entity, resource in RESOURCES.items() for field in resource.filters]


@pytest.mark.parametrize(("entity", "field"), FILTERS)
def test_a_filter_tells_those_it_matches_and_no_others(
    company: FacadeLab, entity: Entity, field: str
) -> None:
    whole = told(company, entity)
    values = {_text(record, field) for record in whole} - {""}
    assert values, "the company has nothing to filter by"
    for value in sorted(values)[:3]:
        found = told(company, entity, where={field: value})
        assert found == [record for record in whole if _text(record, field) == value]
        assert found
    assert told(company, entity, where={field: ""}) == []


def _text(record: Record, field: str) -> str:
    if field == "status" and hasattr(record, "obsolete"):
        return "Obsolete" if record.obsolete else "Active"
    value = getattr(record, field)
    return value.isoformat() if isinstance(value, date) else str(value)


def test_filters_and_since_go_together(company: FacadeLab) -> None:
    orders = told(company, "sales_orders")
    last = max(orders, key=lambda order: order.modified)
    where = {"customer_id": last.customer_id}  # type: ignore[attr-defined]
    assert told(company, "sales_orders", where=where, since=last.modified) == [last]


def test_what_is_no_filter_is_told_before_anything_is_asked(company: FacadeLab) -> None:
    before = company.control.last_call()
    with pytest.raises(Misconfigured, match=r"vendors.*city") as caught:
        told(company, "vendors", where={"city": "Hamburg"})
    assert caught.value.code == "no_such_filter"
    assert company.control.calls_since(before) == []


EXPECTED: Mapping[Entity, Mapping[str, Any]] = {
    "credit_notes": {"amount": Decimal("9.80"), "currency": "EUR", "reason": "scratched"},
    "payments": {"amount": Decimal("100.00"), "currency": "EUR", "method": "Transfer"},
    "contacts": {
        "given_name": "Ada",
        "family_name": "Lund",
        "email": "ada@northwind.example",
        "active": True,
    },
    "vendors": {"id": "V-501", "name": "Castings Nord AB", "currency": "EUR"},
    "employees": {"id": "E-101", "name": "Mara Lind", "email": "mara.lind@acme.example", "role": "Sales"},
    "gl_accounts": {"id": "1200", "description": "Trade receivables", "type": "Asset", "blocked": False},
    "inventory_items": {
        "id": "BRK-1001:100",
        "product_id": "BRK-1001",
        "warehouse": "100",
        "on_hand": Decimal(40),
        "allocated": Decimal(6),
        "available": Decimal(34),
    },
    "products": {"id": "BRK-1001", "sku": "BRK-1001", "price": Decimal("189.90"), "unit": "EA"},
}


@pytest.mark.parametrize("entity", EXPECTED)
def test_a_record_says_what_the_erp_keeps(company: FacadeLab, entity: Entity) -> None:
    record = min(told(company, entity), key=lambda record: (record.created or LONG_AGO, record.id))
    assert {name: getattr(record, name) for name in EXPECTED[entity]} == EXPECTED[entity]
    assert record.created is not None
    assert record.modified.tzinfo is not None


def test_a_customer_is_read_with_everything_it_was_made_with(company: FacadeLab) -> None:
    buyer = company.erp.find_customers("tax_id", "DE123456789")[0]
    assert (buyer.payment_terms, buyer.contact_name, buyer.salesperson) == ("NET14", "Ada Lund", "E-101")
    assert buyer.billing_address == Address(line1="Kai 1", city="Hamburg", postal_code="20457", country="DE")
    assert buyer.shipping_address is None
    assert buyer.custom == {"Region": "North"}


def test_who_is_not_said_to_have_left_is_there_and_no_hold_is_none(company: FacadeLab) -> None:
    """A member that was never filled comes as null."""
    erp = company.erp
    buyer = erp.find_customers("tax_id", "DE123456789")[0]
    made = erp.create_contact(ContactDraft(customer_id=buyer.id, email="ada.lund@hafen.example"))
    for path, member in ((f"/contacts/{made.id}", "Active"), (f"/customers/{buyer.id}", "CreditHold")):
        erp.http.write("PUT", path, json={member: None}, decode=lambda answer: answer.body, explain=explain)
    read, customer = erp.record("contacts", made.id), erp.customer(buyer.id)
    assert isinstance(read, CustomerContact) and read.active
    assert customer is not None and not customer.credit_hold
    assert erp.find_customers("contact_email", "Ada.Lund@hafen.example") == (customer,)


def test_an_invoice_says_its_tax_and_when_it_is_due(company: FacadeLab) -> None:
    for invoice in told(company, "invoices"):
        assert invoice.subtotal + invoice.tax == invoice.total  # type: ignore[attr-defined]
        assert invoice.due_date - invoice.invoice_date == timedelta(days=14)  # type: ignore[attr-defined]


def test_stock_is_told_per_warehouse_and_what_is_not_stocked_left_out(facade: FacadeLab) -> None:
    stock = facade.erp.inventory(["BRK-1001", "SRV-9001", "NO-SUCH", "BRK-1001"])
    assert {sku: [(i.warehouse, i.available) for i in items] for sku, items in stock.items()} == {
        "BRK-1001": [("100", Decimal(34)), ("200", Decimal(12))]
    }


def test_an_employee_is_found_by_e_mail_in_any_case_and_an_active_one_first(facade: FacadeLab) -> None:
    found = facade.erp.find_employee("Mara.Lind@ACME.example")
    assert found is not None
    assert found.id == "E-101"
    assert facade.erp.find_employee("nobody@acme.example") is None
    assert facade.erp.find_employee("") is None
    facade.control.post("/employees", {"EmployeeID": "E-101", "Active": False})
    facade.control.post("/employees", {"EmployeeID": "E-900", "Name": "M", "Email": "mara.lind@acme.example"})
    again = facade.erp.find_employee("mara.lind@acme.example")
    assert again is not None
    assert again.id == "E-900"


def test_an_account_and_a_vendor_are_found_by_their_id(facade: FacadeLab) -> None:
    account, vendor = facade.erp.record("gl_accounts", "4090"), facade.erp.record("vendors", "V-502")
    assert isinstance(account, GLAccount)
    assert account.blocked
    assert isinstance(vendor, Vendor)
    assert vendor.currency == "USD"
    assert facade.erp.record("gl_accounts", "9999") is None
    assert facade.erp.record("vendors", "V-000") is None


def test_a_rate_is_the_latest_on_or_before_the_day(facade: FacadeLab) -> None:
    for day, rate in (("2019-05-03", "9.5"), ("2019-05-06", "9.75"), ("2019-05-09", "10")):
        facade.control.post("/exchangerates", {"Base": "EUR", "Quote": "SEK", "Date": day, "Rate": rate})
    expected = {1: None, 3: "9.5", 4: "9.5", 5: "9.5", 6: "9.75", 8: "9.75", 9: "10", 31: "10"}
    for day, rate in expected.items():
        found = facade.erp.exchange_rate("EUR", "SEK", date(2019, 5, day))
        assert (found and found.rate) == (rate and Decimal(rate)), day
    assert facade.erp.exchange_rate("EUR", "XXX", date(2019, 5, 9)) is None


@pytest.mark.parametrize("entity", RECORDS)
def test_no_bad_page_passes_for_the_end(facade: FacadeLab, entity: Entity) -> None:
    for body in ({}, {"Items": []}, {"Items": {}, "NextCursor": None}, {"Items": [{}], "NextCursor": None}):
        facade.control.mend()
        facade.control.fault("status", status=200, method="GET", body=body, times=None)
        with pytest.raises(Transient):
            told(facade, entity)
