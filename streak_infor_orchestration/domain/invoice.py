"""Invoices and what was paid of them."""

from datetime import date
from decimal import Decimal

from streak_infor_orchestration.domain.model import Model, Record, stamp

STATUSES = frozenset({"Open", "PartiallyPaid", "Paid", "Credited"})


class Invoice(Record):
    """An invoice as the ERP returns it. `balance` = total - payments - credit notes; it may be negative.
    `subtotal` includes `freight`, which is None where the ERP does not say what of it that is. `number` is the printed
    one, where that is not the key."""

    order_id: str
    customer_id: str
    currency: str
    total: Decimal
    paid: Decimal
    balance: Decimal
    status: str  # one of `STATUSES`, or what the ERP says instead
    invoice_date: date | None = None
    due_date: date | None = None
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    freight: Decimal | None = None
    gl_account: str = ""
    number: str = ""

    @property
    def stamp(self) -> str:
        return stamp(self.id, self.modified, self.status, self.paid, self.balance)

    @property
    def credited(self) -> Decimal:
        """What credit notes have taken off it, as its own amounts say."""
        return self.total - self.paid - self.balance

    @property
    def overpaid(self) -> Decimal:
        """What is to be paid back of it."""
        return max(-self.balance, Decimal(0))


class CreditNote(Record):
    """An amount of an invoice that need not be paid, in the invoice's currency."""

    invoice_id: str
    customer_id: str
    credit_date: date | None = None
    amount: Decimal
    currency: str
    reason: str = ""


class Payment(Record):
    """An amount that was paid on an invoice, in the invoice's currency."""

    invoice_id: str
    customer_id: str
    payment_date: date | None = None
    amount: Decimal
    currency: str
    method: str = ""
    reference: str = ""


class Invoiced(Model):
    """Answer to "invoice this order": done."""

    invoice: Invoice


class Waiting(Model):
    """Answer to "invoice this order": the ERP does it later by itself, for this reason."""

    reason: str


class NotSupported(Model):
    """Answer to "invoice this order": this ERP never invoices on request."""


InvoiceAnswer = Invoiced | Waiting | NotSupported
