"""Everything that has come to pass with a deal's order, also what is past by now: each thing a comment may tell."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from streak_infor_orchestration.domain.credit_hold import ON_HOLD, RELEASED
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.mapping.facts import (
    Facts,
    Money,
    credit_note_facts,
    invoice_facts,
    payment_facts,
    payment_status,
)
from streak_infor_orchestration.mapping.models import Tellable

Happening = tuple[str, str, Facts]
"""The `once:` name, what makes it unique, and what may be told of it."""

_HOLDS = {ON_HOLD: "customer.credit_hold", RELEASED: "customer.credit_released"}


def happened(told: Tellable, known: Facts) -> Iterator[Happening]:
    """In its order. `known`: the facts of order and customer."""
    if told.order is not None:
        yield from _with_order(told.order, told, known)
    for invoice in told.invoices:
        facts = known | invoice_facts((invoice,))
        yield "invoice.created", invoice.id, facts
        yield from _settled(invoice, told, known)


def _with_order(order: SalesOrder, told: Tellable, known: Facts) -> Iterator[Happening]:
    yield "order.created", order.id, known
    left, ordered = order.delivered or (Decimal(0), Decimal(0))
    if 0 < left < ordered:
        yield "order.partially_shipped", f"{order.id}:{plain(left)}", known
    # an order is completed when it is shipped and paid; one that is invoiced need not have been shipped
    if {OrderStatus.SHIPPED, OrderStatus.COMPLETED} & {order.status, *told.passed}:
        yield "order.shipped", order.id, known
    if order.status is OrderStatus.CANCELLED:
        yield "order.cancelled", order.id, known
    state, _, time = told.hold.partition(":")
    if state in _HOLDS:
        yield _HOLDS[state], f"{order.customer_id}:{time}", known


def _settled(invoice: Invoice, told: Tellable, known: Facts) -> Iterator[Happening]:
    facts = known | invoice_facts((invoice,))
    for then in _partly_paid(invoice, told):
        paid = Money(then.paid, then.currency).number
        yield "invoice.partially_paid", f"{invoice.id}:{paid}", known | invoice_facts((then,))
    for credited, note in _credited(invoice, told):
        number = Money(credited, invoice.currency).number
        yield "credit_note.created", f"{invoice.id}:{number}", facts | credit_note_facts(note)
    for payment in told.payments:
        if payment.invoice_id == invoice.id and payment.amount < 0:
            yield "payment.reversed", payment.id, facts | payment_facts(payment)
    if payment_status((invoice,)) == "Paid":
        yield "invoice.paid", invoice.id, facts
    if invoice.overpaid:
        overpaid = Money(invoice.overpaid, invoice.currency).number
        yield "invoice.overpaid", f"{invoice.id}:{overpaid}", facts


def _partly_paid(invoice: Invoice, told: Tellable) -> Iterator[Invoice]:
    """The invoice as it stood after each payment that left something to pay; as it is now where they are not known."""
    amounts = [payment.amount for payment in told.payments if payment.invoice_id == invoice.id]
    reached = dict.fromkeys(accumulate(amounts)) if sum(amounts) == invoice.paid else {invoice.paid: None}
    for paid in reached:
        then = invoice.model_copy(update={"paid": paid, "balance": invoice.balance + invoice.paid - paid})
        if payment_status((then,)) == "PartiallyPaid":
            yield then


def _credited(invoice: Invoice, told: Tellable) -> Iterator[tuple[Decimal, CreditNote]]:
    """Each credit note with what was credited by then: so that the last of them is told by what the invoice alone
    says, too. As one where they are not known."""
    if invoice.credited <= 0:
        return
    notes = [note for note in told.credit_notes if note.invoice_id == invoice.id]
    reached = list(accumulate(note.amount for note in notes))
    if not reached or reached[-1] != invoice.credited:
        whole = CreditNote(
            id="",
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            amount=invoice.credited,
            currency=invoice.currency,
        )
        notes, reached = [whole], [invoice.credited]
    yield from zip(reached, notes, strict=True)
