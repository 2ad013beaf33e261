"""What the deal is told: fields that show the ERP's state, and a comment for each thing that happened."""

import re
from collections.abc import Iterator
from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.write_back import CommentBack, FieldBack
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.money import round_money
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.mapping.models import Remark, Told, WriteBack
from streak_infor_orchestration.mapping.values import number_text

Facts = dict[str, str]

_BRACES = re.compile(r"\{\{|\}\}|\{([a-z_.]+)\}")


def write_back(config: Integration, told: Told) -> WriteBack:
    """A field appears once there is something to show: until then the box keeps what it has."""
    order = _order(told.order) if told.order else {}
    facts = order | _invoices(told.invoices)
    happened = list(_happened(told, order))
    return WriteBack(
        fields={
            rule.field: facts[rule.source]
            for rule in config.write_back
            if isinstance(rule, FieldBack) and facts.get(rule.source)
        },
        comments=tuple(
            Remark(fact=f"{once}:{thing}", text=_fill(rule.comment, known))
            for rule in config.write_back
            if isinstance(rule, CommentBack)
            for once, thing, known in happened
            if once == rule.once
        ),
    )


def payment_status(invoices: tuple[Invoice, ...]) -> str:
    """Unpaid, PartiallyPaid or Paid over all invoices that still stand; Credited when none does; "" without any."""
    standing = [invoice for invoice in invoices if invoice.status != "Credited"]
    if not standing:
        return "Credited" if invoices else ""
    if all(invoice.balance <= 0 for invoice in standing):
        return "Paid"
    return "PartiallyPaid" if any(invoice.paid > 0 for invoice in standing) else "Unpaid"


def _happened(told: Told, order_facts: Facts) -> Iterator[tuple[str, str, Facts]]:
    """Everything that has come to pass: the `once:` name, what makes it unique, and what may be told of it."""
    order = told.order
    if order is not None:
        if told.created_order:
            yield "order.created", order.id, order_facts
        if order.status is OrderStatus.SHIPPED:
            yield "order.shipped", order.id, order_facts
        if order.status is OrderStatus.CANCELLED:
            yield "order.cancelled", order.id, order_facts
    for invoice in told.invoices:
        facts = order_facts | _invoices((invoice,))
        yield "invoice.created", invoice.id, facts
        status = payment_status((invoice,))
        if status == "PartiallyPaid":
            yield "invoice.partially_paid", f"{invoice.id}:{_amount(invoice.paid, invoice.currency)}", facts
        if status == "Paid":
            yield "invoice.paid", invoice.id, facts


def _order(order: SalesOrder) -> Facts:
    return {
        "order.id": order.id,
        "order.status": order.status.value,
        "order.total": _money(order.total, order.currency),
        "order.currency": order.currency,
        "order.payment_status": order.payment_status,
    }


def _invoices(invoices: tuple[Invoice, ...]) -> Facts:
    """Sums over all of them; amounts in different currencies are told side by side."""
    return {
        "invoice.id": ", ".join(invoice.id for invoice in invoices),
        "invoice.total": _sum(invoices, "total"),
        "invoice.balance": _sum(invoices, "balance"),
        "invoice.paid": _sum(invoices, "paid"),
        "invoice.payment_status": payment_status(invoices),
    }


def _sum(invoices: tuple[Invoice, ...], amount: str) -> str:
    sums: dict[str, Decimal] = {}
    for invoice in invoices:
        sums[invoice.currency] = sums.get(invoice.currency, Decimal(0)) + getattr(invoice, amount)
    return ", ".join(_money(total, currency) for currency, total in sums.items())


def _money(amount: Decimal, currency: str) -> str:
    return f"{_amount(amount, currency)} {currency}".strip()


def _amount(amount: Decimal, currency: str) -> str:
    """With the currency's decimals, however many zeros the ERP sent this time: it is part of a fact."""
    return number_text(round_money(amount, currency))


def _fill(template: str, facts: Facts) -> str:
    return _BRACES.sub(lambda found: facts.get(found[1], "") if found[1] else found[0][0], template)
