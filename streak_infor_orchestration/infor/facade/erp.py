"""The ERP port over the façade (Infor façade contract)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.invoice import Invoice, InvoiceAnswer, Invoiced
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import OrderChanges, OrderDraft, OrderStatus, SalesOrder
from streak_infor_orchestration.domain.party import (
    ContactChanges,
    ContactDraft,
    Customer,
    CustomerChanges,
    CustomerContact,
    CustomerDraft,
)
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.facade import feeds, requests
from streak_infor_orchestration.infor.facade.collection import page, pages
from streak_infor_orchestration.infor.facade.resources import (
    CONTACTS,
    CUSTOMERS,
    EMPLOYEES,
    EXCHANGE_RATES,
    INVENTORY_ITEMS,
    INVOICES,
    PRODUCTS,
    RESOURCES,
    SALES_ORDERS,
)
from streak_infor_orchestration.infor.facade.wire import ReferenceWire
from streak_infor_orchestration.infor.port import Changes, CustomerField, Found, FoundCustomer, Steps, Traits
from streak_infor_orchestration.transport.http import HttpClient

_OTHER_ZONES = timedelta(days=1)
"""A day begins so much earlier somewhere on earth, at most."""


class FacadeErp:
    """`http` has the base URL up to and including `/infor/api/v1`; a write without an answer may still commit for
    `settle_seconds`."""

    change_feeds = tuple(feeds.FEEDS)

    def __init__(self, http: HttpClient, *, settle_seconds: float) -> None:
        self.http = http
        self.traits = Traits(
            name="facade",
            customer_filters=frozenset(get_args(CustomerField)),
            reference_length=40,
            settle_seconds=settle_seconds,
            changes_orders=True,
            one_invoice_per_order=True,
            tracking=True,
            contacts="records",
        )

    def find_order(self, reference: str, request: OrderDraft) -> Found:
        """By the filter that is exact and sees every committed record at once."""
        orders = SALES_ORDERS.matching(self.http, reference=reference)
        # An ERP that ignored the filter must not make somebody else's order ours
        return Found(orders=tuple(order for order in orders if order.reference == reference))

    def order(self, order_id: str) -> SalesOrder | None:
        return SALES_ORDERS.find(self.http, order_id)

    def find_customer(self, draft: CustomerDraft, since: datetime | None) -> FoundCustomer:
        """By its reference, which sees every committed record at once."""
        return FoundCustomer(customers=self.find_customers("reference", draft.reference))

    def find_customers(self, field: CustomerField, value: str) -> tuple[Customer, ...]:
        if field == "contact_email":
            contacts = CONTACTS.matching(self.http, email=value)
            at = dict.fromkeys(contact.customer_id for contact in contacts if contact.active)
            found = map(self.customer, at)
            return tuple(customer for customer in found if customer is not None)
        return CUSTOMERS.matching(self.http, **{field: value})

    def customer(self, customer_id: str) -> Customer | None:
        return CUSTOMERS.find(self.http, customer_id)

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        found = {sku: PRODUCTS.find(self.http, sku) for sku in dict.fromkeys(skus)}
        return {sku: product for sku, product in found.items() if product is not None}

    def invoice(self, invoice_id: str) -> Invoice | None:
        return INVOICES.find(self.http, invoice_id)

    def invoices(self, order_id: str) -> tuple[Invoice, ...]:
        return INVOICES.matching(self.http, order_id=order_id)

    def records(
        self, entity: Entity, *, since: datetime | None = None, where: Mapping[str, str] | None = None
    ) -> Iterator[Sequence[Record]]:
        return RESOURCES[entity].pages(self.http, where or {}, since, whole=bool(where))

    def record(self, entity: Entity, record_id: str) -> Record | None:
        found: Record | None = RESOURCES[entity].find(self.http, record_id)
        return found

    def inventory(self, skus: Collection[str]) -> dict[str, tuple[InventoryItem, ...]]:
        found = {sku: INVENTORY_ITEMS.matching(self.http, product_id=sku) for sku in dict.fromkeys(skus)}
        return {sku: items for sku, items in found.items() if items}

    def find_employee(self, email: str) -> Employee | None:
        found = EMPLOYEES.matching(self.http, email=email)
        return next((employee for employee in found if employee.active), None) or next(iter(found), None)

    def exchange_rate(self, base: str, quote: str, day: date) -> ExchangeRate | None:
        """The filter by date is exact: where that very day has no rate (a weekend), all of them are looked through.
        One of another day that cannot be read does not stop every deal in the currency."""
        exact = EXCHANGE_RATES.matching(self.http, base=base, quote=quote, day=day.isoformat())
        others = () if exact else EXCHANGE_RATES.pages(self.http, {"base": base, "quote": quote})
        dated = [*exact, *(rate for page in others for rate in page)]
        return max((rate for rate in dated if rate.day <= day), key=lambda rate: rate.day, default=None)

    def changed(self, entity: str, since: datetime) -> Changes:
        return feeds.changed(self.http, entity, since)

    def reread(self, orders: Collection[str]) -> Iterator[Sequence[SalesOrder | Invoice]]:
        """By both lists as a whole: a page has as much as 500 calls by key."""
        wanted = frozenset(orders)
        if not wanted:
            return
        for found in SALES_ORDERS.pages(self.http, {}):
            yield [order for order in found if order.id in wanted]
        for issued in INVOICES.pages(self.http, {}):
            yield [invoice for invoice in issued if invoice.order_id in wanted]

    def entered(self, since: date) -> Iterator[Sequence[str]]:
        """What was entered since was modified since."""
        for found in SALES_ORDERS.pages(self.http, {}, datetime.combine(since, time(), UTC) - _OTHER_ZONES):
            yield [order.id for order in found if order.order_date is None or order.order_date >= since]

    def ping(self) -> None:
        """By a read that we must be allowed anyway; whatever the order is like, the ERP is there."""
        page(self.http, SALES_ORDERS.name, lambda _: (), {}, limit=1)

    def references(self, entity: Literal["customer", "order"]) -> Iterator[tuple[str, str]]:
        resource = CUSTOMERS if entity == "customer" else SALES_ORDERS
        read = resource.reading(self.http, ReferenceWire.model_validate)
        for named in pages(self.http, resource.name, read, {}):
            yield from ((record.reference, record.id) for record in named if record.reference)

    def create_customer(self, draft: CustomerDraft, steps: Steps) -> Customer:
        return CUSTOMERS.create(self.http, requests.customer_body(draft))

    def update_customer(self, customer: Customer, changes: CustomerChanges) -> Customer:
        return CUSTOMERS.change(self.http, customer.id, customer.version, requests.customer_changes(changes))

    def create_contact(self, draft: ContactDraft) -> CustomerContact:
        return CONTACTS.create(self.http, requests.contact_body(draft))

    def update_contact(self, contact: CustomerContact, changes: ContactChanges) -> CustomerContact:
        return CONTACTS.change(self.http, contact.id, contact.version, requests.contact_changes(changes))

    def create_order(self, draft: OrderDraft, steps: Steps) -> SalesOrder:
        return SALES_ORDERS.create(self.http, requests.order_body(draft))

    def update_order(self, order: SalesOrder, changes: OrderChanges) -> SalesOrder:
        return SALES_ORDERS.change(self.http, order.id, order.version, requests.order_changes(order, changes))

    def cancel_order(self, order: SalesOrder) -> SalesOrder:
        """Raises `Stale` if the order changed since it was read, `Conflict` once it is shipped or invoiced."""
        cancel = {"OrderStatus": OrderStatus.CANCELLED.value}
        return SALES_ORDERS.change(self.http, order.id, order.version, cancel)

    def make_ready(self, order_id: str) -> None:
        """Nothing: invoices are asked for."""

    def request_invoice(self, order_id: str, gl_account: str = "") -> InvoiceAnswer:
        """There is one invoice per order: if it exists already, that one is the answer."""
        booked = {"GLAccount": gl_account} if gl_account else {}
        try:
            return Invoiced(invoice=INVOICES.create(self.http, {"OrderID": order_id, **booked}))
        except Conflict as conflict:
            first = self.invoice(conflict.existing)
            if first is None or first.order_id != order_id:
                raise
            return Invoiced(invoice=first)
