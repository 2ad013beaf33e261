"""Invoices and what was paid of them."""

from datetime import date
from decimal import Decimal

from streak_infor_orchestration.domain.model import Model


class Invoice(Model):
    """An invoice as the ERP returns it. `balance` = total - payments - credit notes; it may be negative."""

    id: str
    order_id: str
    customer_id: str
    currency: str
    total: Decimal
    paid: Decimal
    balance: Decimal
    status: str  # Open, PartiallyPaid, Paid, Credited
    invoice_date: date | None = None
    due_date: date | None = None


class Invoiced(Model):
    """Answer to "invoice this order": done."""

    invoice: Invoice


class Waiting(Model):
    """Answer to "invoice this order": the ERP does it later by itself, for this reason."""

    reason: str


class NotSupported(Model):
    """Answer to "invoice this order": this ERP never invoices on request."""


InvoiceAnswer = Invoiced | Waiting | NotSupported
