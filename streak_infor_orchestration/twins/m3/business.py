"""What happens in this company, over M3's books: the protocol of all ERP twins' control surface."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.automatic import READY, SHIPPED
from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.erp.maintained import key_sent, read_maintained
from streak_infor_orchestration.twins.erp.problems import conflict, not_found
from streak_infor_orchestration.twins.m3 import customers
from streak_infor_orchestration.twins.m3 import state_invoices as settled
from streak_infor_orchestration.twins.m3 import state_records as records
from streak_infor_orchestration.twins.m3.billing import (
    INVOICE,
    PAYMENT,
    balance,
    bill,
    deliver,
    invoices_of,
    settle,
)
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.confirming import release
from streak_infor_orchestration.twins.m3.heads import new_head
from streak_infor_orchestration.twins.m3.lines import add_line
from streak_infor_orchestration.twins.m3.members import maintained, planted
from streak_infor_orchestration.twins.m3.order import DELETED, HEAD_OK, Order, quantity
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.state import state
from streak_infor_orchestration.twins.m3.state_orders import sales_order
from streak_infor_orchestration.twins.m3.table import Row, Table

TEMPLATE = "TEMPLATE"
"""The customer whom accounting copies a new one from."""
STOPPED = "1"
"""BLCD of a customer who may not buy, OBLC of an order that may not leave."""


class M3Business:
    def __init__(self, books: Books) -> None:
        self._books = books
        self._tables: dict[str, tuple[Table, Callable[[Row], Record]]] = {
            "products": (books.items, records.product),
            "inventoryitems": (books.balances, records.inventory_item),
            "vendors": (books.suppliers, records.vendor),
            "employees": (books.employees, records.employee),
            "glaccounts": (books.accounts, records.account),
            "exchangerates": (books.rates, records.exchange_rate),
            "customers": (books.customers, lambda row: records.customer(books, row)),
            "invoices": (books.invoices, lambda row: settled.invoice(books, row)),
        }

    def upsert(self, collection: str, body: Any) -> Record:
        table, show = self._tables[collection]
        found = self._find(collection, key_sent(collection, body))
        current = show(found) if found else None
        row = maintained(collection, read_maintained(collection, current, body))
        return show(table.put(self._books.stamp({**(found or {}), **row})))

    def enter_customer(self, members: Record) -> Record:
        named = {"CUTM": TEMPLATE, "CUNM": members["Name"], "MAIL": members["Email"] or ""}
        (made,) = customers.add(self._books, Sent(named))
        return records.customer(self._books, customers.customer(self._books, made["CUNO"]))

    def correct_customer(self, customer: str, members: Record) -> Record:
        row = self._found("customers", customer)
        named = {"Phone": "PHNO", "Street": "CUA1"}
        row.update({named[name]: value or "" for name, value in members.items()})
        return records.customer(self._books, self._books.stamp(row))

    def enter_order(self, members: Record) -> Record:
        books = self._books
        head = new_head(books, Sent({"CUNO": members["CustomerID"], "CUOR": members["Reference"]}))
        order = Order({**head, "ORNO": "", "STAT": HEAD_OK, "ORNR": ""})
        for line in members["LineItems"]:
            sent = {"ITNO": line["Product"], "ORQT": str(line["Quantity"]), "SAPR": str(line["Price"])}
            add_line(books, order, Sent(sent))
        return sales_order(books, self._order(release(books, order)))

    def ship(self, order: str) -> Record:
        real = self._order(order)
        deliver(self._books, real)
        return sales_order(self._books, real)

    def ship_part(self, order: str, wanted: dict[str, Decimal]) -> Record:
        """Quantities by line number."""
        real = self._order(order)
        deliver(self._books, real, wanted)
        return sales_order(self._books, real)

    def set_status(self, order: str, status: str) -> Record:
        """By quantities, since M3 has no status but theirs; a Draft is an order without a confirmed line."""
        books, real = self._books, self._order(order)
        real.head.pop("_over", None)
        match status:
            case "Cancelled":
                real.head["_over"] = DELETED
            case "Draft":
                real.head["_over"] = "10"
            case "Open" | "Allocated":
                for line in real.lines:
                    line["ALQT"] = line["ORQT"] if status == "Allocated" else "0"
                    line["DLQT"] = line["_picked"] = "0"
            case _:
                deliver(books, real)
        if status in ("Invoiced", "Completed") and not invoices_of(books, order):
            bill(books, real)
        if status == "Completed":
            for row in invoices_of(books, order):
                settle(books, row, PAYMENT, balance(books, row), books.today(), {})
        books.stamp(real.head)
        return sales_order(books, real)

    def invoice(self, order: str) -> Record:
        """What has not left yet leaves first: M3 invoices nothing else."""
        real = self._order(order)
        if all(quantity(line, "DLQT") == quantity(line, "IVQT") for line in real.lines):
            deliver(self._books, real)
        return settled.invoice(self._books, bill(self._books, real))

    def pay(self, members: Record) -> Record:
        more = {"PYCD": (members["Method"] or "")[:3], "_reference": members["Reference"] or ""}
        return self._settle(PAYMENT, members, "PaymentDate", more)

    def credit(self, members: Record) -> Record:
        return self._settle(INVOICE, members, "CreditDate", {"_reason": members["Reason"] or ""})

    def _settle(self, kind: str, members: Record, dated: str, more: Row) -> Record:
        books, row = self._books, self._invoice(members["InvoiceID"])
        day = (members[dated] or "").replace("-", "") or books.today()
        entry = settle(books, row, kind, members["Amount"], day, more)
        return settled.payment(books, row, entry)

    def hold(self, customer: str, *, on: bool) -> Record:
        row = self._found("customers", customer)
        row["BLCD"] = STOPPED if on else "0"
        return records.customer(self._books, self._books.stamp(row))

    def delete(self, collection: str, key: str) -> bool:
        if collection == "salesorders":
            return self._books.orders.remove(key)
        if collection == "temporaryorders":
            return self._books.temporary.remove(key)
        row = self._find(collection, key)
        return row is not None and self._tables[collection][0].remove(
            *self._tables[collection][0].key_of(row)
        )

    def corrupt(self, collection: str, key: str, members: Record) -> Record:
        books = self._books
        if collection == "salesorders":
            order = self._order(key)
            order.head.update(planted(collection, members))
            books.stamp(order.head)
            return sales_order(books, books.orders.put(order))
        row = self._found(collection, key)
        row.update(planted(collection, members))
        return self._tables[collection][1](books.stamp(row))

    def double(self, collection: str, key: str, members: Record) -> Record:
        if collection == "salesorders":
            order = self._order(key)
            self._books.orders.doubles[key] = planted(collection, members)
            return sales_order(self._books, order) | members
        table, show = self._tables[collection]
        row = self._found(collection, key)
        table.doubles[table.key_of(row)] = {**row, **planted(collection, members)}
        return show(row) | members

    def state(self) -> dict[str, list[Record]]:
        return state(self._books)

    def ripe(self, after: str) -> Iterator[tuple[str, datetime]]:
        """Ready is an order in which the company's field for it stands as the habits say."""
        books = self._books
        for order in books.orders.all():
            if invoices_of(books, order.number) or order.head.get("_over"):
                continue
            field, value = books.habits.ready_field, books.habits.ready_value
            is_ready = order.head.get(field, "") == value if value else bool(order.head.get(field))
            if after == READY and is_ready:
                yield order.number, datetime.fromisoformat(order.head["_changed"])
            elif after == SHIPPED and "_shipped" in order.head:
                yield order.number, datetime.fromisoformat(order.head["_shipped"])

    def _order(self, key: str) -> Order:
        order = self._books.orders.get(key)
        if order is None:
            raise not_found(f"{key} in salesorders")
        return order

    def _invoice(self, key: str) -> Row:
        """By the printed number, or division, year and number."""
        row = self._find("invoices", key)
        if row is None:
            raise conflict(f"there is no invoice {key}")
        return row

    def _found(self, collection: str, key: str) -> Row:
        row = self._find(collection, key)
        if row is None:
            raise not_found(f"{key} in {collection}")
        return row

    def _find(self, collection: str, key: str) -> Row | None:
        """By the façade's key, whose parts are joined by colons."""
        books, parts = self._books, key.split(":")
        match collection:
            case "inventoryitems":
                return books.balances.get(*reversed(parts))
            case "glaccounts":
                return books.accounts.get("1", key)
            case "exchangerates":
                _, _, day = parts
                foreign = maintained(
                    collection, dict(zip(("Base", "Quote", "Date"), parts, strict=True), Rate="1")
                )
                return books.rates.get(foreign["CUCD"], foreign["CRTP"], day.replace("-", ""))
            case "invoices":
                return next(
                    (row for row in books.invoices.rows() if key in (row["_printed"], settled.key_of(row))),
                    None,
                )
            case _ if collection in self._tables:
                return self._tables[collection][0].get(key)
        return None
