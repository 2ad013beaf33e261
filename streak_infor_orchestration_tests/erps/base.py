"""What both small ERPs share: customers, products, invoices, kept in plain dictionaries."""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Literal

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer, Invoiced
from streak_infor_orchestration.domain.order import OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerDraft
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.infor.port import Changes, CustomerField
from streak_infor_orchestration_tests.erps.wire import Wire


class SmallErp:
    """Everything of the port but how orders are made. `committed` is what an oracle may look at."""

    change_feeds: tuple[str, ...] = ()

    def __init__(self, wire: Wire | None = None) -> None:
        self.wire = wire or Wire()
        self.customers: dict[str, Customer] = {}
        self.committed: dict[str, SalesOrder] = {}
        self.issued: dict[str, Invoice] = {}
        self.stock = {"BRK-1001": Product(sku="BRK-1001", price=Decimal("12.50"), currency="EUR")}

    def order(self, order_id: str) -> SalesOrder | None:
        return self.wire.read(lambda: self.committed.get(order_id))

    def customer(self, customer_id: str) -> Customer | None:
        return self.wire.read(lambda: self.customers.get(customer_id))

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        return self.wire.read(
            lambda: tuple(c for c in self.customers.values() if value and getattr(c, field) == value),
        )

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        return self.wire.read(lambda: {s: self.stock[s] for s in skus if s in self.stock})

    def invoice(self, invoice_id: str) -> Invoice | None:
        return self.wire.read(lambda: self.issued.get(invoice_id))

    def invoices(self, order_id: str) -> tuple[Invoice, ...]:
        return self.wire.read(lambda: tuple(i for i in self.issued.values() if i.order_id == order_id))

    def changed(self, entity: str, since: datetime) -> Changes:
        return Changes(items=(), watermark=since)

    def ping(self) -> None:
        self.wire.read(lambda: None)

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        records: Collection[Customer | SalesOrder] = (
            self.customers.values() if entity == "customer" else self.committed.values()
        )
        yield from self.wire.read(lambda: [(record.reference, record.id) for record in records])

    def create_customer(self, draft: CustomerDraft) -> Customer:
        def serve() -> Customer:
            customer = Customer(
                id=f"C{len(self.customers) + 1:04}",
                name=draft.name,
                email=draft.email,
                tax_id=draft.tax_id,
                reference=draft.reference,
            )
            self.customers[customer.id] = customer
            return customer

        return self.wire.write("create_customer", serve)

    def cancel_order(self, order: SalesOrder) -> SalesOrder:
        def serve() -> SalesOrder:
            cancelled = order.model_copy(update={"status": OrderStatus.CANCELLED})
            self.committed[order.id] = cancelled
            return cancelled

        return self.wire.write("cancel_order", serve)

    def request_invoice(self, order_id: str) -> InvoiceAnswer:
        def serve() -> InvoiceAnswer:
            if order_id not in self.committed:
                raise Rejected("no such order", code="not_found", system="infor")
            order = self.committed[order_id]
            invoice = Invoice(
                id=f"INV{len(self.issued) + 1:04}",
                order_id=order_id,
                customer_id=order.customer_id,
                currency=order.currency,
                total=order.total,
                paid=Decimal(0),
                balance=order.total,
                status="Open",
            )
            self.issued[invoice.id] = invoice
            return Invoiced(invoice=invoice)

        return self.wire.write("request_invoice", serve)

    def _commit(self, order_id: str, draft: OrderDraft) -> SalesOrder:
        order = SalesOrder(
            id=order_id,
            reference=draft.reference,
            customer_id=draft.customer_id,
            currency=draft.currency,
            lines=draft.lines,
            total=draft.total,
            status=OrderStatus.OPEN,
        )
        self.committed[order_id] = order
        return order
