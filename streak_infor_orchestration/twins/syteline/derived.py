"""Properties that no column holds. Contract, C.5 (``Der…``)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.syteline.totals import HUNDRED, ZERO, line_net

Row = Mapping[str, Any]


def extended_price(company: Any, line: Row) -> Decimal:
    """The line's net amount."""
    order = company.tables["co"].get(line["CoNum"])
    return line_net(line, order["CurrCode"] if order else company.currency)


def net_price(company: Any, line: Row) -> Decimal:
    """Of one unit, after the line's percentage."""
    discounted: Decimal = (line["Price"] or ZERO) * (1 - (line["Disc"] or ZERO) / HUNDRED)
    return discounted


def invoiced(company: Any, order: Row) -> str:
    """Whether everything that was ordered has been invoiced."""
    lines = company.lines(order)
    return "1" if lines and all(line["QtyInvoiced"] >= line["QtyOrdered"] for line in lines) else "0"


def customer_balance(company: Any, customer: Row) -> Decimal:
    """What the customer owes by posted open items."""
    items = company.tables["artran"].where(CustNum=customer["CustNum"])
    return sum((company.signed(item) for item in items), ZERO)
