"""Sales orders: the draft we want, and the order the ERP has."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from streak_infor_orchestration.domain.model import Model, Record, stamp
from streak_infor_orchestration.domain.money import line_total, round_money


class OrderStatus(StrEnum):
    DRAFT = "Draft"
    OPEN = "Open"
    ALLOCATED = "Allocated"
    SHIPPED = "Shipped"
    INVOICED = "Invoiced"
    COMPLETED = "Completed"
    CANCELLED = "Cancelled"


AnyStatus = Annotated[OrderStatus | Annotated[str, Field(min_length=1)], Field(union_mode="left_to_right")]
"""A status that is none of ours is kept as the ERP says it, and nothing is concluded from it."""


class Line(Model):
    """One line. `price` is per unit before `discount`; `discount` and `tax` are amounts of the whole line."""

    sku: str
    quantity: Decimal
    price: Decimal
    discount: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    description: str = ""
    gl_account: str = ""


def order_total(lines: Iterable[Line], freight: Decimal, currency: str) -> Decimal:
    """Line totals, tax and freight, rounded per line (see `money.py`)."""
    amounts = (
        line_total(line.quantity, line.price, line.discount, currency) + round_money(line.tax, currency)
        for line in lines
    )
    return round_money(sum(amounts, freight), currency)


class AppliedRate(Model):
    """An exchange rate of the ERP as it was applied: one unit of `base` was `rate` units of `quote` on `day`."""

    base: str
    quote: str
    day: date
    rate: Decimal


class OrderDraft(Model):
    """The order that should exist for a deal: the canonical request that is kept and compared."""

    reference: str
    second_reference: str = ""  # where the product has one: tells apart what meets in a short first one
    customer_id: str
    order_date: date
    currency: str
    lines: tuple[Line, ...]
    description: str = ""
    requested_date: date | None = None
    shipping_method: str = ""
    salesperson: str = ""
    warehouse: str = ""
    freight: Decimal = Decimal(0)
    custom: dict[str, str] = {}
    rates: tuple[AppliedRate, ...] = ()  # those its amounts were converted by

    @property
    def total(self) -> Decimal:
        """What the ERP must come to."""
        return order_total(self.lines, self.freight, self.currency)


class OrderedLine(Line):
    """A line as the ERP returns it, with its number in the order and what it comes to before tax. `delivered` and
    `invoiced` are quantities; None where the ERP does not say."""

    number: int = 0
    total: Decimal | None = None
    delivered: Decimal | None = None
    invoiced: Decimal | None = None


class SalesOrder(Record):
    """An order as the ERP returns it. `version` is the ERP's tag for optimistic locking, if it has one; `tax` is
    that of the whole order where the ERP does not tell each line's."""

    reference: str
    second_reference: str = ""
    customer_id: str
    currency: str
    lines: tuple[OrderedLine, ...]
    total: Decimal
    status: AnyStatus
    payment_status: str = ""  # Unpaid, PartiallyPaid, Paid
    order_date: date | None = None
    requested_date: date | None = None
    description: str = ""
    shipping_method: str = ""
    salesperson: str = ""
    freight: Decimal = Decimal(0)
    tax: Decimal | None = None
    custom: dict[str, str] = {}
    tracking: str = ""  # of what has left, as the ERP says it
    version: str = ""

    @property
    def delivered(self) -> tuple[Decimal, Decimal] | None:
        """How much of how much has left, over all lines, whatever zeros the ERP sent; None where it does not say."""
        if not self.lines or any(line.delivered is None for line in self.lines):
            return None
        left = sum((line.delivered or Decimal(0) for line in self.lines), Decimal(0))
        return left.normalize(), sum((line.quantity for line in self.lines), Decimal(0)).normalize()

    @property
    def stamp(self) -> str:
        return stamp(self.id, self.modified, self.status, self.payment_status, self.total)

    @property
    def net(self) -> Decimal:
        """What its lines come to before tax, each rounded."""
        return order_total(
            (line.model_copy(update={"tax": Decimal(0)}) for line in self.lines), Decimal(0), self.currency
        )

    @property
    def tax_total(self) -> Decimal:
        lines = (round_money(line.tax, self.currency) for line in self.lines)
        return sum(lines, Decimal(0)) if self.tax is None else self.tax

    @property
    def is_over(self) -> bool:
        """Nothing more is expected of it."""
        return self.status in (OrderStatus.COMPLETED, OrderStatus.CANCELLED)


class OrderChanges(Model):
    """What should change of an order: only what is given does. "" or None clears, `lines` replaces all lines,
    `custom` is merged by name."""

    description: str = ""
    requested_date: date | None = None
    shipping_method: str = ""
    salesperson: str = ""
    lines: tuple[Line, ...] = ()
    freight: Decimal = Decimal(0)
    custom: dict[str, str | None] = {}
