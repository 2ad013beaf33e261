"""What an order amounts to. Contract, C.5 and G.1."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from streak_infor_orchestration.twins.erp.money import rounded

ZERO = Decimal(0)
HUNDRED = Decimal(100)


def line_net(line: Mapping[str, Any], currency: str) -> Decimal:
    """Quantity by price, less the line's percentage, to the currency's coin."""
    gross = (line["QtyOrdered"] or ZERO) * (line["Price"] or ZERO)
    return rounded(gross * (1 - (line["Disc"] or ZERO) / HUNDRED), currency)


def lines_net(order: Mapping[str, Any], nets: list[Decimal]) -> Decimal:
    """All lines, less the header's percentage."""
    return rounded(sum(nets, ZERO) * (1 - (order["Disc"] or ZERO) / HUNDRED), order["CurrCode"])


def charges(order: Mapping[str, Any]) -> Decimal:
    """Freight, other charges and both taxes: what the customer pays beyond the lines."""
    names = ("Freight", "MiscCharges", "SalesTax", "SalesTax2")
    return sum((order[name] or ZERO for name in names), ZERO)
