"""SyteLine as any ERP: the suite on its client and its twin, through the gateway and by SyteLine's own token."""

from datetime import date

import pytest

from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.outcome import CheckOutcome
from streak_infor_orchestration.conformance.run import run
from streak_infor_orchestration.conformance.suites import ERP
from streak_infor_orchestration.domain.party import Address
from streak_infor_orchestration.infor.syteline.product import SYTELINE
from streak_infor_orchestration_tests.conformance.erp import suite
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab


@pytest.fixture
def lab(syteline: SytelineLab) -> SytelineLab:
    return syteline


class TestOrders(suite.Orders):
    pass


class TestCustomers(suite.Customers):
    pass


def examine(syteline: SytelineLab) -> tuple[ErpSubject, list[CheckOutcome]]:
    subject = ErpSubject(syteline.erp, "K7Q2MX", today=date(2026, 3, 2))
    return subject, list(run(ERP, subject, write=True))


@pytest.fixture(params=[False, True], ids=["positive", "negative"])
def trading(syteline: SytelineLab, request: pytest.FixtureRequest) -> SytelineLab:
    """At least two records of every entity that SyteLine keeps but of credit memos and payments, whose amounts have
    either sign."""
    syteline.control.post("/settings", {"payments_negative": request.param})
    customer = syteline.customer(
        email="buyer@northwind.example",
        tax_id="DE123456789",
        currency="EUR",
        payment_terms="N14",
        shipping_address=Address(line1="Kai 1", city="Hamburg", postal_code="20457", country="DE"),
        custom={"Region": "North"},
    )
    syteline.customer(reference="CUSTOMER-2", name="Somebody else")
    for n in range(2):
        order = syteline.order(customer_id=customer.id, reference=f"STKTRADE{n}", second_reference=f"LONG{n}")
        syteline.control.post(f"/orders/{order.id}/ship")
        syteline.control.post(f"/orders/{order.id}/invoice")
    invoice = syteline.invoice_ids()[0]
    syteline.control.post("/payments", {"InvoiceID": invoice, "Amount": "100.00", "Method": "T"})
    syteline.control.post("/creditnotes", {"InvoiceID": invoice, "Amount": "9.80", "Reason": "scratched"})
    return syteline


def test_it_passes_every_check_that_applies(trading: SytelineLab) -> None:
    subject, outcomes = examine(trading)
    assert [outcome.line for outcome in outcomes if outcome.verdict == "fail"] == []
    left = {outcome.detail for outcome in outcomes if outcome.verdict != "pass"}
    assert left == {
        "SyteLine has no contacts",
        "the reference is the order's number: there is one of each",
        "the product invoices by itself, after delivery",
        "no record has status",
        "sales orders cannot be found by status in SyteLine",
        "products cannot be found by status in SyteLine",
        "invoices cannot be found by status in SyteLine",
    }
    subject.tidy()
    kinds = sorted(f"{record.kind} {record.state}" for record in subject.left)
    assert kinds == ["customer CONFORMANCE K7Q2MX", *["sales order Cancelled"] * 4]


def test_its_tables_take_every_record(trading: SytelineLab) -> None:
    """SyteLine tells every number with eight decimals."""
    assert min(suite.rows_of(trading.erp, SYTELINE).values()) >= 1
