"""CRS620MI suppliers, CRS530MI employees, CRS630MI accounts. Contract, B.8 and G.1."""

from collections.abc import Iterator

from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.nok import missing
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row, Table

LAST = "\uffff"


def _found(table: Table, field: str, what: str, *key: str) -> list[Row]:
    row = table.get(*key)
    if row is None:
        raise missing(field, what, key[-1])
    return [row]


def get_supplier(books: Books, sent: Sent) -> list[Row]:
    return _found(books.suppliers, "SUNO", "Supplier", sent["SUNO"])


def list_suppliers(books: Books, sent: Sent) -> Iterator[Row]:
    """From FRSU to TOSU; with LMTS what has changed since."""
    for row in books.suppliers.listed():
        if sent["FRSU"] <= row["SUNO"] <= (sent["TOSU"] or LAST) and sent.since(row):
            yield row


def list_suppliers_by_name(books: Books, sent: Sent) -> list[Row]:
    found = (row for row in books.suppliers.listed() if row["SUNM"] >= sent["SUNM"])
    return sorted(found, key=lambda row: row["SUNM"])


def search_suppliers(books: Books, sent: Sent) -> Iterator[Row]:
    return search(books, books.suppliers.listed(), sent["SQRY"])


def get_employee(books: Books, sent: Sent) -> list[Row]:
    return _found(books.employees, "EMNO", "Employee", sent["EMNO"])


def list_employees(books: Books, sent: Sent) -> Iterator[Row]:
    """From company to company, division to division, employee to employee."""
    for row in books.employees.listed():
        companies = int(sent["FCOM"]) <= int(row["CONO"]) <= int(sent["TCOM"])
        divisions = sent["FDIV"] <= row["DIVI"] <= (sent["TDIV"] or LAST)
        if companies and divisions and sent["FEMN"] <= row["EMNO"] <= (sent["TEMN"] or LAST):
            yield row


def get_account(books: Books, sent: Sent) -> list[Row]:
    return _found(books.accounts, "AITM", "Accounting identity", sent["AITP"], sent["AITM"])


def list_accounts(books: Books, sent: Sent) -> Iterator[Row]:
    """Of a dimension, from AITM on. Dimension 1 is the account."""
    return (
        row for row in books.accounts.listed() if row["AITP"] == sent["AITP"] and row["AITM"] >= sent["AITM"]
    )


CRS620MI = {
    "GetBasicData": get_supplier,
    "LstByName": list_suppliers_by_name,
    "LstSuppliers": list_suppliers,
    "SearchSupplier": search_suppliers,
}
CRS530MI = {"GetEmployee": get_employee, "LstEmployee": list_employees}
CRS630MI = {"GetAccountID": get_account, "LstAccountID": list_accounts}
