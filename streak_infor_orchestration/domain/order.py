"""Sales orders: the draft we want, and the order the ERP has."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.money import line_total, round_money


class OrderStatus(StrEnum):
    DRAFT = "Draft"
    OPEN = "Open"
    ALLOCATED = "Allocated"
    SHIPPED = "Shipped"
    INVOICED = "Invoiced"
    COMPLETED = "Completed"
    CANCELLED = "Cancelled"


class Line(Model):
    """One line. `price` is per unit before `discount`; `discount` and `tax` are amounts of the whole line."""

    sku: str
    quantity: Decimal
    price: Decimal
    discount: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    description: str = ""
    gl_account: str = ""


class OrderDraft(Model):
    """The order that should exist for a deal: the canonical request that is kept and compared."""

    reference: str
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

    @property
    def total(self) -> Decimal:
        """What the ERP must come to: line totals, tax and freight, rounded per line (see `money.py`)."""
        lines = sum(
            (
                line_total(line.quantity, line.price, line.discount, self.currency)
                + round_money(line.tax, self.currency)
                for line in self.lines
            ),
            Decimal(0),
        )
        return round_money(lines + self.freight, self.currency)


class SalesOrder(Model):
    """An order as the ERP returns it. `version` is the ERP's tag for optimistic locking, if it has one."""

    id: str
    reference: str
    customer_id: str
    currency: str
    lines: tuple[Line, ...]
    total: Decimal
    status: OrderStatus
    payment_status: str = ""
    order_date: date | None = None
    description: str = ""
    version: str = ""
