"""A deal: what a Streak box means for the business, and the problems that keep it from being ordered."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field, ValidationInfo, field_validator

from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.catalogue import lettered


class UnreadableValue(Model):
    """What stands in a field and cannot be understood: never empty, and like no value that can. `what` names it for
    people ("an option that no longer exists"), `shown` is what there is to see of it, such as its key."""

    what: str
    shown: str


Value = str | bool | Decimal | datetime | tuple[str, ...] | UnreadableValue | None
"""A field's value as people mean it: dropdowns and tags by name, dates as aware instants."""


class Milestone(StrEnum):
    """What a stage of the pipeline asks for. Monotone: `invoice` implies `order`."""

    BEFORE = "before"
    ORDER = "order"
    INVOICE = "invoice"
    LOST = "lost"

    @property
    def wants_order(self) -> bool:
        return self in (Milestone.ORDER, Milestone.INVOICE)


class PartyKind(StrEnum):
    """Which Streak record stands for the customer."""

    ORGANIZATION = "organization"
    CONTACT = "contact"


class Party(Model):
    """The customer of a deal in Streak's terms: `kind` and Streak key of the organization or contact."""

    kind: PartyKind
    key: str

    @property
    def link_key(self) -> str:
        """Key of the cross-reference: unique over both kinds."""
        return f"{self.kind.value}:{self.key}"


class Problem(Model):
    """Why a deal cannot go on, for the person who can mend it.

    `code` is short and stable; `box`, `field` and `value` are what people see in Streak; `rule` is the place in the
    configuration that asked for it (with its line, where known); `fix` says what to do in plain words, the catalogue's
    where nobody says more.
    """

    code: str
    message: str
    field: str = ""
    value: str = ""
    rule: str = ""
    fix: str = Field(default="", validate_default=True)
    box: str = ""  # name of the box the field is on

    @field_validator("fix")
    @classmethod
    def _at_least_the_catalogues(cls, fix: str, info: ValidationInfo) -> str:
        known = None if fix else lettered(info.data.get("code", ""))
        return known.fix if known else fix

    @property
    def line(self) -> int | None:
        """The line of the configuration that asked for it; None where its default did, or nothing in it."""
        found = re.match(r"[^:]+:(\d+):", self.rule)
        return int(found[1]) if found else None

    @property
    def where(self) -> str:
        """`Qty 1 of "Spring overhaul"`, as far as field and box are known."""
        return " of ".join(filter(None, (self.field, f'"{self.box}"' if self.box else "")))

    @property
    def cure(self) -> str:
        """`fix`, and the place in the configuration that it may mean by "here"."""
        return " ".join(filter(None, (self.fix, f"({self.rule})" if self.rule else "")))

    @property
    def fact(self) -> str:
        """What makes two problems the same one: told once."""
        return f"{self.code}:{self.field}:{self.value}"


class Part(Model):
    """A discount or tax as people state it: an amount of the whole line, or a `share` of it (0.1 is 10 %)."""

    value: Decimal
    is_share: bool = False

    def of(self, total: Decimal) -> Decimal:
        return self.value * total if self.is_share else self.value


class Typed(NamedTuple):
    """A field, and what was typed there."""

    field: str
    value: str


def together(places: Iterable[Typed]) -> Typed:
    """Several fields that only together are wrong, as one: `Qty 1 + Price 1`. Each once."""
    once = dict.fromkeys(places)
    return Typed(" + ".join(place.field for place in once), " + ".join(place.value for place in once))


class DealLine(Model):
    """A line as the box states it; the price may be left to the ERP's product.

    `sku` is what people wrote for the product: its code, or its name where the configuration says so. `currency` is
    that of its amounts, "" for the order's. `vendor` is the number or name of who delivers it instead of us. `field` is
    where it stands and `typed` where each part of it does that somebody filled, for diagnoses.
    """

    sku: str
    quantity: Decimal
    price: Decimal | None = None
    currency: str = ""
    discount: Part | None = None
    tax: Part | None = None
    description: str = ""
    vendor: str = ""
    field: str = ""
    typed: dict[str, Typed] = {}

    def at(self, *parts: str) -> Typed:
        """Where `parts` ("quantity", "price", …) were typed; the product's place where none of them was."""
        filled = [self.typed[part] for part in parts if part in self.typed]
        return together(filled or [self.typed.get("sku", Typed(self.field, self.sku))])


class Deal(Model):
    """What the box says. `values` are the box's own fields by name, as Streak's client decoded them."""

    key: str
    name: str
    notes: str = ""
    milestone: Milestone
    stage: str
    created: datetime
    stage_changed: datetime | None = None
    creator: str = ""
    party: Party | None = None
    currency: str
    lines: tuple[DealLine, ...] = ()
    values: dict[str, Value] = {}
