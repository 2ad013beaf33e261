"""What M3 shows: invoices and what was paid of them, everything in bulk, and what cannot be read."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.suites import ERP
from streak_infor_orchestration.domain.errors import Misconfigured, Unauthorized
from streak_infor_orchestration.domain.invoice import Invoice, Payment, Waiting
from streak_infor_orchestration.domain.order import Line, OrderStatus, SalesOrder
from streak_infor_orchestration.infor.m3.product import M3
from streak_infor_orchestration_tests.conformance.erp import suite
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab

MakeM3 = Callable[..., M3Lab]


@pytest.fixture
def lab(make_m3: MakeM3) -> M3Lab:
    return make_m3()


def invoiced(lab: M3Lab, n: int = 1) -> tuple[SalesOrder, str]:
    """An order, and its invoice's number."""
    order = lab.order(customer_id=lab.customer(reference=f"CUSTOMER-{n}").id, reference=f"STKORDER{n}")
    lab.control.post(f"/orders/{order.id}/invoice")
    (shown,) = [i for i in lab.control.get("/state")["invoices"] if i["OrderID"] == order.id]
    return order, shown["InvoiceID"]


@pytest.mark.parametrize("negative", [True, False])
@pytest.mark.parametrize("printed", [True, False])
def test_an_invoice_is_told_with_what_was_paid_of_it(make_m3: MakeM3, negative: bool, printed: bool) -> None:
    lab = make_m3(payment_sign="negative" if negative else "positive", divi="AAA")
    lab.control.post("/habits", {"payments_negative": negative, "extended_numbers": printed})
    order, number = invoiced(lab)
    (issued,) = lab.erp.invoices(order.id)
    shown = lab.control.get("/state")["invoices"][0]
    assert issued.id == shown["InvoiceID"]
    assert issued.number == shown["InvoiceNumber"]
    assert (issued.order_id, issued.customer_id) == (order.id, order.customer_id)
    assert (issued.total, issued.paid, issued.balance) == (order.total, 0, order.total)
    assert (issued.status, str(issued.due_date)) == ("Open", shown["DueDate"])
    assert lab.erp.invoice(issued.id) == issued
    lab.control.post("/payments", {"InvoiceID": number, "Amount": "100.00", "Method": "Transfer"})
    (part,) = lab.erp.invoices(order.id)
    assert (part.paid, part.status) == (Decimal("100.00"), "PartiallyPaid")
    rest = str(order.total - 100)
    lab.control.post("/payments", {"InvoiceID": number, "Amount": rest, "Method": "Transfer"})
    (paid,) = lab.erp.invoices(order.id)
    assert (paid.paid, paid.balance, paid.status) == (order.total, 0, "Paid")
    told = [p for page in lab.erp.records("payments", where={"invoice_id": issued.id}) for p in page]
    assert sorted(p.amount for p in told if isinstance(p, Payment)) == [Decimal("100.00"), Decimal(rest)]
    assert [lab.erp.record("payments", p.id) for p in told] == told
    read = lab.erp.order(order.id)
    assert read is not None
    assert (read.status, read.payment_status) == (OrderStatus.COMPLETED, "Paid")


def test_what_was_credited_is_not_paid(make_m3: MakeM3) -> None:
    lab = make_m3()
    order, number = invoiced(lab)
    lab.control.post("/creditnotes", {"InvoiceID": number, "Amount": "100.00"})
    (part,) = lab.erp.invoices(order.id)
    assert (part.paid, part.balance, part.status) == (0, order.total - 100, "Open")
    lab.control.post("/payments", {"InvoiceID": number, "Amount": "50.00"})
    (paid,) = lab.erp.invoices(order.id)
    assert (paid.paid, paid.balance, paid.status) == (50, order.total - 150, "PartiallyPaid")
    lab.control.post("/payments", {"InvoiceID": number, "Amount": str(order.total - 150)})
    (whole,) = lab.erp.invoices(order.id)
    assert (whole.paid, whole.balance, whole.status) == (order.total - 100, 0, "Paid")
    assert [entry.amount for page in lab.erp.records("payments") for entry in page] == [
        Decimal("50.00"),
        order.total - 150,
    ]


def test_an_invoice_that_is_credited_as_a_whole_is_neither_open_nor_paid(make_m3: MakeM3) -> None:
    lab = make_m3()
    order, number = invoiced(lab)
    lab.control.post("/creditnotes", {"InvoiceID": number, "Amount": str(order.total)})
    (credited,) = lab.erp.invoices(order.id)
    assert (credited.paid, credited.balance, credited.status) == (0, 0, "Credited")


def test_m3_invoices_by_itself(lab: M3Lab) -> None:
    order = lab.order()
    assert isinstance(lab.erp.request_invoice(order.id), Waiting)
    assert lab.erp.invoices(order.id) == () and lab.erp.invoice("2026/1") is None


def test_orders_are_read_again_in_bulk_with_their_invoices(lab: M3Lab) -> None:
    orders = [invoiced(lab, n)[0] for n in range(3)]
    orders += [lab.order(customer_id=orders[0].customer_id, reference=f"STKMORE{n}") for n in range(27)]
    n = lab.control.last_call()
    told = [record for page in lab.erp.reread([o.id for o in orders]) for record in page]
    assert lab.wrote(n) == ["POST GetHead", "POST LstAllInvByCO", "POST GetInvTotInfo", "POST GetHead"]
    assert sum(isinstance(record, SalesOrder) for record in told) == 30
    assert sum(isinstance(record, Invoice) for record in told) == 3
    assert list(lab.erp.reread([])) == []


def test_orders_before_the_configured_day_are_in_no_table(make_m3: MakeM3) -> None:
    lab = make_m3(history_since="2026-03-03")
    lab.order(order_date=date(2026, 3, 2))
    kept = lab.order(order_date=date(2026, 3, 3), reference="STKLATER")
    assert [r.id for page in lab.erp.records("sales_orders") for r in page] == [kept.id]


def test_long_lists_are_read_page_by_page(make_m3: MakeM3) -> None:
    lab = make_m3(page_size=50)
    products = [{"ProductID": f"X-{n:04}", "UnitPrice": "1.00", "Currency": "EUR"} for n in range(120)]
    lab.control.post("/products", products)
    ids = [record.id for page in lab.erp.records("products") for record in page]
    assert len(ids) == len(set(ids)) >= 120


def test_its_tables_take_every_record(lab: M3Lab) -> None:
    _, number = invoiced(lab)
    lab.control.post("/payments", {"InvoiceID": number, "Amount": "10.00", "Method": "Transfer"})
    assert min(suite.rows_of(lab.erp, M3).values()) >= 1


def test_the_whole_suite_holds_for_a_company_at_work(lab: M3Lab) -> None:
    for n in range(2):
        _, number = invoiced(lab, n)
        lab.control.post("/payments", {"InvoiceID": number, "Amount": "10.00", "Method": "Transfer"})
    first = lab.erp.find_customers("reference", "CUSTOMER-0")[0].id
    lines = (Line(sku="BRK-2001", quantity=Decimal(3), price=Decimal("49.50")),)
    lab.order(customer_id=first, lines=lines, reference="STKLAST")
    subject = ErpSubject(lab.erp, "K7Q2MX", today=date(2026, 3, 2))
    outcomes = list(run(ERP, subject, write=True))
    assert [outcome.line for outcome in outcomes if outcome.verdict == "fail"] == []
    passed = {outcome.check for outcome in outcomes if outcome.verdict == "pass"}
    assert {
        "invoices read by key as in the list",
        "invoices are found by order id, and no others",
        "payments are found by invoice id, and no others",
        "payments read by key as in the list",
        "a probe finds an order at once by its exact reference",
        "exchange rates read by key as in the list",
        "employees are found by email, and no others",
    } <= passed
    subject.tidy()


def test_a_right_that_is_missing_is_an_administrators_errand(lab: M3Lab) -> None:
    order = lab.order()
    lab.control.post("/rights", {"revoke": ["OIS350MI"]})
    with pytest.raises((Unauthorized, Misconfigured)) as caught:
        lab.erp.invoices(order.id)
    assert "OIS350MI" in caught.value.message


def test_another_company_is_an_administrators_errand(make_m3: MakeM3) -> None:
    with pytest.raises(Unauthorized) as caught:
        make_m3(cono=999).erp.ping()
    assert "company" in caught.value.message.lower()
