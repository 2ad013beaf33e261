"""The ERP port over SyteLine's IDOs (Infor API contract C, F, G)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Literal

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Rejected
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
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.port import (
    Changes,
    CustomerField,
    Found,
    FoundCustomer,
    Steps,
    Traits,
    no_such_entity,
)
from streak_infor_orchestration.infor.syteline import feeds
from streak_infor_orchestration.infor.syteline.collection import AT_A_TIME, IdoCollection, key_in
from streak_infor_orchestration.infor.syteline.currencies import Currencies
from streak_infor_orchestration.infor.syteline.customer_writes import CustomerWrites
from streak_infor_orchestration.infor.syteline.customers import ITSELF, IdoCustomers
from streak_infor_orchestration.infor.syteline.filters import both, not_empty
from streak_infor_orchestration.infor.syteline.ido import Ido
from streak_infor_orchestration.infor.syteline.invoices import IdoInvoices
from streak_infor_orchestration.infor.syteline.items import Items, Units
from streak_infor_orchestration.infor.syteline.master_data import ChartOfAccounts, Employees, Vendors
from streak_infor_orchestration.infor.syteline.order_changes import OrderEdits
from streak_infor_orchestration.infor.syteline.order_creation import OrderCreation
from streak_infor_orchestration.infor.syteline.order_probe import find_order
from streak_infor_orchestration.infor.syteline.order_records import HEADERS, OrderRecords
from streak_infor_orchestration.infor.syteline.order_values import OrderValues
from streak_infor_orchestration.infor.syteline.orders import Orders
from streak_infor_orchestration.infor.syteline.rates import Rates
from streak_infor_orchestration.infor.syteline.readiness import make_ready
from streak_infor_orchestration.infor.syteline.section import SytelineSection
from streak_infor_orchestration.infor.syteline.settlements import CreditNotes, Payments
from streak_infor_orchestration.infor.syteline.stock import Stock
from streak_infor_orchestration.transport.http import HttpClient

NAME = "syteline"


class SytelineErp:
    """`http` has the address before `/IDORequestService`."""

    change_feeds = tuple(feeds.FEEDS)

    def __init__(self, http: HttpClient, section: SytelineSection) -> None:
        said = section.orders
        filters: set[CustomerField] = {"reference", "email", "name"}
        self.traits = Traits(
            name=NAME,
            customer_filters=frozenset(filters | ({"tax_id"} if section.customers.tax_id else set())),
            reference_length=section.key_widths.order,
            second_reference_length=said.second_reference_length,
            finds_by_second_reference=True,
            unique_references=True,
            settle_seconds=section.settle_seconds,
            changes_orders=True,
            invoices_by_itself=True,
            prices=said.prices,
            tax=said.tax,
        )
        self.section = section
        self.ido = Ido(http, section)
        units, currencies, values = Units(self.ido), Currencies(self.ido), OrderValues(section)
        self._customers = IdoCustomers(self.ido, section)
        self._orders = Orders(self.ido, section)
        self._invoices = IdoInvoices(self.ido, section, currencies)
        self._items = Items(self.ido, section, units)
        self._stock = Stock(self.ido, section)
        self._employees = Employees(self.ido, section)
        self._rates = Rates(self.ido, section)
        everything: tuple[IdoCollection[Any], ...] = (
            self._customers,
            self._orders,
            self._items,
            self._stock,
            self._invoices,
            CreditNotes(self.ido, section, currencies),
            Payments(self.ido, section, currencies),
            Vendors(self.ido, section),
            self._employees,
            ChartOfAccounts(self.ido, section),
            self._rates,
        )
        self._collections: dict[Entity, IdoCollection[Any]] = {one.entity: one for one in everything}
        self._versions = {
            name: feeds.ToldVersions(_stamps_of(self._orders if feed.entity == "order" else self._invoices))
            for name, feed in feeds.FEEDS.items()
        }
        self._records = OrderRecords(self.ido, said, self._orders)
        self._creation = OrderCreation(self._records, values, units)
        self._edits = OrderEdits(self._records, values, units)
        self._customer_writes = CustomerWrites(self.ido, section, self._customers)

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        return find_order(self._records, reference, request)

    def order(self, order_id: str) -> SalesOrder | None:
        found = (
            self._orders.of([order_id], whole=True, tagged=True) if order_id == order_id.strip() != "" else ()
        )
        return next((order for order in found if order.id == order_id), None)

    def find_customer(self, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
        return self._customer_writes.find(draft)

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        return self._customers.matching(**{field: value})

    def customer(self, customer_id: str) -> Customer | None:
        return self._customers.find(customer_id)

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        return self._items.by_sku(skus)

    def invoice(self, invoice_id: str) -> Invoice | None:
        return self._invoices.find(invoice_id)

    def invoices(self, order_id: str) -> tuple[Invoice, ...]:
        return self._invoices.of_orders([order_id], whole=True) if order_id else ()

    def records(
        self, entity: Entity, *, since: datetime | None = None, where: Mapping[str, str] | None = None
    ) -> Iterator[Sequence[Record]]:
        return self._of(entity).pages(since, where)

    def record(self, entity: Entity, record_id: str) -> Record | None:
        found: Record | None = self._of(entity).find(record_id)
        return found

    def inventory(self, skus: Collection[str]) -> dict[str, tuple[InventoryItem, ...]]:
        return self._stock.by_sku(skus)

    def find_employee(self, email: str) -> Employee | None:
        return self._employees.by_email(email)

    def exchange_rate(self, base: str, quote: str, day: date) -> ExchangeRate | None:
        return self._rates.latest(base, quote, day)

    def changed(self, entity: str, since: datetime) -> Changes:
        """With the version of each as it is now: so our own writes are known as such."""
        return feeds.changed(self.ido, self.section, entity, since, self._versions[entity])

    def reread(self, orders: Collection[str]) -> Iterator[Sequence[SalesOrder | Invoice]]:
        """So many at once as one load can be asked for."""
        wanted = [order for order in dict.fromkeys(orders) if order]
        for start in range(0, len(wanted), AT_A_TIME):
            some = wanted[start : start + AT_A_TIME]
            yield self._orders.of(some, whole=False)
            yield self._invoices.of_orders(some, whole=False)

    def entered(self, since: date) -> Iterator[Sequence[str]]:
        """What was entered since was changed since."""
        began = datetime.combine(since, time(), self.section.zone)
        for found in self._orders.pages(began):
            yield [order.id for order in found if order.order_date is None or order.order_date >= since]

    def ping(self) -> None:
        self.ido.page(HEADERS, ("CoNum",), cap=1)

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        if entity == "customer":
            ido, key, name, condition = "SLCustomers", "CustNum", self.section.customers.reference, ITSELF
        else:
            ido, key, name, condition = HEADERS, "CoNum", self.section.orders.second_reference, ""
        for page in self.ido.pages(ido, (key, name), both(condition, not_empty(name)), order_by=key):
            named = ((key_in(row, name), key_in(row, key)) for row in page)
            yield from ((reference, number) for reference, number in named if reference)

    def create_customer(self, draft: CustomerDraft, steps: Steps) -> Customer:
        return self._customer_writes.create(draft, steps)

    def update_customer(self, customer: Customer, changes: CustomerChanges) -> Customer:
        return self._customer_writes.change(customer, changes)

    def create_contact(self, draft: ContactDraft) -> CustomerContact:
        raise no_such_entity("SyteLine", "contacts")

    def update_contact(self, contact: CustomerContact, changes: ContactChanges) -> CustomerContact:
        raise no_such_entity("SyteLine", "contacts")

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        return self._creation.create(draft, steps)

    def update_order(self, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        return self._edits.change(order, changes)

    def cancel_order(self, order: SalesOrder) -> SalesOrder:
        return self._edits.cancel(order)

    def make_ready(self, order_id: str) -> None:
        make_ready(self._records, order_id, self.section.ready)

    def request_invoice(self, order_id: str, gl_account: str = "") -> InvoiceAnswer:
        """SyteLine invoices what was shipped, by a routine of its own. Raises `Rejected` where there is no order."""
        if not order_id or self._records.header(order_id) is None:
            raise Rejected(f"infor: there is no order {order_id}", system="infor", value=order_id)
        return Waiting(reason="SyteLine invoices the order when it is shipped")

    def _of(self, entity: Entity) -> IdoCollection[Any]:
        if entity not in self._collections:
            raise no_such_entity("SyteLine", entity)
        return self._collections[entity]


def _stamps_of(collection: Orders | IdoInvoices) -> feeds.Stamps:
    return lambda keys: {record.id: record.stamp for record in collection.of(keys, whole=False)}
