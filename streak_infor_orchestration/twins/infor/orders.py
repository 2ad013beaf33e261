"""Sales orders: what may be created, what may change and until when. Contract, Collections."""

from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.members import IGNORED, READ_ONLY, Field, Fields, read_members
from streak_infor_orchestration.twins.erp.money import amount_text
from streak_infor_orchestration.twins.erp.problems import FieldError, Problem, conflict, invalid
from streak_infor_orchestration.twins.erp.values import (
    calendar_date,
    choice,
    currency,
    custom_fields,
    decimal,
    merged,
    not_negative,
    text,
)
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.order_lines import (
    ZERO,
    Priced,
    parse_lines,
    price,
    refuse_unsellable,
)
from streak_infor_orchestration.twins.infor.table import Record

FROZEN = frozenset({"Shipped", "Invoiced", "Completed", "Cancelled"})

_ORDER: Fields = {
    "OrderID": READ_ONLY,
    "CustomerID": Field(required=True),
    "OrderDate": Field(calendar_date, required=True),
    "RequestedDate": Field(calendar_date),
    "OrderDescription": Field(),
    "Currency": Field(currency, required=True),
    "LineItems": Field(parse_lines, required=True),
    "Freight": Field(not_negative, default=ZERO),
    "TotalAmount": Field(decimal),
    "OrderStatus": Field(choice("Draft", "Open"), default="Open"),
    "ShippingMethod": Field(),
    "PaymentStatus": IGNORED,
    "SalespersonID": Field(),
    "ExternalReference": Field(text(40)),
    "CustomFields": Field(custom_fields, default={}, nullable=False),
    "CreatedAt": READ_ONLY,
    "ModifiedAt": READ_ONLY,
}
_CHANGED_ORDER: Fields = {**_ORDER, "OrderStatus": Field(choice("Open", "Cancelled"), nullable=False)}


def create_order(company: Company, body: Any) -> Record:
    members = read_members(_ORDER, body, complete=True)
    priced = price(company, members["LineItems"], members["Freight"], members["Currency"])
    _check_total(members["TotalAmount"], priced, members["Currency"])
    if company.customer(members["CustomerID"])["CreditHold"]:
        raise Problem(422, "credit_hold", f"customer {members['CustomerID']} is on credit hold")
    refuse_unsellable(company, priced.lines)
    return company.insert(
        "salesorders",
        {
            "OrderID": company.number("SO"),
            **members,
            **_commercial(priced, members["Currency"]),
            "PaymentStatus": "Unpaid",
            "CustomFields": merged({}, members["CustomFields"]),
        },
    )


def change_order(company: Company, order: Record, body: Any) -> Record:
    """Raises 409 ``conflict`` for a cancel that comes too late, or a commercial change to a frozen order."""
    changes = read_members(_CHANGED_ORDER, body, complete=False)
    if "OrderStatus" in changes:
        _check_status(order, changes["OrderStatus"])
    if "CustomFields" in changes:
        changes["CustomFields"] = merged(order["CustomFields"], changes["CustomFields"])
    if changes.keys() & {"LineItems", "Freight", "Currency", "CustomerID", "TotalAmount"}:
        changes = {**changes, **_repriced(company, order, changes)}
    return company.update("salesorders", order, changes)


def _repriced(company: Company, order: Record, changes: dict[str, Any]) -> dict[str, Any]:
    wanted = {
        **order,
        "LineItems": parse_lines(order["LineItems"]),
        "Freight": Decimal(order["Freight"]),
        "TotalAmount": None,
        **changes,
    }
    in_currency, customer = wanted["Currency"], wanted["CustomerID"]
    priced = price(company, wanted["LineItems"], wanted["Freight"], in_currency)
    _check_total(wanted["TotalAmount"], priced, in_currency)
    after = {**_commercial(priced, in_currency), "Currency": in_currency, "CustomerID": customer}
    if all(order[name] == value for name, value in after.items()):
        return after
    if order["OrderStatus"] in FROZEN:
        raise conflict(
            f"order {order['OrderID']} is {order['OrderStatus']}; its amounts can no longer change"
        )
    company.customer(customer)
    if after["LineItems"] != order["LineItems"]:
        refuse_unsellable(company, priced.lines)
    return after


def _commercial(priced: Priced, in_currency: str) -> dict[str, Any]:
    return {
        "LineItems": priced.lines,
        "Freight": priced.freight,
        "TotalAmount": amount_text(priced.total, in_currency),
    }


def _check_total(sent: Decimal | None, priced: Priced, in_currency: str) -> None:
    if sent is not None and sent != priced.total:
        computed = amount_text(priced.total, in_currency)
        raise invalid(FieldError("TotalAmount", "total_differs", f"is {sent}, computed {computed}"))


def _check_status(order: Record, wanted: str) -> None:
    if order["OrderStatus"] in FROZEN and order["OrderStatus"] != wanted:
        raise conflict(f"order {order['OrderID']} is {order['OrderStatus']}; it cannot become {wanted}")
