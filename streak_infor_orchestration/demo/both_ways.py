"""What people change in either system, and where it is seen: customers' data, an order typed in the ERP, a credit."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.demo.http import until

PATIENCE = 120.0
"""Seconds for one: the ERP's customers are looked at four times a minute, and what is being typed is left alone for
ten seconds."""


@dataclass(frozen=True)
class Crossing:
    """`act` is what somebody does in one system; `seen` is what shows it in the other, "" as long as nothing does."""

    title: str
    act: Callable[[], None]
    seen: Callable[[], str]


class BothWays:
    """With the first of Acme's workshops, which has bought by then; `won` is a deal of any with an unpaid invoice."""

    def __init__(self, acme: Acme, won: str) -> None:
        self._acme = acme
        self._won = won
        self.workshop = acme.workshops[0]
        (self._customer,) = acme.infor.found("customers", Name=self.workshop.name)
        self._typed = ""

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        return (
            Crossing(
                "the ERP corrects a street",
                self._corrects(Street="Werkstr. 7"),
                self._streak_shows("Werkstr. 7"),
            ),
            Crossing("Streak has a new phone", self._calls("+49305550777"), self._erp_shows("+49305550777")),
            Crossing("both change the phone", self._both_change, self._both_agree),
            Crossing("an order is typed in the ERP", self._types, self._has_a_box),
            Crossing("an invoice is credited", self._credits, self._shows_credit),
        )

    def play(self, crossing: Crossing) -> tuple[float, str]:
        """Seconds until it was seen, and what was. Raises TooLate."""
        started = time.monotonic()
        crossing.act()
        seen = until(
            lambda: crossing.seen() or None, PATIENCE, lambda: f"{crossing.title}, and nothing shows it"
        )
        return time.monotonic() - started, seen

    # --- what people do ---

    def _corrects(self, **members: str) -> Callable[[], None]:
        return lambda: self._acme.infor.corrects(self._customer["CustomerID"], **members)

    def _calls(self, phone: str) -> Callable[[], None]:
        return lambda: self._acme.streak.correct("contacts", self.workshop.contact, phoneNumbers=[phone])

    def _both_change(self) -> None:
        self._calls("+49305550888")()
        self._corrects(Phone="+49305550999")()

    def _types(self) -> None:
        lines = [("BRK-1001", "1", "175.00"), ("FLD-5001", "6", "7.95")]
        self._typed = self._acme.infor.types_order(self._customer["CustomerID"], lines)

    def _credits(self) -> None:
        (invoice,) = self._acme.infor.found("invoices", InvoiceID=self._fields()["ERP invoice"])
        self._acme.infor.credits(invoice["InvoiceID"], Decimal(invoice["Balance"]))

    # --- what the other side shows ---

    def _streak_shows(self, street: str) -> Callable[[], str]:
        return lambda: f"the organization's address: {street}" if self._street() == street else ""

    def _erp_shows(self, phone: str) -> Callable[[], str]:
        return lambda: f"the customer's phone: {phone}" if self._erp_phone() == phone else ""

    def _both_agree(self) -> str:
        """On Streak's, as the file has it where both changed."""
        there, here = self._erp_phone(), self._streak_phone()
        return f"both sides say {here}" if here == there and here.endswith("888") else ""

    def _has_a_box(self) -> str:
        boxes = [
            box["name"]
            for box in self._acme.streak.state()["boxes"]
            if box["fieldsByName"].get("ERP order") == self._typed
        ]
        return f"the box “{boxes[0]}” of {self._typed}" if len(boxes) == 1 else ""

    def _shows_credit(self) -> str:
        standing = self._fields().get("Payment status")
        return f"Payment status: {standing}" if standing == "Credited" else ""

    def _fields(self) -> dict[str, str]:
        return self._acme.streak.look(self._won)[0]

    def _street(self) -> str:
        (company,) = self._of("organizations", self.workshop.organization)
        return str((company.get("addresses") or [""])[0])

    def _streak_phone(self) -> str:
        (contact,) = self._of("contacts", self.workshop.contact)
        return str((contact.get("phoneNumbers") or [""])[0])

    def _of(self, kind: str, key: str) -> list[dict[str, list[str]]]:
        return [record for record in self._acme.streak.state()[kind] if record["key"] == key]

    def _erp_phone(self) -> str:
        (customer,) = self._acme.infor.found("customers", CustomerID=self._customer["CustomerID"])
        return str(customer["Phone"])
