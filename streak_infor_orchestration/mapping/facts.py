"""What the ERP knows of a deal, by the names that rules of `write_back:` use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.money import plain, round_money
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer
from streak_infor_orchestration.mapping.values import number_text


@dataclass(frozen=True)
class Money:
    """With the currency's decimals, however many zeros the ERP sent this time: its text is part of a fact."""

    amount: Decimal
    currency: str

    @property
    def number(self) -> str:
        return number_text(round_money(self.amount, self.currency))

    def __str__(self) -> str:
        return f"{self.number} {self.currency}".strip()


Fact = str | bool | date | Money
Facts = dict[str, Fact]
"""Only those that are known: nothing is shown in place of what is not there."""


def fact_text(fact: Fact) -> str:
    match fact:
        case bool():
            return "yes" if fact else "no"
        case date():
            return fact.isoformat()
    return str(fact)


def order_facts(order: SalesOrder) -> Facts:
    return _known(
        {
            "order.id": order.id,
            "order.status": str(order.status),
            "order.total": Money(order.total, order.currency),
            "order.currency": order.currency,
            "order.payment_status": order.payment_status,
            "order.order_date": order.order_date,
            "order.requested_date": order.requested_date,
            "order.description": order.description,
            "order.shipping_method": order.shipping_method,
            "order.salesperson": order.salesperson,
            "order.freight": Money(order.freight, order.currency),
            "order.delivered": " of ".join(map(plain, order.delivered)) if order.delivered else None,
            "order.tracking": order.tracking,
            **{f"order.custom.{name}": value for name, value in order.custom.items()},
        }
    )


def customer_facts(customer: Customer) -> Facts:
    limit = customer.credit_limit
    return _known(
        {
            "customer.id": customer.id,
            "customer.name": customer.name,
            "customer.email": customer.email,
            "customer.phone": customer.phone,
            "customer.tax_id": customer.tax_id,
            "customer.status": customer.status,
            "customer.payment_terms": customer.payment_terms,
            "customer.credit_limit": None if limit is None else Money(limit, customer.currency),
            "customer.credit_hold": customer.credit_hold,
            "customer.salesperson": customer.salesperson,
            **{f"customer.custom.{name}": value for name, value in customer.custom.items()},
        }
    )


def invoice_facts(invoices: tuple[Invoice, ...]) -> Facts:
    """Sums over all of them; amounts in different currencies are told side by side. The day is the last one's, what is
    due the first of those that are not paid."""
    due = sorted(invoice.due_date for invoice in invoices if invoice.due_date and invoice.balance > 0)
    settled = sorted(invoice.due_date for invoice in invoices if invoice.due_date)
    return _known(
        {
            "invoice.id": ", ".join(invoice.id for invoice in invoices),
            "invoice.number": ", ".join(invoice.number or invoice.id for invoice in invoices),
            "invoice.total": _sum(invoices, "total"),
            "invoice.balance": _sum(invoices, "balance"),
            "invoice.paid": _sum(invoices, "paid"),
            "invoice.credited": _sum(invoices, "credited"),
            "invoice.overpaid": _sum(invoices, "overpaid"),
            "invoice.payment_status": payment_status(invoices),
            "invoice.invoice_date": max((i.invoice_date for i in invoices if i.invoice_date), default=None),
            "invoice.due_date": due[0] if due else settled[-1] if settled else None,
        }
    )


def credit_note_facts(note: CreditNote) -> Facts:
    return _known(
        {
            "credit_note.id": note.id,
            "credit_note.amount": Money(note.amount, note.currency),
            "credit_note.reason": note.reason,
        }
    )


def payment_facts(payment: Payment) -> Facts:
    return _known(
        {
            "payment.id": payment.id,
            "payment.amount": Money(payment.amount, payment.currency),
            "payment.method": payment.method,
            "payment.reference": payment.reference,
        }
    )


def payment_status(invoices: tuple[Invoice, ...]) -> str:
    """Unpaid, PartiallyPaid or Paid over all invoices that still stand; Credited when none does; "" without any."""
    standing = [invoice for invoice in invoices if invoice.status != "Credited"]
    if not standing:
        return "Credited" if invoices else ""
    if all(invoice.balance <= 0 for invoice in standing):
        return "Paid"
    return "PartiallyPaid" if any(invoice.paid > 0 for invoice in standing) else "Unpaid"


def _sum(invoices: tuple[Invoice, ...], amount: str) -> Money | str:
    sums: dict[str, Decimal] = {}
    for invoice in invoices:
        sums[invoice.currency] = sums.get(invoice.currency, Decimal(0)) + getattr(invoice, amount)
    told = [Money(total, currency) for currency, total in sums.items()]
    return told[0] if len(told) == 1 else ", ".join(map(str, told))


def _known(facts: Mapping[str, Fact | None]) -> Facts:
    return {name: fact for name, fact in facts.items() if fact is not None and fact != ""}
