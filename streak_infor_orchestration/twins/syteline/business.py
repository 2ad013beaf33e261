"""What happens in the company: the control surface's protocol over SyteLine's tables."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.automatic import SHIPPED
from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.problems import conflict, not_found
from streak_infor_orchestration.twins.syteline import books, maintained, receivables, shelves
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.hand import by_hand
from streak_infor_orchestration.twins.syteline.rules import customers, order_lines, orders
from streak_infor_orchestration.twins.syteline.table import Record as Row

DEPENDENT = {
    "salesorders": ("coitem", "CoNum"),
    "invoices": ("artran", "InvNum"),
    "customers": ("customer", "CustNum"),
}
"""What goes with a record that is deleted: a table, and the column that leads there."""

_ENTERED = {"Quantity": ("QtyOrdered", "QtyOrderedConv"), "Price": ("Price", "PriceConv")}

WORKED_ON = ("Open", "Partially shipped", "Shipped")
"""Statuses of orders that can be invoiced."""


class SytelineBusiness:
    def __init__(self, company: Company) -> None:
        self._company = company

    def upsert(self, collection: str, body: Any) -> Record:
        return maintained.upsert(self._company, collection, body)

    def enter_customer(self, members: Record) -> Record:
        values = {**dict.fromkeys(self._company.idos["SLCustomers"].properties), "Name": members["Name"]}
        row = customers.insert(self._company, {**values, "BillToEmail": members["Email"]})
        return books.customer(self._company, self._company.insert("customer", **row))

    def correct_customer(self, customer: str, members: Record) -> Record:
        named = {"Phone": "Phone_1", "Street": "Addr_1"}
        changes = {named[name]: value for name, value in members.items()}
        self._company.update("customer", self._found("customers", customer), changes)
        return self._shown("customers", customer)

    def enter_order(self, members: Record) -> Record:
        company, idos = self._company, self._company.idos
        buyer = self._found("customers", members["CustomerID"])
        head = {"CustNum": buyer["CustNum"], "CustPo": members["Reference"] or None}
        row = company.insert("co", **orders.insert(company, dict.fromkeys(idos["SLCos"].properties) | head))
        for line in members["LineItems"]:
            amounts = {pair: line[name] for name, pairs in _ENTERED.items() for pair in pairs}
            values = dict.fromkeys(idos["SLCoitems"].properties) | {
                "CoNum": row["CoNum"],
                "Item": line["Product"],
            }
            company.insert("coitem", **order_lines.insert(company, values | amounts))
        orders.recalculate(company, row)
        return self._shown("salesorders", row["CoNum"].strip())

    def ship(self, order: str, quantities: Mapping[str, Decimal] | None = None) -> Record:
        """Everything, or ``quantities`` by line number."""
        row = self._found("salesorders", order)
        if books.order_status(self._company, row) == "Cancelled":
            raise conflict(f"order {order} is cancelled")
        receivables.ship(self._company, row, quantities)
        return self._shown("salesorders", order)

    def set_status(self, order: str, status: str) -> Record:
        """Allocated touches the lines only: SyteLine has no such status of an order."""
        company, row = self._company, self._found("salesorders", order)
        match status:
            case "Draft" | "Open":
                company.update("co", row, {"Stat": "P" if status == "Draft" else "O"})
            case "Allocated":
                for line in company.lines(row):
                    company.update("coitem", line, {"PromiseDate": line["DueDate"]})
            case "Shipped":
                receivables.ship(company, row)
            case "Invoiced":
                receivables.invoice(company, row)
            case "Completed":
                receivables.ship(company, row)
                receivables.close(company, self._found("salesorders", order))
            case _:
                receivables.close(company, row)
        return self._shown("salesorders", order)

    def invoice(self, order: str) -> Record:
        """As it stands: whether the goods have left does not matter to this company's order type."""
        header = receivables.invoice(self._company, self._found("salesorders", order))
        return books.invoice(self._company, header)

    def pay(self, members: Record) -> Record:
        number = self._found("invoices", members["InvoiceID"])["InvNum"]
        return books.settlement(self._company, receivables.pay(self._company, number, members))

    def credit(self, members: Record) -> Record:
        number = self._found("invoices", members["InvoiceID"])["InvNum"]
        return books.settlement(self._company, receivables.credit(self._company, number, members))

    def hold(self, customer: str, *, on: bool) -> Record:
        row = self._found("customers", customer)
        self._company.update("customer", row, {"CreditHold": "1" if on else "0"})
        return self._shown("customers", customer)

    def delete(self, collection: str, key: str) -> bool:
        row = shelves.find(self._company, collection, key)
        if row is None:
            return False
        tables = self._company.tables
        if collection in DEPENDENT:
            table, column = DEPENDENT[collection]
            for other in tables[table].where(**{column: row[column]}):
                tables[table].delete(other)
        if collection != "customers":  # whose own row is one of those
            tables[self._table(collection)].delete(row)
        return True

    def corrupt(self, collection: str, key: str, members: Record) -> Record:
        """Members of the books where there is a column for them, else properties by their own name."""
        company, row = self._company, self._found(collection, key)
        for table, target, changes in by_hand(company, collection, row, members):
            company.update(table, target, changes)
        return self._shown(collection, key)

    def double(self, collection: str, key: str, members: Record) -> Record:
        company, row = self._company, self._found(collection, key)
        for table, target, changes in by_hand(company, collection, row, members) or [
            (self._table(collection), row, {})
        ]:
            company.tables[table].doubles[target["RowPointer"]] = changes
        return {**shelves.shown(company, collection, row), **members}

    def state(self) -> dict[str, list[Record]]:
        return shelves.everything(self._company)

    def ripe(self, after: str) -> Iterator[tuple[str, datetime]]:
        """Ready is an order that says so in the company's own field."""
        company = self._company
        for row in company.tables["co"].all():
            status = books.order_status(company, row)
            if status not in WORKED_ON or company.tables["inv_hdr"].where(CoNum=row["CoNum"]):
                continue
            if after != SHIPPED and row.get(books.READY) == "1":
                yield row["CoNum"].strip(), company.aware(row["RecordDate"])
            elif after == SHIPPED and status == "Shipped":
                left = max(line["RecordDate"] for line in company.lines(row))
                yield row["CoNum"].strip(), company.aware(left)

    def _found(self, collection: str, key: str) -> Row:
        row = shelves.find(self._company, collection, key)
        if row is None:
            raise not_found(f"{key} in {collection}")
        return row

    def _shown(self, collection: str, key: str) -> Record:
        return shelves.shown(self._company, collection, self._found(collection, key))

    def _table(self, collection: str) -> str:
        return "artran" if collection in shelves.SETTLEMENTS else shelves.SHELVES[collection].table
