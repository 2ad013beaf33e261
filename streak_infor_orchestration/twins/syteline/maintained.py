"""Rows for what the company's people maintain, from the members by which the control surface names them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.maintained import key_sent, read_maintained
from streak_infor_orchestration.twins.syteline.books import (
    ACCOUNT_TYPES,
    BLOCKED,
    MAIL,
    PRODUCT_STATUSES,
    ROLE,
)
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.shelves import SHELVES, find

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the server's clock has no zone


def upsert(company: Company, collection: str, body: Any) -> Record:
    """The record is made, or the members named are changed. Raises the control surface's 400."""
    row = find(company, collection, key_sent(collection, body))
    shown = None if row is None else SHELVES[collection].shown(company, row)
    members = read_maintained(collection, shown, body)
    values = _VALUES[collection](company, members)
    table = SHELVES[collection].table
    if row is None:
        ido = next(ido for ido in company.idos.values() if ido.table == table)
        row = company.insert(table, **dict.fromkeys(ido.properties) | values)
    else:
        row = company.update(table, row, values)
    if collection == "products":
        _price(company, members)
    return SHELVES[collection].shown(company, row)


def _product(company: Company, members: Record) -> Record:
    rate = Decimal(members["TaxRate"])
    code = f"T{(rate * 100).normalize():f}"[:6]
    company.tax_rates[code] = rate
    domestic = members["Currency"] == company.currency
    return {
        "Item": members["ProductID"],
        "Description": members["Description"][:40],
        "UM": members["UnitOfMeasure"],
        "Stat": next(stat for stat, status in PRODUCT_STATUSES.items() if status == members["Status"]),
        "UnitPrice": Decimal(members["UnitPrice"]) if domestic else None,
        "TaxCode1": code,
    }


def _price(company: Company, members: Record) -> None:
    table = company.tables["itemprice"]
    for other in table.where(Item=members["ProductID"]):
        if other["CurrCode"] != members["Currency"]:
            table.delete(other)
    row = table.get(members["ProductID"], members["Currency"], EPOCH)
    price = {"UnitPrice1": Decimal(members["UnitPrice"])}
    if row is not None:
        company.update("itemprice", row, price)
        return
    key = {"Item": members["ProductID"], "CurrCode": members["Currency"], "EffectDate": EPOCH}
    others = {f"UnitPrice{n}": None for n in range(2, 7)}
    company.insert("itemprice", **key | price | others)


def _stock(company: Company, members: Record) -> Record:
    key = {"Item": members["ProductID"], "Whse": members["Warehouse"]}
    return {**key, "QtyOnHand": Decimal(members["OnHand"]), "QtyAllocCo": Decimal(members["Allocated"])}


def _vendor(company: Company, members: Record) -> Record:
    number = company.keys["VendNum"].padded(members["VendorID"])
    status = "A" if members["Status"] == "Active" else "I"
    return {"VendNum": number, "Name": members["Name"], "CurrCode": members["Currency"], "Stat": status}


def _employee(company: Company, members: Record) -> Record:
    return {
        "EmpNum": company.keys["EmpNum"].padded(members["EmployeeID"]),
        "Name": members["Name"],
        "Lname": members["Name"].rpartition(" ")[2],
        "TermDate": None if members["Active"] else company.today(),
        MAIL: members["Email"],
        ROLE: members["Role"],
    }


def _account(company: Company, members: Record) -> Record:
    letter = next((letter for letter, name in ACCOUNT_TYPES.items() if name == members["Type"]), "R")
    key = {"Acct": members["AccountID"], "Description": members["Description"], "Type": letter}
    return {**key, BLOCKED: "1" if members["Blocked"] else "0"}


def _rate(company: Company, members: Record) -> Record:
    key = {"FromCurrCode": members["Base"], "ToCurrCode": members["Quote"]}
    rate = Decimal(members["Rate"])
    return {**key, "EffDate": datetime.fromisoformat(members["Date"]), "BuyRate": rate, "SellRate": rate}


_VALUES = {
    "products": _product,
    "inventoryitems": _stock,
    "vendors": _vendor,
    "employees": _employee,
    "glaccounts": _account,
    "exchangerates": _rate,
}
