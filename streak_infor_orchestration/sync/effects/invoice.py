"""The invoice of an order: one on our request. An ERP may invoice by itself later."""

from datetime import datetime

from streak_infor_orchestration.domain.invoice import Invoice, Invoiced, NotSupported, Waiting
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.kind import Key, KindOfWrite
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen
from streak_infor_orchestration.sync.effects.sending import NotYet
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports

_KEY = Key("order:{}:invoice")


def make_invoice(writes: Writes, claim: Claimed, order_id: str) -> Done[Invoice]:
    """Raises `NotYet` where the ERP invoices by itself later."""
    return writes.once.do(claim, _once(writes.ports, claim.key, order_id))


def invoice_wanted_since(writes: Writes, order_id: str) -> datetime:
    """When it was asked for first."""
    return writes.sender.again(_KEY.of(order_id)).created_at


def is_our_invoice(invoice: Invoice, store: Store) -> bool:
    """Whether it was made on our request."""
    effect = store.effects.get(_KEY.of(invoice.order_id))
    return effect is not None and effect.external_id == invoice.id


def _once(ports: Ports, subject: str, order_id: str) -> Once[Invoice]:
    account = ports.config.erp.defaults.invoice_gl_account

    def call(_body: Body, _steps: Steps) -> Invoice:
        match ports.erp.request_invoice(order_id, account):
            case Invoiced(invoice=invoice):
                return invoice
            case Waiting(reason=reason):
                raise NotYet(reason)
            case NotSupported():
                raise NotYet("this ERP invoices by itself")

    return Once(
        key=_KEY.of(order_id),
        shape="create",
        subject=subject,
        body={"order": order_id},
        model=Invoice,
        call=call,
        probe=lambda _body, _since: Seen(ports.erp.invoices(order_id)),
        identify=lambda invoice: invoice.id,
        invoice=lambda invoice: OrderInvoice(order_id, invoice.id, seen=invoice.stamp),
        settle_seconds=ports.erp.traits.settle_seconds,
        probe_first=False,  # the order's invoices were read when the deal was fetched
    )


def _begun(ports: Ports, effect: Effect, parts: tuple[str, ...]) -> Once[Invoice]:
    (order_id,) = parts
    return _once(ports, effect.subject, order_id)


KIND = KindOfWrite(_KEY, _begun)
