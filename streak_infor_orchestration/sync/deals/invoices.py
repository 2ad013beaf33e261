"""Phase 6 of a deal: the invoice of a deal that was won."""

from dataclasses import replace

from streak_infor_orchestration.domain.deal import Milestone, Problem
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.sync.deals.awaited import await_invoices, awaiting
from streak_infor_orchestration.sync.effects.invoice import (
    invoice_wanted_since,
    is_our_invoice,
    make_invoice,
)
from streak_infor_orchestration.sync.effects.sending import NotYet
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work


def create_invoice(work: Work, ports: Ports, writes: Writes) -> Work:
    """Closed-Won implies an order first; a cancelled order is not invoiced."""
    deal, order = work.deal, work.order
    assert deal is not None
    if deal.milestone is not Milestone.INVOICE:
        return work
    if order is None:
        return work.did("would request the invoice") if work.draft and not work.claim.token else work
    by_itself = ports.erp.traits.invoices_by_itself
    if work.invoices and not by_itself:
        for invoice in work.invoices:
            # one that the ERP made by itself may be for a part of the order
            if is_our_invoice(invoice, ports.store):
                _refuse_other_total(order, invoice)
        return work
    if order.status is OrderStatus.CANCELLED:
        return work.stop(_cancelled(order))
    if by_itself:
        return await_invoices(work, order, ports, writes)
    if not work.claim.token:
        return work.did(f"would request the invoice of order {order.id}")
    try:
        done = make_invoice(writes, work.claim, order.id)
    except NotYet as waiting:
        return awaiting(work, order, invoice_wanted_since(writes, order.id), str(waiting), ports)
    invoice = done.record
    _refuse_other_total(order, invoice)
    if not done.fresh:  # the effect remembers the invoice as it was made; payments came since
        current = ports.erp.invoice(invoice.id)
        invoice = current or invoice
        return replace(work, invoices=(invoice,))
    order = ports.erp.order(order.id) or order  # invoicing changed its status, which the box shows
    work = work.did(
        f"invoice {invoice.id} created: {plain(invoice.total)} {invoice.currency}",
        order=order,
        invoices=(invoice,),
        seen=work.seen | {invoice.stamp},  # the ledger has this stamp with the invoice
    )
    return work.again_at(done.verify_at)


def _cancelled(order: SalesOrder) -> Verdict:
    problem = Problem(
        code=DealCode.ORDER_CANCELLED,
        message=f"The deal is won, but its order {order.id} is cancelled in the ERP: nothing is invoiced.",
        field="Order",
        value=order.id,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))


def _refuse_other_total(order: SalesOrder, invoice: Invoice) -> None:
    """On every look, not only when it was made: nothing but the ERP can cure it."""
    if invoice.currency == order.currency and invoice.total != order.total:
        raise Conflict(
            f"invoice {invoice.id} comes to {plain(invoice.total)}, order {order.id} to {plain(order.total)}",
            code=DealCode.INVOICE_DIFFERS,
            field="Invoice",
            value=invoice.id,
            existing=invoice.id,
        )
