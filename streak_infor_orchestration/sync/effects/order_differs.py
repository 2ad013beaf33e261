"""Whether an order is what was asked for."""

from typing import Literal

from streak_infor_orchestration.domain.money import line_total, plain
from streak_infor_orchestration.domain.order import Line, OrderDraft, SalesOrder


def order_differs(order: SalesOrder, draft: OrderDraft, tax: Literal["ours", "erp"] = "ours") -> str:
    """How `order` differs from what was asked for: customer, currency, lines, total. "" when it does not. With
    the ERP's `tax`, net lines and freight are compared, and its total has to be their sum with its tax."""
    if order.customer_id != draft.customer_id:
        return f"is for customer {order.customer_id}, not {draft.customer_id}"
    if order.currency != draft.currency:
        return f"is in {order.currency}, not {draft.currency}"
    if tax == "ours" and order.total != draft.total:
        return f"comes to {plain(order.total)}, not {plain(draft.total)} {draft.currency}"
    if tax == "erp":
        return _net_differs(order, draft)
    return "" if _lines(order.lines, order.currency) == _lines(draft.lines, draft.currency) else _OTHER_LINES


_OTHER_LINES = "has other lines"


def _net_differs(order: SalesOrder, draft: OrderDraft) -> str:
    if _lines(order.lines, order.currency) != _lines(draft.lines, draft.currency):
        return _OTHER_LINES
    if order.freight != draft.freight:
        return f"has freight of {plain(order.freight)}, not {plain(draft.freight)} {draft.currency}"
    whole = order.net + order.freight + order.tax_total
    if order.total != whole:
        return f"comes to {plain(order.total)}, but its lines, freight and tax to {plain(whole)} {order.currency}"
    return ""


def _lines(lines: tuple[Line, ...], currency: str) -> list[tuple[str, str, str]]:
    return sorted(_line_key(line, currency) for line in lines)


def _line_key(line: Line, currency: str) -> tuple[str, str, str]:
    total = line_total(line.quantity, line.price, line.discount, currency)
    return (line.sku, plain(line.quantity.normalize()), plain(total))
