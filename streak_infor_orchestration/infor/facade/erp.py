"""The ERP port over the façade (Infor façade contract)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Literal

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer, Invoiced
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.order import OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.infor.facade import feeds
from streak_infor_orchestration.infor.facade.collection import everything, one, page, pages
from streak_infor_orchestration.infor.facade.problem import explain
from streak_infor_orchestration.infor.facade.requests import customer_body, order_body
from streak_infor_orchestration.infor.facade.wire import CustomerWire, InvoiceWire, OrderWire, ProductWire
from streak_infor_orchestration.infor.port import Changes, CustomerField, Found, Steps, Traits
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient, segment

_FILTERS: dict[CustomerField, str] = {
    "reference": "externalReference",
    "tax_id": "taxId",
    "email": "email",
    "name": "name",
}


class FacadeSettings(Model):
    """`settle_seconds`: how long a write without an answer may still commit."""

    settle_seconds: float = 10.0


class FacadeErp:
    """`http` has the base URL up to and including `/infor/api/v1`."""

    change_feeds = tuple(feeds.FEEDS)

    def __init__(self, http: HttpClient, settings: FacadeSettings | None = None) -> None:
        self.http = http
        settle_seconds = (settings or FacadeSettings()).settle_seconds
        self.traits = Traits(name="facade", reference_length=40, settle_seconds=settle_seconds)

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        """By the filter that is exact and sees every committed record at once."""
        orders = everything(self.http, "salesorders", OrderWire, externalReference=reference)
        # An ERP that ignored the filter must not make somebody else's order ours
        return Found(orders=tuple(o.order() for o in orders if o.external_reference == reference))

    def order(self, order_id: str) -> SalesOrder | None:
        return self.http.find("/salesorders", order_id, decode=_order, explain=explain)

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        found = everything(self.http, "customers", CustomerWire, **{_FILTERS[field]: value})
        return tuple(wire.customer() for wire in found)

    def customer(self, customer_id: str) -> Customer | None:
        wire = self.http.find("/customers", customer_id, decode=one(CustomerWire), explain=explain)
        return None if wire is None else wire.customer()

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        found = {}
        for sku in dict.fromkeys(skus):
            wire = self.http.find("/products", sku, decode=one(ProductWire), explain=explain)
            if wire is not None:
                found[sku] = wire.product()
        return found

    def invoice(self, invoice_id: str) -> Invoice | None:
        wire = self.http.find("/invoices", invoice_id, decode=one(InvoiceWire), explain=explain)
        return None if wire is None else wire.invoice()

    def invoices(self, order_id: str) -> tuple[Invoice, ...]:
        found = everything(self.http, "invoices", InvoiceWire, orderId=order_id)
        return tuple(wire.invoice() for wire in found)

    def changed(self, entity: str, since: datetime) -> Changes:
        return feeds.changed(self.http, entity, since)

    def ping(self) -> None:
        """By a read that we must be allowed anyway."""
        page(self.http, "salesorders", OrderWire, {}, limit=1)

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        if entity == "customer":
            customers = pages(self.http, "customers", CustomerWire)
            yield from ((c.external_reference, c.customer_id) for c in customers if c.external_reference)
        else:
            orders = pages(self.http, "salesorders", OrderWire)
            yield from ((o.external_reference, o.order_id) for o in orders if o.external_reference)

    def create_customer(self, draft: CustomerDraft) -> Customer:
        body = customer_body(draft)
        wire = self.http.write("POST", "/customers", json=body, decode=one(CustomerWire), explain=explain)
        return wire.customer()

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        return self.http.write("POST", "/salesorders", json=order_body(draft), decode=_order, explain=explain)

    def cancel_order(self, order: SalesOrder) -> SalesOrder:
        """Raises `Stale` if the order changed since it was read, `Conflict` once it is shipped or invoiced."""
        return self.http.write(
            "PUT",
            f"/salesorders/{segment(order.id)}",
            json={"OrderStatus": OrderStatus.CANCELLED.value},
            headers={"If-Match": order.version} if order.version else {},
            decode=_order,
            explain=explain,
        )

    def request_invoice(self, order_id: str) -> InvoiceAnswer:
        """There is one invoice per order: if it exists already, that one is the answer."""
        try:
            wire = self.http.write(
                "POST", "/invoices", json={"OrderID": order_id}, decode=one(InvoiceWire), explain=explain
            )
        except Conflict as conflict:
            first = self.invoice(conflict.existing)
            if first is None or first.order_id != order_id:
                raise
            return Invoiced(invoice=first)
        return Invoiced(invoice=wire.invoice())


def _order(answer: Answer) -> SalesOrder:
    return OrderWire.model_validate(answer.body).order(version=answer.headers.get("etag", ""))
