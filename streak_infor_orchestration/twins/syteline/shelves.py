"""Where each collection of the control surface stands in SyteLine's tables, and how one of its records is found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.syteline import books
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.table import Record as Row
from streak_infor_orchestration.twins.syteline.totals import ZERO


@dataclass(frozen=True)
class Shelf:
    """``key`` turns a record's key into the row's; ``holds`` says whether a row of the table is of the collection."""

    table: str
    shown: Callable[[Company, Row], Record]
    key: Callable[[Company, str], tuple[Any, ...]]
    holds: Callable[[Row], bool] = lambda row: True


def _padded(name: str, *more: Any) -> Callable[[Company, str], tuple[Any, ...]]:
    return lambda company, key: (company.keys[name].padded(key), *more)


def _parts(company: Company, key: str) -> tuple[Any, ...]:
    return tuple(key.split(":"))


def _rate_key(company: Company, key: str) -> tuple[Any, ...]:
    base, quote, day = key.split(":")
    return base, quote, datetime.fromisoformat(day)


SHELVES: dict[str, Shelf] = {
    "customers": Shelf("customer", books.customer, _padded("CustNum", ZERO), lambda row: not row["CustSeq"]),
    "salesorders": Shelf("co", books.order, _padded("CoNum"), lambda row: row["Type"] != "E"),
    "invoices": Shelf("inv_hdr", books.invoice, _padded("InvNum", ZERO)),
    "products": Shelf("item", books.product, lambda company, key: (key,)),
    "inventoryitems": Shelf("itemwhse", books.stock, _parts),
    "vendors": Shelf("vendor", books.vendor, _padded("VendNum")),
    "employees": Shelf("employee", books.employee, _padded("EmpNum")),
    "glaccounts": Shelf("chart", books.account, lambda company, key: (key,)),
    "exchangerates": Shelf("currate", books.rate, _rate_key),
}
SETTLEMENTS = {"payments": ("P", "PaymentID"), "creditnotes": ("C", "CreditNoteID")}
"""Collections that share a table: the type of their rows, and what their key is called."""


def find(company: Company, collection: str, key: str) -> Row | None:
    """None where there is no such record, or no such collection."""
    if collection in SETTLEMENTS:
        kind, name = SETTLEMENTS[collection]
        rows = (row for row in company.tables["artran"].all() if row["Type"] == kind)
        return next((row for row in rows if books.settlement(company, row)[name] == key), None)
    shelf = SHELVES.get(collection)
    try:
        return None if shelf is None else company.tables[shelf.table].get(*shelf.key(company, key))
    except ValueError:  # a key in another form than the collection's
        return None


def shown(company: Company, collection: str, row: Row) -> Record:
    if collection in SETTLEMENTS:
        return books.settlement(company, row)
    return SHELVES[collection].shown(company, row)


def everything(company: Company) -> dict[str, list[Record]]:
    """All books, each collection in the order of its making. SyteLine keeps contacts on the customer."""
    found = {
        name: [shelf.shown(company, row) for row in company.tables[shelf.table].all() if shelf.holds(row)]
        for name, shelf in SHELVES.items()
    }
    artrans = company.tables["artran"].all()
    for name, (kind, _) in SETTLEMENTS.items():
        found[name] = [books.settlement(company, row) for row in artrans if row["Type"] == kind]
    return {**found, "contacts": []}
