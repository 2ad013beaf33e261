"""The ERP port over M3 (Infor API contract, A, B, F, G)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Literal

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Conflict, Transient
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer, Waiting
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import OrderChanges, OrderDraft, SalesOrder
from streak_infor_orchestration.domain.party import (
    ContactChanges,
    ContactDraft,
    Customer,
    CustomerChanges,
    CustomerContact,
    CustomerDraft,
)
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.m3 import (
    contract,
    customer_read,
    customer_write,
    invoices,
    items,
    lists,
    masters,
    order_changes,
    order_found,
    ordering,
    orders,
    pricing,
    rates,
)
from streak_infor_orchestration.infor.m3.mi import BULK, Mi, MiCall
from streak_infor_orchestration.infor.m3.section import M3Section
from streak_infor_orchestration.infor.port import (
    Changes,
    CustomerField,
    Found,
    FoundCustomer,
    Steps,
    Traits,
    no_such_entity,
)
from streak_infor_orchestration.transport.http import HttpClient

_PORTION = BULK // 2


class M3Erp:
    """`http` has the base URL up to `/m3api-rest`."""

    change_feeds: tuple[str, ...] = ()
    """M3 has no list of what changed: `reread` tells."""

    def __init__(self, http: HttpClient, section: M3Section) -> None:
        self.mi = Mi(http, section)
        self._units: dict[str, str] = {}  # of items: M3 lets nobody change a basic unit that is in use
        self.traits = Traits(
            name="m3",
            customer_filters=frozenset(),
            reference_length=contract.inputs("OIS100MI", "AddBatchHead")[section.reference_field].length,
            settle_seconds=section.settle_seconds,
            invoices_by_itself=True,
            prices=section.prices,
            tax=section.tax,
            freight=bool(section.freight_charge),
        )

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        """By the configured lookup (contract B.9)."""
        return order_found.find(self.mi, reference, request, lambda: self._units_of(request))

    def order(self, order_id: str) -> SalesOrder | None:
        return orders.find(self.mi, order_id)

    def find_customer(self, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
        return customer_write.find(self.mi, draft, since)

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        """By the reference only, and by looking through all of them: M3 has no exact, immediate filter."""
        if not value:
            return ()
        pages = lists.records(self.mi, "customers", None, {field: value})
        return tuple(record for page in pages for record in page if isinstance(record, Customer))

    def customer(self, customer_id: str) -> Customer | None:
        return customer_read.read(self.mi, [customer_id]).get(customer_id)

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        found = items.read(self.mi, skus)
        self._units |= {sku: product.unit for sku, product in found.items()}
        return found

    def invoice(self, invoice_id: str) -> Invoice | None:
        found = invoices.found(self.mi, invoice_id)
        return invoices.read(self.mi, [found])[0] if found else None

    def invoices(self, order_id: str) -> tuple[Invoice, ...]:
        return tuple(invoices.read(self.mi, invoices.issued(self.mi, [order_id])))

    def records(
        self, entity: Entity, *, since: datetime | None = None, where: Mapping[str, str] | None = None
    ) -> Iterator[Sequence[Record]]:
        return lists.records(self.mi, entity, since, where or {})

    def record(self, entity: Entity, record_id: str) -> Record | None:
        return lists.one(self.mi, entity, record_id)

    def inventory(self, skus: Collection[str]) -> dict[str, tuple[InventoryItem, ...]]:
        return items.stock(self.mi, skus)

    def find_employee(self, email: str) -> Employee | None:
        """By looking through all of them: M3 keeps the address with the user."""
        if not email:
            return None
        pages = masters.employees(self.mi)
        found = [one for page in pages for one in page if one.email.casefold() == email.casefold()]
        return next((one for one in found if one.active), None) or next(iter(found), None)

    def exchange_rate(self, base: str, quote: str, day: date) -> ExchangeRate | None:
        return rates.latest(self.mi, base, quote, day)

    def changed(self, entity: str, since: datetime) -> Changes:
        raise no_such_entity("M3", entity)

    def reread(self, orders_: Collection[str]) -> Iterator[Sequence[SalesOrder | Invoice]]:
        """In bulk, 25 orders at a time: head and lines, then invoices, then what is open of them."""
        numbers = iter(orders_)
        while portion := list(islice(numbers, _PORTION)):
            told: list[SalesOrder | Invoice] = []
            for order, issued in orders.with_invoices(self.mi, portion):
                told += [order, *issued]
            yield told

    def entered(self, since: date) -> Iterator[Sequence[str]]:
        """By customer: a call for each, 50 in one."""
        return orders.numbers(self.mi, since)

    def ping(self) -> None:
        """By a read that everybody may do."""
        self.mi.rows("MNS150MI", MiCall("GetUserData", {}, "USID CONO"), most=1)

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        if entity == "order":
            yield from orders.references(self.mi)
        else:
            yield from customer_read.references(self.mi)

    def create_customer(self, draft: CustomerDraft, steps: Steps) -> Customer:
        return customer_write.create(self.mi, draft, steps)

    def update_customer(self, customer: Customer, changes: CustomerChanges) -> Customer:
        return customer_write.update(self.mi, customer, changes)

    def create_contact(self, draft: ContactDraft) -> CustomerContact:
        raise no_such_entity("M3", "contacts")

    def update_contact(self, contact: CustomerContact, changes: ContactChanges) -> CustomerContact:
        raise no_such_entity("M3", "contacts")

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        """Head, lines, Confirm, and one look at what became of them."""
        request = ordering.OrderRequest(self.mi, draft, self._units_of(draft))
        if self.traits.prices == "erp" and not steps.done:
            pricing.compare(self.mi, draft)
        number = ordering.make(self.mi, request, steps)
        made = self.order(number)
        if made is None:
            raise Transient(f"M3 does not show order {number} yet", code=SystemCode.TRANSIENT, system="infor")
        return made

    def update_order(self, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        raise Conflict("orders in M3 are changed there", system="infor", existing=order.id)

    def cancel_order(self, order: SalesOrder) -> SalesOrder:
        return order_changes.cancel(self.mi, order)

    def make_ready(self, order_id: str) -> None:
        order_changes.make_ready(self.mi, order_id)

    def request_invoice(self, order_id: str, gl_account: str = "") -> InvoiceAnswer:
        """M3 invoices what it has delivered, by its own jobs."""
        if self.order(order_id) is None:
            raise order_changes.unknown(order_id)
        return Waiting(reason="M3 invoices the order when it is delivered")

    def _units_of(self, draft: OrderDraft) -> Mapping[str, str]:
        """Basic units of the ordered items; those that no look at them has shown before are asked for."""
        missing = [line.sku for line in draft.lines if line.sku not in self._units]
        if missing:
            self.products(missing)
        return self._units
