"""Acme sells brake parts to workshops: its pipeline, its customers and its deals, made over HTTP."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import NamedTuple

from streak_infor_orchestration.demo.erps import DEFAULT, DemoErp
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.infor import Infor
from streak_infor_orchestration.demo.promises import Promises
from streak_infor_orchestration.demo.streak import Board, Sale, Streak

INTEGRATION_KEY, SALES_KEY = "demo-integration-key", "demo-sales-key"
USERS = {INTEGRATION_KEY: "integration@acme.example", SALES_KEY: "jonas.okafor@acme.example"}
"""The integration has a Streak user of its own, so that people see who wrote what."""

SHIPPING_CODES = {"Ground": "UPS", "Air": "AIR"}
TEXT = "TEXT_INPUT"
PIPELINE = Board(
    name="Sales",
    before=("Lead", "Qualified", "Proposal Sent"),
    order=("Proposal Accepted", "Contract Signed"),
    invoice=("Closed-Won",),
    lost=("Closed-Lost",),
    fields={
        "Deal value": TEXT,
        "Signed on": TEXT,
        "Requested ship": "DATE",
        "Ship via": tuple(SHIPPING_CODES),
        "Region": TEXT,
        "ERP order": TEXT,
        "ERP status": TEXT,
        "ERP invoice": TEXT,
        "Payment status": TEXT,
    },
)

WORKSHOPS = (
    # name, domain, then whom Acme knows there
    ("Brandt & Söhne Fahrzeugtechnik", "brandt-soehne.example", "Markus", "Brandt", "+49 30 5550 101"),
    ("Atelier Mercier", "mercier.example", "Claire", "Mercier", "+33 1 55 50 01 02"),
    ("Kowalski Tuning", "kowalski.example", "Piotr", "Kowalski", "+48 22 555 01 03"),
    ("Lindqvist Racing", "lindqvist.example", "Elin", "Lindqvist", "+46 8 5550 104"),
    ("Garage Moretti", "moretti.example", "Paolo", "Moretti", "+39 02 5550 105"),
)
BASKETS = (
    (("BRK-1001", "2", "182.50"), ("BRK-2001", "4", ""), ("FLD-5001", "10", "7.95")),
    (("DSC-3001", "4", ""), ("BRK-2002", "4", "41.00")),
    (("BRK-1001", "1", ""), ("BRK-1002", "1", ""), ("SRV-9001", "2.5", "")),
    (("HSE-4001", "8", "11.10"), ("FLD-5001", "3", "")),
)
UNDECIDED = ("Lead", "Qualified", "Proposal Sent", "Closed-Lost")


class Workshop(NamedTuple):
    """A customer of Acme's: its name, and its organization and contact in Streak."""

    name: str
    organization: str
    contact: str


class Acme:
    """Both systems of the company, and the deals its people open in Streak."""

    def __init__(self, streak_url: str, infor_url: str, erp: DemoErp = DEFAULT) -> None:
        self.streak = Streak(streak_url, SALES_KEY)
        self.infor = Infor(infor_url, erp)
        self._prices = {p["ProductID"]: Decimal(p["UnitPrice"]) for p in self.infor.found("products")}
        self.workshops: list[Workshop] = []

    def settle_in(self, gateway_url: str = "", secret: str = "") -> None:
        """Pipeline, with a gateway its webhooks, customers, deals that are going nowhere yet."""
        self.infor.settles_in(gateway_url, secret)
        self.streak.open_pipeline(PIPELINE)
        if gateway_url:
            self.streak.tell(gateway_url, secret)
        for name, domain, given, family, phone in WORKSHOPS:
            contact = self.streak.contact(given, family, f"{given}@{domain}".lower(), phoneNumbers=[phone])
            organization = self.streak.organization(name, domains=[domain], addresses=["Torstr. 1"])
            self.workshops.append(Workshop(name, organization, contact))
        for stage, deal in zip(UNDECIDED, self.deals("undecided", len(UNDECIDED)), strict=True):
            self.streak.open_deal(deal, stage)

    def deals(self, what: str, count: int) -> list[Sale]:
        """That many deals, taking turns among the workshops and baskets; their names fit in M3's 30 characters."""
        buyers = islice(cycle(self.workshops), count)
        return [
            self.deal(
                f"{workshop.name.split()[0]}: {what}{f' {n}' if count > 1 else ''}",
                workshop.organization,
                workshop.contact,
                basket,
                region,
            )
            for n, (workshop, basket, region) in enumerate(
                zip(buyers, cycle(BASKETS), cycle(("north", "south", "west"))), 1
            )
        ]

    def deal(
        self, name: str, organization: str, contact: str, lines: Sequence[tuple[str, str, str]], region: str
    ) -> Sale:
        """What sales types for these lines (SKU, quantity, price or empty), dated today."""
        value = sum((self._worth(*line) for line in lines), Decimal(0))
        today = date.today()  # noqa: DTZ011  # what a person types
        values = {
            "Deal value": str(value),
            "Signed on": f"{today:%d.%m.%Y}",
            "Requested ship": today + timedelta(days=14),
            "Ship via": "Ground" if len(lines) > 2 else "Air",
            "Region": region,
        }
        return Sale(name, organization, contact, tuple(lines), values)

    def _worth(self, sku: str, quantity: str, price: str) -> Decimal:
        exact = Decimal(quantity) * (Decimal(price) if price else self._prices[sku])
        return exact.quantize(Decimal("0.01"))


def details(box: Json) -> Json:
    """What of a box, besides its lines, Acme wants to find on the order."""
    typed = box["fieldsByName"]
    signed = "-".join(reversed(typed["Signed on"].split(".")))
    shipped = date.fromtimestamp(typed["Requested ship"] / 1000)  # noqa: DTZ012  # noon: the same day everywhere
    return {
        "OrderDescription": box["name"],
        "OrderDate": signed,
        "RequestedDate": shipped.isoformat(),
        "ShippingMethod": SHIPPING_CODES[typed["Ship via"]],
        "CustomFields": {"Region": typed["Region"].upper()},
    }


PROMISES = Promises(
    details,
    shows={
        "ERP order": "order.id",
        "ERP status": "order.status",
        "ERP invoice": "invoice.id",
        "Payment status": "invoice.payment_status",
    },
    tells={
        "order.created": "Order {order.id} over {order.total} created in ERP",
        "order.shipped": "Order {order.id} has left the warehouse",
        "invoice.created": "Invoice {invoice.id} over {order.total} issued",
        "invoice.partially_paid": "{paid} paid, {balance} of invoice {invoice.id} are open",
        "invoice.paid": "Invoice {invoice.id} is paid in full",
    },
)
