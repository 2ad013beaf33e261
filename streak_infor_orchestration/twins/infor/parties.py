"""Customers and contacts: contract, Collections."""

from typing import Any

from streak_infor_orchestration.twins.erp.members import (
    ADDRESS,
    READ_ONLY,
    Field,
    Fields,
    nested,
    read_members,
)
from streak_infor_orchestration.twins.erp.money import amount_text
from streak_infor_orchestration.twins.erp.values import (
    boolean,
    choice,
    currency,
    custom_fields,
    decimal,
    merged,
)
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.contract import CUSTOMER_STATUSES
from streak_infor_orchestration.twins.infor.table import Record

_STAMPS: Fields = {"CreatedAt": READ_ONLY, "ModifiedAt": READ_ONLY}
_CUSTOM = Field(custom_fields, default={}, nullable=False)

CUSTOMER: Fields = {
    "CustomerID": READ_ONLY,
    "Name": Field(required=True),
    "ContactName": Field(),
    "Email": Field(),
    "Phone": Field(),
    "TaxID": Field(),
    "Currency": Field(currency),
    "PaymentTerms": Field(),
    "CreditLimit": Field(decimal),
    "CreditHold": Field(boolean, default=False),
    "Status": Field(choice(*CUSTOMER_STATUSES), default="Active"),
    "BillingAddress": Field(nested(ADDRESS)),
    "ShippingAddress": Field(nested(ADDRESS)),
    "SalespersonID": Field(),
    "ExternalReference": Field(),
    "CustomFields": _CUSTOM,
    **_STAMPS,
}

CONTACT: Fields = {
    "ContactID": READ_ONLY,
    "CustomerID": Field(required=True),
    "GivenName": Field(),
    "FamilyName": Field(),
    "Email": Field(),
    "Phone": Field(),
    "Role": Field(),
    "Active": Field(boolean, default=True),
    "ExternalReference": Field(),
    "CustomFields": _CUSTOM,
    **_STAMPS,
}


def create_customer(company: Company, body: Any) -> Record:
    members = _stored_customer(read_members(CUSTOMER, body, complete=True), {})
    return company.insert("customers", {"CustomerID": company.number("C"), **members})


def change_customer(company: Company, customer: Record, body: Any) -> Record:
    members = read_members(CUSTOMER, body, complete=False)
    return company.update("customers", customer, _stored_customer(members, customer))


def create_contact(company: Company, body: Any) -> Record:
    members = read_members(CONTACT, body, complete=True)
    company.customer(members["CustomerID"])
    members["CustomFields"] = merged({}, members["CustomFields"])
    return company.insert("contacts", {"ContactID": company.number("CT"), **members})


def change_contact(company: Company, contact: Record, body: Any) -> Record:
    members = read_members(CONTACT, body, complete=False)
    if "CustomerID" in members:
        company.customer(members["CustomerID"])
    members["CustomFields"] = merged(contact["CustomFields"], members.get("CustomFields", {}))
    return company.update("contacts", contact, members)


def _stored_customer(members: dict[str, Any], current: Record) -> dict[str, Any]:
    if members.get("CreditLimit") is not None:
        in_currency = members.get("Currency", current.get("Currency"))
        members["CreditLimit"] = amount_text(members["CreditLimit"], in_currency)
    members["CustomFields"] = merged(current.get("CustomFields", {}), members.get("CustomFields", {}))
    return members
