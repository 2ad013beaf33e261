"""The company at work: plays the lives of its deals over HTTP, many at a time, in an order drawn by seed."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from streak_infor_orchestration.demo.company import BASKETS, Acme
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.streak import Sale
from streak_infor_orchestration.proof.lives import Deed, Life

AT_HAND = 16
"""Deals that people work on at the same time."""

UNKNOWN_PRODUCT = ("BRK-9999", "3", "12.00")

Line = tuple[str, str, str]


class Business:
    """`asked` counts the deals that want an order by now, `steps` what was done. `parties`: organization and contact of
    each buyer by name; `customers`: those that the ERP knows by now, and their numbers."""

    def __init__(self, acme: Acme, lives: Sequence[Life], dice: Random) -> None:
        self._acme = acme
        self._dice = dice
        self._waiting = list(lives)
        self._left = {life.name: list(life.of.steps) for life in lives}
        self._buyers: dict[int, str] = {}
        self._lines: dict[str, list[Line]] = {}
        self._orders: dict[str, str] = {}
        self._cancelled: set[str] = set()
        self._invoices: dict[str, Json] = {}
        self.boxes: dict[str, str] = {}
        self.parties: dict[str, tuple[str, str]] = {}
        self.customers: dict[str, str] = {}
        self.asked: set[str] = set()
        self.steps = 0
        self.total = sum(len(life.of.steps) for life in lives)

    @property
    def is_done(self) -> bool:
        return not self._waiting

    @property
    def blocked(self) -> list[str]:
        """What is left to do, and waits for the ERP."""
        return [
            f"{name}: {steps[0].does} after {steps[0].after}" for name, steps in self._left.items() if steps
        ]

    def look(self, books: Json) -> None:
        """Learn from the ERP's books which orders and invoices people can work with by now: not with a draft, which may
        lack lines."""
        self._orders = {
            order["OrderDescription"]: order["OrderID"]
            for order in books["salesorders"]
            if order["OrderStatus"] != "Draft"
        }
        self._cancelled = {
            order["OrderDescription"] for order in books["salesorders"] if order["OrderStatus"] == "Cancelled"
        }
        self._invoices = {invoice["OrderID"]: invoice for invoice in books["invoices"]}
        self.customers = {customer["Name"]: customer["CustomerID"] for customer in books["customers"]}

    def play(self) -> bool:
        """Do one thing; False when nothing can be done before the ERP has more."""
        possible = [life for life in self._waiting[:AT_HAND] if self._is_possible(life)]
        possible = possible or [life for life in self._waiting[AT_HAND:] if self._is_possible(life)][:1]
        if not possible:
            return False
        life = self._dice.choice(possible)
        step = self._left[life.name].pop(0)
        self._do(life, step)
        if not self._left[life.name]:
            self._waiting.remove(life)
        self.steps += 1
        return True

    def _is_possible(self, life: Life) -> bool:
        order = self._orders.get(life.name, "")
        match self._left[life.name][0].after:
            case "order":
                return bool(order)
            case "cancelled":
                return life.name in self._cancelled
            case "invoice":
                return order in self._invoices
        return True

    def _do(self, life: Life, step: Deed) -> None:
        streak, box = self._acme.streak, self.boxes.get(life.name, "")
        match step.does:
            case "open":
                self._open(life)
            case "edit":
                self._edit(life)
            case "move":
                streak.edit(box, stage=step.what)
            case "delete":
                streak.delete(box)
            case "allocate":
                self._acme.infor.allocates(self._orders[life.name])
            case "ship":
                self._acme.infor.ships(self._orders[life.name])
            case "pay":
                self._acme.infor.receives(*self._share(life, step.what))
            case "credit":
                self._acme.infor.credits(*self._share(life, step.what))
            case "take back":
                invoice = self._invoice(life)
                self._acme.infor.receives(invoice["InvoiceID"], -Decimal(invoice["PaidAmount"]))
        if step.what in (*streak.pipeline.order, *streak.pipeline.invoice) and life.of.orders:
            self.asked.add(life.name)

    def _open(self, life: Life) -> None:
        self._lines[life.name] = list(self._dice.choice(BASKETS))
        if life.of.refused:
            self._lines[life.name][0] = UNKNOWN_PRODUCT
        self.boxes[life.name] = self._acme.streak.open_deal(self._deal(life))

    def _edit(self, life: Life) -> None:
        """Another product or quantity in the first line, and what follows from it."""
        product = self._dice.choice(BASKETS)[0][0]
        taken = {sku for sku, _, _ in self._lines[life.name][1:]}
        product = "SRV-9001" if product in taken else product
        price = self._dice.choice(("", f"{self._dice.randint(100, 99_999) / 100:.2f}"))
        self._lines[life.name][0] = (product, str(self._dice.randint(1, 12)), price)
        deal = self._deal(life)
        columns = self._acme.streak.pipeline.columns
        first = {column.format(n=1): cell for column, cell in zip(columns, deal.lines[0], strict=True)}
        self._acme.streak.edit(self.boxes[life.name], {**first, **deal.values})

    def _deal(self, life: Life) -> Sale:
        organization, contact = self._buyer(life.buyer)
        region = self._dice.choice(("north", "south", "west"))
        return self._acme.deal(life.name, organization, contact, self._lines[life.name], region)

    def _buyer(self, number: int) -> tuple[str, str]:
        if number not in self._buyers:
            name, domain = f"Workshop {number:04}", f"workshop-{number:04}.example"
            organization = self._acme.streak.organization(name, domains=[domain], addresses=["Torstr. 1"])
            contact = self._acme.streak.contact("Kim", f"Mechanic {number:04}", f"office@{domain}")
            self._buyers[number] = name
            self.parties[name] = (organization, contact)
        return self.parties[self._buyers[number]]

    def _share(self, life: Life, share: str) -> tuple[str, Decimal]:
        """The invoice, and that share of what is open of it, to the cent."""
        invoice = self._invoice(life)
        return invoice["InvoiceID"], (Decimal(invoice["Balance"]) * Decimal(share)).quantize(Decimal("0.01"))

    def _invoice(self, life: Life) -> Json:
        return self._acme.infor.found("invoices", OrderID=self._orders[life.name])[0]
