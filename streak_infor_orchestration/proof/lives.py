"""The lives of deals: what people do to each, drawn by seed, and what must have come of it in the end.

Half of the rounds are of a company that wants the order of a deal that left cancelled (`policies` of its file).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

_WENT_BACK = r"Needs attention\. The deal is at "
_INCOMPLETE = r"Not in the ERP yet\. "


@dataclass(frozen=True)
class Deed:
    """`what`: the stage moved to, or the share of the open balance that is paid or credited. `after`: the record of the
    ERP that people wait for before they do this: `order`, `invoice`, or a `cancelled` order."""

    does: Literal["open", "edit", "move", "delete", "allocate", "ship", "pay", "credit", "take back"]
    what: str = ""
    after: str = ""


@dataclass(frozen=True)
class LifeKind:
    """How often such a deal is drawn, its steps, and the outcome.

    orders, invoices: how many there must be, exactly; `cancelled` of the orders are. stopped: it ends as a dead letter,
    as it should. says: how what else may be told on the box begins, as patterns. refused: it is opened with a product
    the ERP does not have.
    """

    weight: int
    steps: tuple[Deed, ...]
    orders: int = 0
    invoices: int = 0
    stopped: bool = False
    says: tuple[str, ...] = ()
    refused: bool = False
    cancelled: int = 0

    def is_said(self, text: str) -> bool:
        return any(re.match(pattern, text) for pattern in self.says)

    @property
    def is_deleted(self) -> bool:
        """Its box is gone in the end: nothing can be told on it any more."""
        return self.steps[-1].does == "delete"

    @property
    def leaves_after_its_order(self) -> bool:
        """It goes back, is lost or is deleted when there may be an order."""
        return bool(self.orders) and (self.is_deleted or _WENT_BACK in self.says)


@dataclass(frozen=True)
class Life:
    name: str
    kind: str
    buyer: int

    @property
    def of(self) -> LifeKind:
        return (KINDS | CANCELLED)[self.kind]


def _to(stage: str, after: str = "") -> Deed:
    return Deed("move", stage, after)


_OPEN, _EDIT = Deed("open"), Deed("edit")
_ALLOCATE, _SHIP = Deed("allocate", after="order"), Deed("ship", after="order")
_WIN, _ACCEPT, _SIGN, _BACK = (
    _to("Closed-Won"),
    _to("Proposal Accepted"),
    _to("Contract Signed"),
    _to("Qualified"),
)


def _pay(share: str) -> Deed:
    return Deed("pay", share, after="invoice")


_TAKE_BACK = Deed("take back", after="invoice")
"""A payment that was booked: the bank returns it."""


KINDS = {
    "undecided": LifeKind(6, (_OPEN, _EDIT, _BACK)),
    "deleted": LifeKind(6, (_OPEN, _EDIT, Deed("delete"))),
    "ordered": LifeKind(14, (_OPEN, _EDIT, _ACCEPT), orders=1),
    "edited in the ERP": LifeKind(6, (_OPEN, _ACCEPT, _ALLOCATE, _SIGN), orders=1),
    "changed, then won": LifeKind(6, (_OPEN, _SIGN, _ALLOCATE, _WIN, _pay("1")), orders=1, invoices=1),
    "signed": LifeKind(10, (_OPEN, _ACCEPT, _SIGN), orders=1),
    "wavering": LifeKind(8, (_OPEN, _ACCEPT, _BACK, _SIGN), orders=1, says=(_WENT_BACK,)),
    "won": LifeKind(10, (_OPEN, _EDIT, _ACCEPT, _WIN), orders=1, invoices=1),
    "won at once": LifeKind(8, (_OPEN, _EDIT, _WIN), orders=1, invoices=1),
    "won after wavering": LifeKind(
        6,
        (_OPEN, _SIGN, _BACK, _ACCEPT, _BACK, _WIN, _pay("1")),
        orders=1,
        invoices=1,
        says=(_WENT_BACK,),
    ),
    "shipped, then won": LifeKind(6, (_OPEN, _SIGN, _SHIP, _WIN), orders=1, invoices=1),
    "paid in parts": LifeKind(10, (_OPEN, _ACCEPT, _WIN, _pay("0.4"), _pay("1")), orders=1, invoices=1),
    "credited in part": LifeKind(
        4, (_OPEN, _ACCEPT, _WIN, Deed("credit", "0.25", after="invoice"), _pay("1")), orders=1, invoices=1
    ),
    "credited whole": LifeKind(
        3, (_OPEN, _SIGN, _WIN, Deed("credit", "1", after="invoice")), orders=1, invoices=1
    ),
    "paid twice": LifeKind(3, (_OPEN, _SIGN, _WIN, _pay("1"), _TAKE_BACK, _pay("1")), orders=1, invoices=1),
    "completed": LifeKind(
        8,
        (_OPEN, _EDIT, _ACCEPT, _WIN, _pay("0.3"), _SHIP, _pay("1")),
        orders=1,
        invoices=1,
    ),
    "lost once ordered": LifeKind(
        3, (_OPEN, _ACCEPT, _to("Closed-Lost", after="order")), orders=1, stopped=True, says=(_WENT_BACK,)
    ),
    "gone once ordered": LifeKind(3, (_OPEN, _ACCEPT, Deed("delete", after="order")), orders=1, stopped=True),
    "refused": LifeKind(3, (_OPEN, _ACCEPT), stopped=True, says=(_INCOMPLETE,), refused=True),
    "refused, repaired": LifeKind(
        4, (_OPEN, _ACCEPT, _EDIT, _SIGN), orders=1, says=(_INCOMPLETE,), refused=True
    ),
}


CANCELLED = {
    "lost, so cancelled": LifeKind(
        0, (_OPEN, _ACCEPT, _to("Closed-Lost", after="order")), orders=1, cancelled=1
    ),
    "gone, so cancelled": LifeKind(0, (_OPEN, _SIGN, Deed("delete", after="order")), orders=1, cancelled=1),
    "accepted again": LifeKind(
        0,
        (_OPEN, _EDIT, _ACCEPT, _to("Qualified", after="order"), _to("Contract Signed", after="cancelled")),
        orders=2,
        cancelled=1,
        says=(r"Order \S+ was cancelled; the deal was accepted again and gets a new order\.$",),
    ),
}
"""One of each in a round where orders are cancelled: of a few the product makes as many cancellations as it may in an
hour. There the kinds whose deals go back after their order are not drawn."""


def draw(count: int, dice: Random, *, cancels: bool = False) -> list[Life]:
    """That many lives; neighbours often share a buyer, whose first deals then come at the same time."""
    drawn = {name: kind for name, kind in KINDS.items() if not (cancels and kind.leaves_after_its_order)}
    kinds = dice.choices(list(drawn), [kind.weight for kind in drawn.values()], k=count)
    if cancels:
        for place, kind in zip(
            dice.sample(range(count), min(count, len(CANCELLED))), CANCELLED, strict=False
        ):
            kinds[place] = kind
    return list(_lives(kinds, dice))


def _lives(kinds: list[str], dice: Random) -> Iterator[Life]:
    buyer, left = 0, 0
    for number, kind in enumerate(kinds, 1):
        if left == 0:
            buyer, left = buyer + 1, dice.choice((1, 1, 2, 3, 5))
        left -= 1
        yield Life(f"Proof {number:04}: {kind}", kind, buyer)
