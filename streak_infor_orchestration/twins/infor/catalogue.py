"""What the ERP's own people maintain: products, stock, vendors, employees, accounts, exchange rates."""

from typing import Any

from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.contract import COLLECTIONS, PRODUCT_STATUSES
from streak_infor_orchestration.twins.infor.members import Field, Fields, read_members
from streak_infor_orchestration.twins.infor.money import price_text, quantity_text
from streak_infor_orchestration.twins.infor.order_lines import ZERO
from streak_infor_orchestration.twins.infor.table import Record
from streak_infor_orchestration.twins.infor.values import (
    boolean,
    calendar_date,
    choice,
    currency,
    decimal,
    not_negative,
    positive,
)

_KEY = Field(required=True)

MAINTAINED: dict[str, Fields] = {
    "products": {
        "ProductID": _KEY,
        "Description": Field(default=""),
        "UnitPrice": Field(not_negative, default=ZERO),
        "Currency": Field(currency, default="EUR"),
        "UnitOfMeasure": Field(default="EA"),
        "Status": Field(choice(*PRODUCT_STATUSES), default="Active"),
        "TaxRate": Field(not_negative, default=ZERO),
    },
    "inventoryitems": {
        "ProductID": _KEY,
        "Warehouse": _KEY,
        "OnHand": Field(decimal, default=ZERO),
        "Allocated": Field(decimal, default=ZERO),
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


def upsert(company: Company, collection: str, body: Any) -> Record:
    """Creates the record or changes the members named. Raises the API's 400 for what is not a record."""
    fields = MAINTAINED[collection]
    sent = body if isinstance(body, dict) else {}
    current = company.get(collection, ":".join(str(sent.get(name)) for name in COLLECTIONS[collection].key))
    if current is None:
        return company.insert(collection, _stored(collection, read_members(fields, body, complete=True)))
    complete = {name: current[name] for name in fields} | sent
    return company.update(
        collection, current, _stored(collection, read_members(fields, complete, complete=True))
    )


def _stored(collection: str, members: dict[str, Any]) -> dict[str, Any]:
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
