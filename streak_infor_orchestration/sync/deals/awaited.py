"""The invoices of a won deal where the ERP makes them by itself, of parts too: seen, never asked for.

What is awaited is told on the deal at once, looked for less and less often, and after some days a person's.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.sync.effects.order_ready import make_ready
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.work import Status, Verdict, Work

_SOONEST, _LATEST = timedelta(minutes=15), timedelta(hours=6)
_WHOLE = (OrderStatus.INVOICED, OrderStatus.COMPLETED)


def await_invoices(work: Work, order: SalesOrder, ports: Ports, writes: Writes) -> Work:
    """Makes the order ready, once, and waits visibly until the ERP has invoiced all of it."""
    if order.status in _WHOLE or (work.invoices and _invoiced(work) >= order.total):
        return work
    if not work.claim.token:
        return work.did(f"would make order {order.id} ready for its invoice, and wait for it")
    try:
        ready_since = make_ready(writes, work.claim, order.id)
    except Rejected:
        there = ports.erp.order(order.id)
        if there is None or there.status == order.status:
            raise
        # the ERP has moved the order on since we read it, so what it refused may not be needed any more
        return work.did(f"order {order.id} is {there.status} by now").again_at(ports.clock.now())
    return awaiting(work, order, ready_since, "the ERP makes it by itself", ports)


def awaiting(work: Work, order: SalesOrder, since: datetime, why: str, ports: Ports) -> Work:
    """Told on the deal, and alerted of after `policies.invoice_days`; looked at again after a quarter of the time it
    has waited already."""
    now = ports.clock.now()
    waited, what = now - since, "the rest of the invoice" if work.invoices else "the invoice"
    work = work.did(f"{what} of order {order.id} is awaited: {why}")
    work = work.again_at(now + min(_LATEST, max(_SOONEST, waited / 4)))
    days = ports.config.policies.invoice_days
    if waited >= timedelta(days=days):
        return work.stop(_overdue(order, what, days))
    told = f"The deal is won; {what} of order {order.id} is awaited: {why}."
    return replace(work, remarks=(*work.remarks, (f"awaited:{order.id}", told)))


def _invoiced(work: Work) -> Decimal:
    return sum((invoice.total for invoice in work.invoices), Decimal(0))


def _overdue(order: SalesOrder, what: str, days: int) -> Verdict:
    invoiced = f"{order.id}, {plain(order.total)} {order.currency}"
    problem = Problem(
        code=DealCode.INVOICE_AWAITED,
        message=f"The deal is won, but {what} of order {invoiced} has been awaited for {days} days.",
        field="Order",
        value=order.id,
    )
    return Verdict(Status.PERSON, problem.message, problems=(problem,))
