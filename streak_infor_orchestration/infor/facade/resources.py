"""The façade's collections: where each stands, its record, and what it can be filtered by (contract, Collections)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.invoice import CreditNote, Invoice, Payment
from streak_infor_orchestration.domain.master_data import Employee, ExchangeRate, GLAccount, Vendor
from streak_infor_orchestration.domain.model import Record
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.party import Customer, CustomerContact
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.product import InventoryItem, Product
from streak_infor_orchestration.infor.facade.collection import Read, instant, pages
from streak_infor_orchestration.infor.facade.problem import explain
from streak_infor_orchestration.infor.facade.wire import (
    CreditNoteWire,
    CustomerContactWire,
    CustomerWire,
    EmployeeWire,
    ExchangeRateWire,
    GLAccountWire,
    InventoryItemWire,
    InvoiceWire,
    OrderWire,
    PaymentWire,
    ProductWire,
    RecordWire,
    VendorWire,
)
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.http import HttpClient, segment

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True)
class Resource(Generic[R]):
    """`name` is the collection's, `filters` maps a field of the record to the query parameter that compares it."""

    entity: Entity
    name: str
    wire: type[RecordWire]
    model: type[R]
    filters: Mapping[str, str] = field(default_factory=dict)

    def find(self, http: HttpClient, key: str) -> R | None:
        """Raises `Unreadable` for one that is there and not as promised."""

        def decode(answer: Answer) -> R:
            return http.records.one(self.entity, answer.body, lambda _: self.read(answer), self.wire.key_of)

        return http.find(f"/{self.name}", key, decode=decode, explain=explain)

    def create(self, http: HttpClient, body: Mapping[str, Any]) -> R:
        return http.write("POST", f"/{self.name}", json=body, decode=self.read, explain=explain)

    def change(self, http: HttpClient, key: str, version: str, body: Mapping[str, Any]) -> R:
        """`version` is the ETag of the read; raises `Stale` if the record changed since. Without one it is changed
        whatever happened in between."""
        return http.write(
            "PUT",
            f"/{self.name}/{segment(key)}",
            json=body,
            headers={"If-Match": version} if version else {},
            decode=self.read,
            explain=explain,
        )

    def pages(
        self,
        http: HttpClient,
        where: Mapping[str, str],
        since: datetime | None = None,
        *,
        whole: bool = False,
    ) -> Iterator[tuple[R, ...]]:
        """Ordered by ModifiedAt, then key; one page at a time in memory. What cannot be read is left out, or raises
        `Unreadable` where the list has to be `whole`. Raises `Misconfigured` for a field that is no filter here."""
        unknown = where.keys() - self.filters.keys()
        if unknown:
            raise Misconfigured(
                f"{self.name} cannot be filtered by {', '.join(sorted(unknown))}",
                code=SetupCode.NO_SUCH_FILTER,
            )
        # An empty value matches nothing: the ERP could take it for no filter at all
        if not all(where.values()):
            return
        filters = {self.filters[name]: value for name, value in where.items()}
        if since is not None:
            filters["modifiedSince"] = instant(since)
        yield from pages(http, self.name, self.reading(http, self._decoded, whole=whole), filters)

    def reading(self, http: HttpClient, decode: Callable[[Any], T], *, whole: bool = False) -> Read[T]:
        """The items of a page of this collection, each by `decode`; `whole`: all of them."""
        read = http.records.all if whole else http.records.readable
        return lambda items: read(self.entity, items, decode, self.wire.key_of)

    def matching(self, http: HttpClient, **where: str) -> tuple[R, ...]:
        """All records that match. Raises `Transient` or `Unreadable` rather than answer a part."""
        return tuple(record for page in self.pages(http, where, whole=True) for record in page)

    def read(self, answer: Answer) -> R:
        """The record of an answer; its tag is the version where records of this kind can be changed."""
        record = self._decoded(answer.body)
        if "version" not in self.model.model_fields:
            return record
        return record.model_copy(update={"version": answer.headers.get("etag", "")})

    def _decoded(self, item: Any) -> R:
        return self.model.model_validate(self.wire.model_validate(item), from_attributes=True)


CUSTOMERS = Resource(
    "customers",
    "customers",
    CustomerWire,
    Customer,
    {
        "email": "email",
        "name": "name",
        "tax_id": "taxId",
        "reference": "externalReference",
        "status": "status",
    },
)
CONTACTS = Resource(
    "contacts",
    "contacts",
    CustomerContactWire,
    CustomerContact,
    {"customer_id": "customerId", "email": "email"},
)
SALES_ORDERS = Resource(
    "sales_orders",
    "salesorders",
    OrderWire,
    SalesOrder,
    {"customer_id": "customerId", "reference": "externalReference", "status": "status"},
)
INVOICES = Resource(
    "invoices",
    "invoices",
    InvoiceWire,
    Invoice,
    {"order_id": "orderId", "customer_id": "customerId", "status": "status"},
)
CREDIT_NOTES = Resource(
    "credit_notes",
    "creditnotes",
    CreditNoteWire,
    CreditNote,
    {"invoice_id": "invoiceId", "customer_id": "customerId"},
)
PAYMENTS = Resource(
    "payments", "payments", PaymentWire, Payment, {"invoice_id": "invoiceId", "customer_id": "customerId"}
)
PRODUCTS = Resource("products", "products", ProductWire, Product, {"description": "name", "status": "status"})
INVENTORY_ITEMS = Resource(
    "inventory_items", "inventoryitems", InventoryItemWire, InventoryItem, {"product_id": "productId"}
)
VENDORS = Resource("vendors", "vendors", VendorWire, Vendor, {"name": "name"})
EMPLOYEES = Resource("employees", "employees", EmployeeWire, Employee, {"email": "email"})
GL_ACCOUNTS = Resource("gl_accounts", "glaccounts", GLAccountWire, GLAccount)
EXCHANGE_RATES = Resource(
    "exchange_rates",
    "exchangerates",
    ExchangeRateWire,
    ExchangeRate,
    {"base": "base", "quote": "quote", "day": "date"},
)

RESOURCES: dict[Entity, Resource[Any]] = {
    resource.entity: resource
    for resource in (
        CUSTOMERS,
        CONTACTS,
        SALES_ORDERS,
        PRODUCTS,
        INVENTORY_ITEMS,
        INVOICES,
        CREDIT_NOTES,
        PAYMENTS,
        VENDORS,
        EMPLOYEES,
        GL_ACCOUNTS,
        EXCHANGE_RATES,
    )
}
