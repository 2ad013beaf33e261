"""What the ERP's own people maintain: products, stock, vendors, employees, accounts, exchange rates."""

from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.members import Field, Fields, list_of, read_members
from streak_infor_orchestration.twins.erp.money import price_text, quantity_text
from streak_infor_orchestration.twins.erp.values import (
    boolean,
    calendar_date,
    choice,
    currency,
    decimal,
    not_negative,
    positive,
)

ORDER_STATUSES = ("Draft", "Open", "Allocated", "Shipped", "Invoiced", "Completed", "Cancelled")
PRODUCT_STATUSES = ("Active", "Obsolete")

_ZERO = Decimal(0)
_KEY = Field(required=True)

MAINTAINED: dict[str, Fields] = {
    "products": {
        "ProductID": _KEY,
        "Description": Field(default=""),
        "UnitPrice": Field(not_negative, default=_ZERO),
        "Currency": Field(currency, default="EUR"),
        "UnitOfMeasure": Field(default="EA"),
        "Status": Field(choice(*PRODUCT_STATUSES), default="Active"),
        "TaxRate": Field(not_negative, default=_ZERO),
    },
    "inventoryitems": {
        "ProductID": _KEY,
        "Warehouse": _KEY,
        "OnHand": Field(decimal, default=_ZERO),
        "Allocated": Field(decimal, default=_ZERO),
    },
    "vendors": {
        "VendorID": _KEY,
        "Name": Field(default=""),
        "Currency": Field(currency, default="EUR"),
        "Status": Field(default="Active"),
    },
    "employees": {
        "EmployeeID": _KEY,
        "Name": Field(default=""),
        "Email": Field(),
        "Role": Field(),
        "Active": Field(boolean, default=True),
    },
    "glaccounts": {
        "AccountID": _KEY,
        "Description": Field(default=""),
        "Type": Field(default="Revenue"),
        "Blocked": Field(boolean, default=False),
    },
    "exchangerates": {
        "Base": Field(currency, required=True),
        "Quote": Field(currency, required=True),
        "Date": Field(calendar_date, required=True),
        "Rate": Field(positive, required=True),
    },
}
CUSTOMER: Fields = {"Name": Field(required=True), "Email": Field()}
"""Of somebody whom accounting enters by hand: the ERP gives the number."""
CORRECTION: Fields = {"Phone": Field(), "Street": Field()}
"""Of a customer whose telephone number or street accounting puts right."""
ORDER: Fields = {
    "CustomerID": Field(required=True),
    "LineItems": Field(
        list_of(
            {
                "Product": Field(required=True),
                "Quantity": Field(positive, required=True),
                "Price": Field(not_negative, required=True),
            }
        ),
        required=True,
    ),
    "Reference": Field(default=""),
}
"""Of an order that somebody enters by hand: number, day and currency are the ERP's."""
KEYS: dict[str, tuple[str, ...]] = {
    "products": ("ProductID",),
    "inventoryitems": ("ProductID", "Warehouse"),
    "vendors": ("VendorID",),
    "employees": ("EmployeeID",),
    "glaccounts": ("AccountID",),
    "exchangerates": ("Base", "Quote", "Date"),
}


def key_sent(collection: str, body: Any) -> str:
    """The key that a body names, its parts joined by colons."""
    sent = body if isinstance(body, dict) else {}
    return ":".join(str(sent.get(name)) for name in KEYS[collection])


def read_maintained(collection: str, current: Record | None, body: Any) -> Record:
    """The record as it should be: a new one, or ``current`` with the members that ``body`` names. Raises a 400."""
    fields = MAINTAINED[collection]
    if current is not None and isinstance(body, dict):
        body = {name: current[name] for name in fields} | body
    return _stored(collection, read_members(fields, body, complete=True))


def _stored(collection: str, members: dict[str, Any]) -> Record:
    """The record's own form: decimals as text, and stock with what is available of it."""
    match collection:
        case "products":
            price = price_text(members["UnitPrice"], members["Currency"])
            return {**members, "UnitPrice": price, "TaxRate": f"{members['TaxRate']:f}"}
        case "inventoryitems":
            on_hand, allocated = members["OnHand"], members["Allocated"]
            amounts = {"OnHand": on_hand, "Allocated": allocated, "Available": on_hand - allocated}
            return {**members, **{name: quantity_text(amount) for name, amount in amounts.items()}}
        case "exchangerates":
            return {**members, "Rate": f"{members['Rate']:f}"}
        case _:
            return members
