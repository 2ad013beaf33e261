"""What people do besides deals: customers' data put right in either system or in both, orders typed in the ERP."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.demo.evidence import Evidence
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.proof.business import Business
from streak_infor_orchestration.proof.wrong import CONTENT, LOST, TWICE, UNCONVERGED, Wrong

TYPED = "Typed {order.id}"
"""How the box of an order that was typed in the ERP is called: `orders.name` of the company's file."""

PHONE, STREET = "Phone", "Street"
AT_MOST = 6
"""Orders that are typed in a round: each is one more for all that count orders."""

BASKETS = ((("BRK-1001", "1", "175.00"),), (("FLD-5001", "6", "7.95"), ("BRK-2002", "2", "39.90")))


@dataclass
class Besides:
    """`made` counts what was done by kind, `typed` are the numbers of orders. `values`: what was ever said of a
    customer, by its name in both systems and the field, for each side in the order of saying."""

    acme: Acme
    business: Business
    dice: Random
    made: Counter[str] = field(default_factory=Counter)
    typed: list[str] = field(default_factory=list)
    values: defaultdict[tuple[str, str], dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: {"streak": [], "infor": []})
    )

    def act(self) -> str:
        """One of these things; says which."""
        known = sorted(self.business.customers.keys() & self.business.parties.keys())
        if not known:
            return "nobody is a customer yet"
        name = self.dice.choice(known)
        if len(self.typed) < AT_MOST and self.dice.random() < 0.25:
            return self._type(name)
        what = self.dice.choice((PHONE, STREET))
        sides = self.dice.choice((("streak",), ("infor",), ("streak", "infor")))
        for side in sides:
            self._say(name, what, side)
        done = f"{what.lower()} changed in {' and '.join(sides)}"
        self.made[f"people: {done}"] += 1
        return f"{done}: {name}"

    def _type(self, name: str) -> str:
        number = self.acme.infor.types_order(self.business.customers[name], self.dice.choice(BASKETS))
        self.typed.append(number)
        self.made["people: an order typed in the ERP"] += 1
        return f"order {number} typed: {name}"

    def _say(self, name: str, what: str, side: str) -> None:
        number = self.dice.randint(1000, 9999)
        value = f"+4930{number}{number}" if what == PHONE else f"Torstr. {number}"
        organization, contact = self.business.parties[name]
        if side == "infor":
            self.acme.infor.corrects(self.business.customers[name], **{what: value})
        elif what == PHONE:
            self.acme.streak.correct("contacts", contact, phoneNumbers=[value])
        else:
            self.acme.streak.correct("organizations", organization, addresses=[value])
        self.values[name, what][side].append(value)

    # --- what must have come of it ---

    def judge(self, state: Json, books: Json) -> Iterator[Wrong]:
        """`state` and `books` are what both systems hold at rest."""
        yield from self._typed_orders(state, books)
        people = {contact["key"]: contact for contact in state["contacts"]}
        companies = {company["key"]: company for company in state["organizations"]}
        customers = {customer["Name"]: customer for customer in books["customers"]}
        for (name, what), said in self.values.items():
            organization, contact = self.business.parties[name]
            record = people[contact] if what == PHONE else companies[organization]
            listed = record.get("phoneNumbers" if what == PHONE else "addresses") or [""]
            there = customers[name]
            other = there["Phone"] if what == PHONE else (there["BillingAddress"] or {}).get("Line1")
            yield from _agreed(f"{name}, {what.lower()}", listed[0], other or "", said)

    def _typed_orders(self, state: Json, books: Json) -> Iterator[Wrong]:
        orders = {order["OrderID"]: order for order in books["salesorders"]}
        boxes: defaultdict[str, list[Json]] = defaultdict(list)
        for box in state["boxes"]:
            boxes[box["name"]].append(box)
        for number in self.typed:
            made = boxes[_box_of(number)]
            if len(made) != 1:
                yield Wrong(TWICE if made else LOST, f"order {number}", f"{len(made)} boxes, not 1")
            for box in made:
                shown = {name: box["fieldsByName"].get(name) for name in ("ERP order", "ERP status")}
                wanted = {"ERP order": number, "ERP status": orders[number]["OrderStatus"]}
                if shown != wanted:
                    yield Wrong(UNCONVERGED, f"order {number}", f"its box shows {shown}, not {wanted}")

    def without(self, evidence: Evidence) -> Evidence:
        """What is left to judge of deals: typed orders and their boxes are none."""
        typed, boxes = set(self.typed), {_box_of(number) for number in self.typed}
        return evidence.only(
            case=lambda case: case.name not in boxes, order=lambda order: order["OrderID"] not in typed
        )


def _box_of(number: str) -> str:
    return TYPED.replace("{order.id}", number)


def _agreed(subject: str, streak: str, infor: str, said: dict[str, list[str]]) -> Iterator[Wrong]:
    """Both sides the same, and what somebody said last on one of them: where only one spoke, what that one said."""
    if streak != infor:
        yield Wrong(UNCONVERGED, subject, f"Streak says {streak!r}, the ERP {infor!r}")
        return
    last = {values[-1] for values in said.values() if values}
    if streak not in last:
        yield Wrong(CONTENT, subject, f"is {streak!r}, and was last said to be {sorted(last)}")
