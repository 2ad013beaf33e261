"""What we send to the façade: only fields of the contract, amounts as strings (contract, Transport, Collections)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.order import Line, OrderChanges, OrderDraft, SalesOrder, order_total
from streak_infor_orchestration.domain.party import (
    Address,
    ContactChanges,
    ContactDraft,
    CustomerChanges,
    CustomerDraft,
)
from streak_infor_orchestration.domain.problems.values import ValueCode

_CUSTOMER = {
    "name": "Name",
    "contact_name": "ContactName",
    "email": "Email",
    "phone": "Phone",
    "tax_id": "TaxID",
    "currency": "Currency",
    "payment_terms": "PaymentTerms",
    "billing_address": "BillingAddress",
    "shipping_address": "ShippingAddress",
    "salesperson": "SalespersonID",
    "reference": "ExternalReference",
    "custom": "CustomFields",
}
_CONTACT = {
    "customer_id": "CustomerID",
    "given_name": "GivenName",
    "family_name": "FamilyName",
    "email": "Email",
    "phone": "Phone",
    "role": "Role",
    "active": "Active",
    "reference": "ExternalReference",
    "custom": "CustomFields",
}
_ORDER = {  # the façade's orders have no warehouse
    "customer_id": "CustomerID",
    "order_date": "OrderDate",
    "requested_date": "RequestedDate",
    "description": "OrderDescription",
    "currency": "Currency",
    "lines": "LineItems",
    "freight": "Freight",
    "shipping_method": "ShippingMethod",
    "salesperson": "SalespersonID",
    "reference": "ExternalReference",
    "custom": "CustomFields",
}
_LINE = {
    "sku": "Product",
    "description": "Description",
    "quantity": "Quantity",
    "price": "Price",
    "discount": "Discount",
    "tax": "Tax",
    "gl_account": "GLAccount",
}
_ADDRESS = {
    "line1": "Line1",
    "line2": "Line2",
    "city": "City",
    "region": "Region",
    "postal_code": "PostalCode",
    "country": "Country",
}


def customer_body(draft: CustomerDraft) -> dict[str, Any]:
    return _set(draft, _CUSTOMER)


def customer_changes(changes: CustomerChanges) -> dict[str, Any]:
    return _given(changes, _CUSTOMER)


def contact_body(draft: ContactDraft) -> dict[str, Any]:
    return _set(draft, _CONTACT)


def contact_changes(changes: ContactChanges) -> dict[str, Any]:
    return _given(changes, _CONTACT)


def order_body(draft: OrderDraft) -> dict[str, Any]:
    """With `TotalAmount`, so that the ERP refuses the order if it comes to another total than we do."""
    return {**_set(draft, _ORDER), "TotalAmount": plain(draft.total)}


def order_changes(order: SalesOrder, changes: OrderChanges) -> dict[str, Any]:
    """With `TotalAmount` where amounts change."""
    body = _given(changes, _ORDER)
    given = changes.model_fields_set
    if given & {"lines", "freight"}:
        lines = changes.lines if "lines" in given else order.lines
        freight = changes.freight if "freight" in given else order.freight
        body["TotalAmount"] = plain(order_total(lines, freight, order.currency))
    return body


def _set(model: Model, members: Mapping[str, str]) -> dict[str, Any]:
    """Only what is set: an empty member could be refused. Zero is what an amount is anyway."""
    values = ((member, getattr(model, name, None)) for name, member in members.items())
    return {member: sent for member, value in values if value and (sent := _sent(value))}


def _given(changes: Model, members: Mapping[str, str]) -> dict[str, Any]:
    """What the changes name; null for what they clear."""
    values = {members[name]: getattr(changes, name) for name in changes.model_fields_set}
    return {member: None if value == "" else _sent(value) for member, value in values.items()}


def _sent(value: Any) -> Any:
    match value:
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case Address():
            return _set(value, _ADDRESS)
        case dict():
            return _custom(value)
        case tuple():
            return [_line(number, line) for number, line in enumerate(value, 1)]
        case _:
            return value


def _custom(fields: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Raises `Rejected` for a name or value that is too long for the façade, before anything is sent."""
    for name, value in fields.items():
        for what, text, longest in (("name", name, 60), ("value", value or "", 400)):
            if len(text) > longest:
                raise Rejected(
                    f"the ERP holds at most {longest} characters as the {what} of a custom field, "
                    f'and "{name[:60]}" has {len(text)}.',
                    code=ValueCode.TOO_LONG,
                    system="infor",
                    field=name[:60],
                )
    return fields


def _line(number: int, line: Line) -> dict[str, Any]:
    amounts = {"Quantity": plain(line.quantity), "Price": plain(line.price)}  # mandatory, also where zero
    return {"LineNumber": number, **_set(line, _LINE), **amounts}
