"""Invoices, and what is paid of them: whatever sign SyteLine gives it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment, Waiting
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab

MakeLab = Callable[..., SytelineLab]


def invoiced(lab: SytelineLab) -> Invoice:
    order = lab.order()
    lab.control.post(f"/orders/{order.id}/ship")
    lab.control.post(f"/orders/{order.id}/invoice")
    (invoice,) = lab.erp.invoices(order.id)
    return invoice


def state(invoice: Invoice | None) -> tuple[str, str, str]:
    assert invoice is not None
    return invoice.status, str(invoice.paid), str(invoice.balance)


@pytest.mark.parametrize("negative", [False, True])
@pytest.mark.parametrize("sign", ["either", "told"])
def test_payments_and_credit_memos_lower_what_is_due(make_lab: MakeLab, negative: bool, sign: str) -> None:
    told = {"either": "either", "told": "negative" if negative else "positive"}[sign]
    lab = make_lab(payment_sign=told)
    lab.control.post("/settings", {"payments_negative": negative})
    invoice = invoiced(lab)
    assert state(invoice) == ("Open", "0.00", "379.80")
    lab.control.post(
        "/payments", {"InvoiceID": invoice.id, "Amount": "100.00", "Method": "T", "Reference": "bank"}
    )
    assert state(lab.erp.invoice(invoice.id)) == ("PartiallyPaid", "100.00", "279.80")
    lab.control.post("/creditnotes", {"InvoiceID": invoice.id, "Amount": "9.80", "Reason": "scratched"})
    lab.control.post("/payments", {"InvoiceID": invoice.id, "Amount": "270.00", "Method": "T"})
    assert state(lab.erp.invoice(invoice.id)) == ("Paid", "370.00", "0.00")
    payments = records(lab, "payments", invoice)
    assert [(p.amount, p.currency) for p in payments] == [(Decimal(100), "EUR"), (Decimal(270), "EUR")]
    assert [(c.amount, c.reason) for c in records(lab, "credit_notes", invoice)] == [
        (Decimal("9.80"), "scratched")
    ]


def records(lab: SytelineLab, entity: Any, invoice: Invoice) -> list[Any]:
    pages = lab.erp.records(entity, where={"invoice_id": invoice.id})
    found = [record for page in pages for record in page]
    assert all(isinstance(record, Payment | CreditNote) for record in found)
    return found


def test_the_wrong_sign_told_is_believed(make_lab: MakeLab) -> None:
    """Nobody guesses where it was said."""
    lab = make_lab(payment_sign="negative")
    invoice = invoiced(lab)
    lab.control.post("/payments", {"InvoiceID": invoice.id, "Amount": "100.00"})
    assert state(lab.erp.invoice(invoice.id)) == ("Open", "-100.00", "479.80")


def test_what_is_credited_whole_is_credited(lab: SytelineLab) -> None:
    invoice = invoiced(lab)
    lab.control.post("/creditnotes", {"InvoiceID": invoice.id, "Amount": "379.80", "Reason": "returned"})
    assert state(lab.erp.invoice(invoice.id)) == ("Credited", "0.00", "0.00")


def test_syteline_invoices_by_itself(lab: SytelineLab) -> None:
    order = lab.order()
    assert isinstance(lab.erp.request_invoice(order.id), Waiting)
    with pytest.raises(Rejected, match="no order"):
        lab.erp.request_invoice("STKNOBODYS")


READY: dict[str, Any] = {"set": {"Uf_ReadyToInvoice": "1"}}
INVOKED = {"ido": "XX_SLCos", "method": "MarkReadyToInvoiceSp", "parameters": ["{order}", ""]}


@pytest.mark.parametrize("ready", [READY, INVOKED, READY | INVOKED])
def test_an_order_is_made_ready_by_the_configured_step(make_lab: MakeLab, ready: dict[str, Any]) -> None:
    lab = make_lab(ready=ready, orders={"description": "Uf_Description"})
    lab.control.post("/invoicing", {"seconds": 0, "after": "ready"})
    order = lab.order()
    assert lab.erp.invoices(order.id) == ()
    for _ in range(2):
        lab.erp.make_ready(order.id)
    assert [invoice.order_id for invoice in lab.erp.invoices(order.id)] == [order.id]


def test_a_method_that_fails_says_why(make_lab: MakeLab) -> None:
    lab = make_lab(ready=INVOKED)
    with pytest.raises(Rejected, match="MarkReadyToInvoiceSp"):
        lab.erp.make_ready("STKNOBODYS")


def test_where_nothing_is_configured_nothing_is_sent(lab: SytelineLab) -> None:
    order = lab.order()
    before = lab.control.last_call()
    lab.erp.make_ready(order.id)
    assert lab.control.calls_since(before) == []
