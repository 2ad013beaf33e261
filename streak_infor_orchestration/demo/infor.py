"""The Infor twin: what people and events in the ERP do, and what an auditor finds there."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.demo.erps import DEFAULT, DemoErp
from streak_infor_orchestration.demo.http import Json, client


class Infor:
    """The ERP seen from inside: nothing here goes through the API that the integration uses."""

    def __init__(self, url: str, erp: DemoErp = DEFAULT) -> None:
        self._twin = client(f"{url}/__twin__")
        self.erp = erp

    def settles_in(self, gateway_url: str = "", secret: str = "") -> None:
        """It works as this company's does, and tells the gateway what changed where it can."""
        if gateway_url and self.erp.tells:
            lever, what = self.erp.tells
            self.control("POST", lever, json={"url": f"{gateway_url}/webhooks/infor/{secret}", **what})
        for lever, told in self.erp.habits.items():
            self.control("POST", lever, json=told)

    def corrects(self, customer: str, **members: str) -> None:
        """Accounting puts `Phone` or `Street` of a customer right."""
        self.control("POST", f"/customers/{customer}", json=members)

    def types_order(self, customer: str, lines: Sequence[tuple[str, str, str]]) -> str:
        """Somebody enters an order, of products, quantities and prices, for a customer who called; its number."""
        typed = [dict(zip(("Product", "Quantity", "Price"), line, strict=True)) for line in lines]
        return str(
            self.control("POST", "/orders", json={"CustomerID": customer, "LineItems": typed})["OrderID"]
        )

    def credits(self, invoice: str, amount: Decimal) -> None:
        """The customer need not pay that much of it."""
        note = {"InvoiceID": invoice, "Amount": str(amount), "Reason": "goodwill"}
        self.control("POST", "/creditnotes", json=note)

    def ships(self, order: str) -> None:
        self.control("POST", f"/orders/{order}/ship")

    def allocates(self, order: str) -> None:
        """Somebody edits the order: its goods are set aside."""
        self.control("POST", f"/orders/{order}/status", json={"OrderStatus": "Allocated"})

    def receives(self, invoice: str, amount: Decimal) -> None:
        """A payment of the customer's arrives."""
        payment = {
            "InvoiceID": invoice,
            "Amount": str(amount),
            "Method": "Wire",
            "Reference": "bank statement",
        }
        self.control("POST", "/payments", json=payment)

    def takes(self, seconds: float) -> None:
        """What the ERP takes for each call from now on, before it commits."""
        self.control("POST", "/processing", json={"seconds": seconds})

    def found(self, collection: str, **members: str) -> list[Json]:
        """Records of `salesorders`, `customers`, `invoices`, … whose members have these values."""
        records = self.control("GET", "/state")[collection]
        return [record for record in records if all(record[name] == v for name, v in members.items())]

    def control(self, method: str, path: str, **options: Any) -> Any:
        """The twin's own levers, below `/__twin__`."""
        return self._twin.request(method, path, **options).raise_for_status().json()
