"""What both small ERPs share: customers, products, invoices, kept in plain dictionaries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Conflict, Misconfigured, Rejected
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer, Invoiced
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.money import line_total
from streak_infor_orchestration.domain.order import (
    Line,
    OrderChanges,
    OrderDraft,
    OrderedLine,
    OrderStatus,
    SalesOrder,
)
from streak_infor_orchestration.domain.party import (
    ContactChanges,
    ContactDraft,
    Customer,
    CustomerChanges,
    CustomerContact,
    CustomerDraft,
)
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.port import (
    Changes,
    CustomerField,
    FoundCustomer,
    Steps,
    Traits,
    no_such_entity,
)
from streak_infor_orchestration_tests.erps.wire import Wire


class SmallErp:
    """Everything of the port but how orders are made. `committed` is what an oracle may look at."""

    traits: Traits
    change_feeds: tuple[str, ...] = ()

    def __init__(self, wire: Wire | None = None) -> None:
        self.wire = wire or Wire()
        self.customers: dict[str, Customer] = {}
        self.committed: dict[str, SalesOrder] = {}
        self.issued: dict[str, Invoice] = {}
        self.stock = {"BRK-1001": Product(id="BRK-1001", price=Decimal("12.50"), currency="EUR")}

    def order(self, order_id: str) -> SalesOrder | None:
        return self.wire.read(lambda: self.committed.get(order_id))

    def customer(self, customer_id: str) -> Customer | None:
        return self.wire.read(lambda: self.customers.get(customer_id))

    def find_customer(self, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
        return FoundCustomer(customers=self.find_customers("reference", draft.reference))

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        def same(kept: str) -> bool:
            return kept == value if field == "reference" else kept.casefold() == value.casefold()

        return self.wire.read(
            lambda: tuple(c for c in self.customers.values() if value and same(getattr(c, field)))
        )

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        return self.wire.read(lambda: {s: self.stock[s] for s in skus if s in self.stock})

    def invoice(self, invoice_id: str) -> Invoice | None:
        return self.wire.read(lambda: self.issued.get(invoice_id))

    def invoices(self, order_id: str) -> tuple[Invoice, ...]:
        return self.wire.read(lambda: tuple(i for i in self.issued.values() if i.order_id == order_id))

    def records(
        self, entity: Entity, *, since: datetime | None = None, where: Mapping[str, str] | None = None
    ) -> Iterator[Sequence[Record]]:
        """All in one page. Nothing here is stamped, so `since` cannot be told apart: everything is shown again."""
        kept = self._kept(entity)
        unknown = (where or {}).keys() - {
            field for record in kept.values() for field in record.model_fields_set
        }
        if kept and unknown:
            raise Misconfigured(f"no filter {', '.join(unknown)}", code="no_such_filter")
        wanted = (where or {}).items()
        found = [r for r in kept.values() if all(getattr(r, field) == value for field, value in wanted)]
        yield self.wire.read(lambda: sorted(found, key=lambda record: (record.modified, record.id)))

    def record(self, entity: Entity, record_id: str) -> Record | None:
        kept = self._kept(entity)
        return self.wire.read(lambda: kept.get(record_id))

    def _kept(self, entity: Entity) -> Mapping[str, Record]:
        match entity:
            case "customers":
                return self.customers
            case "sales_orders":
                return self.committed
            case "invoices":
                return self.issued
            case "products":
                return self.stock
            case _:
                raise no_such_entity(self.traits.name, entity)

    def inventory(self, skus: Collection[str]) -> dict[str, tuple[InventoryItem, ...]]:
        raise no_such_entity(self.traits.name, "inventory_items")

    def find_employee(self, email: str) -> Employee | None:
        raise no_such_entity(self.traits.name, "employees")

    def exchange_rate(self, base: str, quote: str, day: date) -> ExchangeRate | None:
        raise no_such_entity(self.traits.name, "exchange_rates")

    def changed(self, entity: str, since: datetime) -> Changes:
        return Changes(items=(), watermark=since)

    def reread(self, orders: Collection[str]) -> Iterator[Sequence[SalesOrder | Invoice]]:
        """Key by key, as a product without lists does."""
        for number in orders:
            order = self.order(number)
            yield [*([order] if order is not None else []), *self.invoices(number)]

    def entered(self, since: date) -> Iterator[Sequence[str]]:
        orders = self.wire.read(lambda: list(self.committed.values()))
        yield [order.id for order in orders if order.order_date is None or order.order_date >= since]

    def ping(self) -> None:
        self.wire.read(lambda: None)

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        records: Collection[Customer | SalesOrder] = (
            self.customers.values() if entity == "customer" else self.committed.values()
        )
        yield from self.wire.read(lambda: [(record.reference, record.id) for record in records])

    def create_customer(self, draft: CustomerDraft, steps: Steps) -> Customer:
        def serve() -> Customer:
            customer = Customer(id=f"C{len(self.customers) + 1:04}", **draft.model_dump())
            self.customers[customer.id] = customer
            return customer

        return self.wire.write("create_customer", serve)

    def update_customer(self, customer: Customer, changes: CustomerChanges) -> Customer:
        def serve() -> Customer:
            given = {name: getattr(changes, name) for name in changes.model_fields_set - {"custom"}}
            self.customers[customer.id] = self.customers[customer.id].model_copy(update=given)
            return self.customers[customer.id]

        return self.wire.write("update_customer", serve)

    def create_contact(self, draft: ContactDraft) -> CustomerContact:
        raise no_such_entity(self.traits.name, "contacts")

    def update_contact(self, contact: CustomerContact, changes: ContactChanges) -> CustomerContact:
        raise no_such_entity(self.traits.name, "contacts")

    def update_order(self, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        raise Conflict("orders cannot be changed here", code="conflict", system="infor", existing=order.id)

    def cancel_order(self, order: SalesOrder) -> SalesOrder:
        def serve() -> SalesOrder:
            cancelled = order.model_copy(update={"status": OrderStatus.CANCELLED})
            self.committed[order.id] = cancelled
            return cancelled

        return self.wire.write("cancel_order", serve)

    def make_ready(self, order_id: str) -> None:
        """Nothing: invoices are asked for."""

    def request_invoice(self, order_id: str, gl_account: str = "") -> InvoiceAnswer:
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
                gl_account=gl_account,
            )
            self.issued[invoice.id] = invoice
            return Invoiced(invoice=invoice)

        return self.wire.write("request_invoice", serve)

    def _commit(self, order_id: str, draft: OrderDraft) -> SalesOrder:
        kept = OrderDraft.model_fields.keys() & SalesOrder.model_fields.keys() - {"lines"}
        order = SalesOrder(
            id=order_id,
            **draft.model_dump(include=kept),
            lines=tuple(_ordered(n, line, draft.currency) for n, line in enumerate(draft.lines, 1)),
            total=draft.total,
            status=OrderStatus.OPEN,
        )
        self.committed[order_id] = order
        return order


def _ordered(number: int, line: Line, currency: str) -> OrderedLine:
    total = line_total(line.quantity, line.price, line.discount, currency)
    return OrderedLine(**line.model_dump(), number=number, total=total)
