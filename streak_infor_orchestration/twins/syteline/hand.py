"""What a hand in the database changes: the books' members, or properties by their own names, past every rule."""

from typing import Any

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.refusals import Refusal
from streak_infor_orchestration.twins.syteline.shelves import SETTLEMENTS, SHELVES
from streak_infor_orchestration.twins.syteline.table import Record as Row

COLUMNS: dict[str, dict[str, str]] = {
    "customers": {
        "Email": "BillToEmail",
        "Phone": "Phone_1",
        "Currency": "CurrCode",
        "PaymentTerms": "TermsCode",
        "ExternalReference": "CrmGuid",
    },
    "salesorders": {
        "Currency": "CurrCode",
        "ExternalReference": "CustPo",
        "SecondReference": "ExternalConfirmationRef",
        "ShippingMethod": "ShipCode",
        "OrderDescription": "Uf_Description",
    },
    "invoices": {"InvoiceDate": "InvDate"},
    "products": {"UnitOfMeasure": "UM", "ProductID": "Item"},
    "inventoryitems": {"OnHand": "QtyOnHand", "Allocated": "QtyAllocCo"},
    "vendors": {"Currency": "CurrCode"},
    "employees": {"Email": "Uf_Email", "Role": "Uf_Role"},
}


def by_hand(company: Company, collection: str, row: Row, members: Record) -> list[tuple[str, Row, Row]]:
    """(table, row, changes) for each row that is touched. An invoice's total is its open item's amount."""
    if collection == "invoices" and "TotalAmount" in members:
        rest = {name: value for name, value in members.items() if name != "TotalAmount"}
        items = company.tables["artran"].where(ApplyToInvNum=row["InvNum"])
        item = next(each for each in items if each["Type"] == "I")
        amount = {"Amount": members["TotalAmount"]}
        return [
            *_changed(company, "artran", item, amount),
            *(by_hand(company, collection, row, rest) if rest else []),
        ]
    columns = COLUMNS.get(collection, {})
    table = "artran" if collection in SETTLEMENTS else SHELVES[collection].table
    return _changed(company, table, row, {columns.get(name, name): value for name, value in members.items()})


def _changed(company: Company, table: str, row: Row, values: Record) -> list[tuple[str, Row, Row]]:
    ido = next(ido for ido in company.idos.values() if ido.table == table and ido.extended)
    return [(table, row, {name: _read(ido.kind(name), name, value) for name, value in values.items()})]


def _read(kind: Any, name: str, value: Any) -> Any:
    """As the column's kind reads it; what it cannot read stands there raw."""
    if value is None:
        return None
    try:
        return kind.read(name, str(value))
    except Refusal:
        return value
