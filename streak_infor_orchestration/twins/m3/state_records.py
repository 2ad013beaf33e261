"""Customers and what the company's people maintain, as an auditor of any ERP reads them. Contract, G.1."""

from decimal import Decimal

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.m3.auditing import day, stamps
from streak_infor_orchestration.twins.m3.books import LOCAL_CURRENCY, Books
from streak_infor_orchestration.twins.m3.customers import CLOSED
from streak_infor_orchestration.twins.m3.items import RELEASED
from streak_infor_orchestration.twins.m3.table import Row

ADDRESS = {
    "Line1": "CUA1",
    "Line2": "CUA2",
    "City": "TOWN",
    "Region": "ECAR",
    "PostalCode": "PONO",
    "Country": "CSCD",
}


def customer(books: Books, row: Row) -> Record:
    blocked = row.get("BLCD", "0") != "0"
    active = "Hold" if blocked else "Active"
    shipping = next((other for other in books.addresses.rows() if other["CUNO"] == row["CUNO"]), None)
    return {
        "CustomerID": row["CUNO"],
        "Name": row["CUNM"],
        "ContactName": row.get("YREF"),
        "Email": row.get("MAIL"),
        "Phone": row.get("PHNO"),
        "TaxID": row.get("VRNO"),
        "Currency": row.get("CUCD"),
        "PaymentTerms": row.get("TEPY"),
        "CreditLimit": row.get("CRLM"),
        "CreditHold": blocked,
        "Status": "Closed" if row["STAT"] >= CLOSED else active if row["STAT"] >= "20" else "Prospect",
        "BillingAddress": _address(row),
        "ShippingAddress": _address(shipping) if shipping else None,
        "SalespersonID": row.get("SMCD"),
        "ExternalReference": row.get("YRE2") or row.get("CFC6") or row.get("CFC1"),
        "CustomFields": {
            name: row[name] for name in sorted(row) if name[:3] in ("CFC", "YRE", "ALC") and row[name]
        },
        **stamps(row),
    }


def _address(row: Row) -> Record:
    return {member: row.get(name) for member, name in ADDRESS.items()}


def product(row: Row) -> Record:
    return {
        "ProductID": row["ITNO"],
        "Description": row["ITDS"],
        "UnitPrice": row["SAPR"],
        "Currency": row["CUCS"],
        "UnitOfMeasure": row["UNMS"],
        "Status": "Active" if row["STAT"] == RELEASED else "Obsolete",
        "TaxRate": row["_vat"],
        **stamps(row),
    }


def inventory_item(row: Row) -> Record:
    left = Decimal(row["STQT"]) - Decimal(row["ALQT"])
    amounts = {"OnHand": row["STQT"], "Allocated": row["ALQT"], "Available": f"{left.normalize():f}"}
    return {"ProductID": row["ITNO"], "Warehouse": row["WHLO"], **amounts, **stamps(row)}


def vendor(row: Row) -> Record:
    return {
        "VendorID": row["SUNO"],
        "Name": row["SUNM"],
        "Currency": row["CUCD"],
        "Status": row["_status"],
        **stamps(row),
    }


def employee(row: Row) -> Record:
    return {
        "EmployeeID": row["EMNO"],
        "Name": row["EMNM"],
        "Email": row["_email"] or None,
        "Role": row["_role"] or None,
        "Active": row["ACEM"] == "1",
        **stamps(row),
    }


def account(row: Row) -> Record:
    return {
        "AccountID": row["AITM"],
        "Description": row["TX40"],
        "Type": row["_type"],
        "Blocked": row["LCCD"] == "1",
        **stamps(row),
    }


def exchange_rate(row: Row) -> Record:
    """DMCU 2: one unit of the local currency is ARAT of the foreign one; 1: the other way round."""
    local_first = row["DMCU"] == "2"
    pair = (LOCAL_CURRENCY, row["CUCD"]) if local_first else (row["CUCD"], LOCAL_CURRENCY)
    return {"Base": pair[0], "Quote": pair[1], "Date": day(row["CUTD"]), "Rate": row["ARAT"], **stamps(row)}
