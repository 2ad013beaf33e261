"""Whether an order comes to what was asked for, to the cent, before it counts (Infor API contract G.1, H.4)."""

from collections.abc import Sequence
from decimal import Decimal

from streak_infor_orchestration.domain.money import line_total, plain, round_money
from streak_infor_orchestration.domain.order import OrderDraft, SalesOrder
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.orders import Orders
from streak_infor_orchestration.infor.syteline.settings import SytelineOrders
from streak_infor_orchestration.infor.syteline.wire import LineRow, OrderRow

ZERO = Decimal(0)


def difference(draft: OrderDraft, header: Row, lines: Sequence[Row], orders: Orders) -> str:
    """How the order differs from the draft, in words; "" when it does not. Lines by their position. With SyteLine's own
    tax the net lines and the freight count, each to the cent."""
    order, said = orders.read(header, lines), orders.section.orders
    if [line.number for line in order.lines] != list(range(1, len(draft.lines) + 1)):
        return "has other lines"
    for wanted, row, ordered in zip(
        draft.lines, map(LineRow.model_validate, lines), order.lines, strict=True
    ):
        if (row.item, row.qty_ordered) != (wanted.sku, wanted.quantity):
            return f"has {plain(row.qty_ordered)} of {row.item} in line {row.co_line}"
        if (row.qty_ordered, row.price) != (row.qty_ordered_conv, row.price_conv):
            return f"has line {row.co_line} in another unit than the item's own ({row.um})"
        total = line_total(wanted.quantity, wanted.price, wanted.discount, draft.currency)
        if ordered.total != total:
            came_to = plain(ordered.total or ZERO)
            return f"comes to {came_to} in line {row.co_line}, not {plain(total)} {draft.currency}"
    if (order.customer_id, order.currency) != (draft.customer_id, draft.currency):
        return f"is for customer {order.customer_id} in {order.currency}"
    if order.freight != draft.freight:
        return f"has freight of {plain(order.freight)}, not {plain(draft.freight)} {draft.currency}"
    if said.tax == "ours" and order.total != draft.total:
        return f"comes to {plain(order.total)}, not {plain(draft.total)} {draft.currency}"
    return _own_sum(order, OrderRow.model_validate(header).price, said)


def _own_sum(order: SalesOrder, price: Decimal | None, said: SytelineOrders) -> str:
    """SyteLine's own. What is in it is not known of every installation."""
    if said.price_check == "none" or price is None:
        return ""
    net = sum((line.total or ZERO for line in order.lines), ZERO)
    sums = {"net": net, "net_freight": net + order.freight, "total": order.total}
    allowed = list(sums.values()) if said.price_check == "any" else [sums[said.price_check]]
    if round_money(price, order.currency) in allowed:
        return ""
    return f"comes to {plain(price)} in SyteLine's own sum, not {plain(allowed[0])} {order.currency}"
