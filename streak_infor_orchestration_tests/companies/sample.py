"""What an outsider knows of a company: its pipeline, one deal, and what accounting and sales expect of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from streak_infor_orchestration.demo.http import Json, client
from streak_infor_orchestration.demo.infor import Infor
from streak_infor_orchestration.demo.streak import Board, Streak

ERP_KEY = "twin-key"
Words = Mapping[str, str]
"""Field of the box → what it shows; `{order}` and `{invoice}` stand for their numbers."""


class Office:
    """The company at work: Streak as its sales uses it, the ERP from inside."""

    def __init__(self, sample: "Sample", streak_url: str, infor_url: str, sales_key: str) -> None:
        self.sample = sample
        self.streak = Streak(streak_url, sales_key)
        self.infor = Infor(infor_url)
        self._accounting = client(f"{infor_url}/infor/api/v1", headers={"X-API-Key": ERP_KEY})
        self.streak.open_pipeline(sample.pipeline)
        self.quotes: Streak | None = None
        if sample.quotes:
            self.quotes = Streak(streak_url, sales_key)
            self.quotes.open_pipeline(sample.quotes)
        self._before = self.infor.control("GET", "/state")

    def booked(self, collection: str) -> list[Json]:
        """Records of the ERP that were not there when the office opened."""
        return [record for record in self.infor.found(collection) if _id(record) not in self._ids(collection)]

    def _ids(self, collection: str) -> set[str]:
        return {_id(record) for record in self._before[collection]}

    def knows(self, name: str, email: str) -> None:
        """Accounting has this customer from before."""
        self._accounting.post("/customers", json={"Name": name, "Email": email}).raise_for_status()


def _id(record: Json) -> str:
    """Its key, which an ERP's record begins with."""
    return str(next(iter(record.values())))


@dataclass(frozen=True)
class Sold:
    """A line of the order as the ERP has it."""

    product: str
    quantity: str
    price: str
    discount: str = "0"
    tax: str = "0"

    @property
    def comes_to(self) -> Decimal:
        return Decimal(self.quantity) * Decimal(self.price) - Decimal(self.discount) + Decimal(self.tax)


@dataclass(frozen=True)
class Sample:
    """`open_deal` gives the key of a box at the first stage. `order` and `customer` are members of the ERP's records.
    `after` says what the box shows once it was accepted, won, shipped, paid in part and paid; `comments` in the order
    they are made. `rates` are those stamped on the order."""

    name: str
    pipeline: Board
    open_deal: Callable[[Office], str]
    currency: str
    lines: tuple[Sold, ...]
    order: Mapping[str, Any]
    customer: Mapping[str, Any]
    after: tuple[Words, Words, Words, Words, Words]
    comments: tuple[str, ...]
    freight: str = "0"
    first_payment: str = "100.00"
    quotes: Board | None = None
    rates: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return sum((line.comes_to for line in self.lines), Decimal(self.freight))

    @property
    def rest(self) -> Decimal:
        return self.total - Decimal(self.first_payment)

    def configuration(self, infor_url: str = "{infor}") -> str:
        """Its integration.yaml, with the address of its ERP."""
        text = (Path(__file__).parent / f"{self.name}.yaml").read_text(encoding="utf-8")
        return text.replace("{infor}", infor_url)
