"""What happens in the façade's company: the control surface's protocol over its tables."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.automatic import SHIPPED
from streak_infor_orchestration.twins.erp.money import quantity_text
from streak_infor_orchestration.twins.erp.problems import conflict, not_found
from streak_infor_orchestration.twins.infor.catalogue import upsert
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.invoices import (
    complete_if_done,
    create_invoice,
    record_credit_note,
    record_payment,
)
from streak_infor_orchestration.twins.infor.order_lines import ZERO
from streak_infor_orchestration.twins.infor.orders import create_order
from streak_infor_orchestration.twins.infor.parties import change_customer, create_customer
from streak_infor_orchestration.twins.infor.table import Record


def left(line: Record) -> Decimal:
    """What of it was delivered before."""
    return Decimal(line.get("Delivered", "0"))


class FacadeBusiness:
    def __init__(self, company: Company) -> None:
        self._company = company

    def upsert(self, collection: str, body: Any) -> Record:
        return upsert(self._company, collection, body)

    def enter_customer(self, members: Record) -> Record:
        return create_customer(self._company, members)

    def correct_customer(self, customer: str, members: Record) -> Record:
        record = self._found("customers", customer)
        changes = {name: value for name, value in members.items() if name == "Phone"}
        if "Street" in members:
            changes["BillingAddress"] = {**(record["BillingAddress"] or {}), "Line1": members["Street"]}
        return change_customer(self._company, record, changes)

    def enter_order(self, members: Record) -> Record:
        order = {
            "CustomerID": members["CustomerID"],
            "OrderDate": self._company.today(),
            "Currency": "EUR",
            "ExternalReference": members["Reference"] or None,
            "LineItems": [
                {name: str(value) for name, value in line.items()} for line in members["LineItems"]
            ],
        }
        return create_order(self._company, order)

    def ship(self, order: str) -> Record:
        """Shipped, before or after the invoice; Completed once that is paid."""
        company, record = self._company, self._found("salesorders", order)
        if record["OrderStatus"] == "Cancelled":
            raise conflict(f"order {order} is cancelled")
        if order in company.shipped_orders:
            return record
        company.shipped_orders.add(order)
        return complete_if_done(company, company.update("salesorders", record, {"OrderStatus": "Shipped"}))

    def ship_part(self, order: str, quantities: Mapping[str, Decimal], tracking: str) -> Record:
        """``quantities`` by line number leave, in a parcel called ``tracking``; Shipped with the last of them."""
        company, record = self._company, self._found("salesorders", order)
        lines = [
            {**line, "Delivered": quantity_text(left(line) + quantities.get(str(line["LineNumber"]), ZERO))}
            for line in record["LineItems"]
        ]
        known = [*filter(None, [record.get("Tracking")]), *filter(None, [tracking])]
        changed = company.update("salesorders", record, {"LineItems": lines, "Tracking": ", ".join(known)})
        return self.ship(order) if all(left(line) >= Decimal(line["Quantity"]) for line in lines) else changed

    def set_status(self, order: str, status: str) -> Record:
        record = self._found("salesorders", order)
        return self._company.update("salesorders", record, {"OrderStatus": status})

    def invoice(self, order: str) -> Record:
        self._found("salesorders", order)
        return create_invoice(self._company, {"OrderID": order})

    def pay(self, members: Record) -> Record:
        return record_payment(self._company, members)

    def credit(self, members: Record) -> Record:
        return record_credit_note(self._company, members)

    def hold(self, customer: str, *, on: bool) -> Record:
        return self._company.update("customers", self._found("customers", customer), {"CreditHold": on})

    def delete(self, collection: str, key: str) -> bool:
        table = self._company.tables.get(collection)
        return table is not None and table.remove(key)

    def corrupt(self, collection: str, key: str, members: Record) -> Record:
        return self._company.update(collection, self._found(collection, key), members)

    def double(self, collection: str, key: str, members: Record) -> Record:
        record = {**self._found(collection, key), **members}
        self._company.tables[collection].doubles[key] = record
        return record

    def state(self) -> dict[str, list[Record]]:
        return {name: table.all() for name, table in self._company.tables.items()}

    def ripe(self, after: str) -> Iterator[tuple[str, datetime]]:
        """An order of the façade is ready as soon as it stands."""
        invoiced = {invoice["OrderID"] for invoice in self._company.tables["invoices"].all()}
        for order in self._company.tables["salesorders"].all():
            key, shipped = order["OrderID"], order["OrderID"] in self._company.shipped_orders
            if key not in invoiced and order["OrderStatus"] != "Cancelled" and (shipped or after != SHIPPED):
                yield key, datetime.fromisoformat(order["ModifiedAt"])

    def _found(self, collection: str, key: str) -> Record:
        record = self._company.get(collection, key)
        if record is None:
            raise not_found(f"{key} in {collection}")
        return record
