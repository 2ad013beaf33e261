"""The contract's table of collections: keys, filters, and where each record's fields are defined."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from streak_infor_orchestration.twins.erp.maintained import ORDER_STATUSES, PRODUCT_STATUSES
from streak_infor_orchestration.twins.erp.values import Parser, any_text, calendar_date, choice

CUSTOMER_STATUSES = ("Prospect", "Active", "Hold", "Closed")
INVOICE_STATUSES = ("Open", "PartiallyPaid", "Paid", "Credited")


@dataclass(frozen=True)
class Filter:
    """A query parameter: the member it compares, how, and which values make sense."""

    member: str
    any_case: bool = False
    parse: Parser = any_text


@dataclass(frozen=True)
class Collection:
    """``methods`` are those of (the list, a record)."""

    key: tuple[str, ...]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    methods: tuple[frozenset[str], frozenset[str]] = (frozenset({"GET"}), frozenset({"GET"}))


_POST = frozenset({"GET", "POST"})
_PUT = frozenset({"GET", "PUT"})
_READ = frozenset({"GET"})

COLLECTIONS: dict[str, Collection] = {
    "customers": Collection(
        ("CustomerID",),
        {
            "email": Filter("Email", any_case=True),
            "name": Filter("Name", any_case=True),
            "taxId": Filter("TaxID", any_case=True),
            "externalReference": Filter("ExternalReference"),
            "status": Filter("Status", parse=choice(*CUSTOMER_STATUSES)),
        },
        (_POST, _PUT),
    ),
    "contacts": Collection(
        ("ContactID",),
        {"customerId": Filter("CustomerID"), "email": Filter("Email", any_case=True)},
        (_POST, _PUT),
    ),
    "salesorders": Collection(
        ("OrderID",),
        {
            "customerId": Filter("CustomerID"),
            "externalReference": Filter("ExternalReference"),
            "status": Filter("OrderStatus", parse=choice(*ORDER_STATUSES)),
        },
        (_POST, _PUT),
    ),
    "invoices": Collection(
        ("InvoiceID",),
        {
            "orderId": Filter("OrderID"),
            "customerId": Filter("CustomerID"),
            "status": Filter("Status", parse=choice(*INVOICE_STATUSES)),
        },
        (_POST, _READ),
    ),
    "creditnotes": Collection(
        ("CreditNoteID",), {"invoiceId": Filter("InvoiceID"), "customerId": Filter("CustomerID")}
    ),
    "payments": Collection(
        ("PaymentID",), {"invoiceId": Filter("InvoiceID"), "customerId": Filter("CustomerID")}
    ),
    "products": Collection(
        ("ProductID",),
        {
            "name": Filter("Description", any_case=True),
            "status": Filter("Status", parse=choice(*PRODUCT_STATUSES)),
        },
    ),
    "inventoryitems": Collection(("ProductID", "Warehouse"), {"productId": Filter("ProductID")}),
    "vendors": Collection(("VendorID",), {"name": Filter("Name", any_case=True)}),
    "employees": Collection(("EmployeeID",), {"email": Filter("Email", any_case=True)}),
    "glaccounts": Collection(("AccountID",)),
    "exchangerates": Collection(
        ("Base", "Quote", "Date"),
        {
            "base": Filter("Base"),
            "quote": Filter("Quote"),
            "date": Filter("Date", parse=calendar_date),
        },
    ),
}
