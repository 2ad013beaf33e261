"""What is done with an order that is there: it is cancelled, or made ready (Infor API contract, B.7, B.8)."""

from streak_infor_orchestration.domain.errors import Conflict, Rejected, Unknown
from streak_infor_orchestration.domain.order import OrderStatus, SalesOrder
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.m3 import order_read, orders
from streak_infor_orchestration.infor.m3.mi import Mi, MiCall
from streak_infor_orchestration.infor.m3.order_status import CLOSED, is_delivered
from streak_infor_orchestration.infor.m3.values import text

_OVER = "66"
"""Lines from here on are delivered, and nothing is left of them to close."""


def cancel(mi: Mi, order: SalesOrder) -> SalesOrder:
    """Closes its lines, all in one call: closing one again does nothing. Raises `Conflict` once something was delivered
    or where the configuration leaves it to a person."""
    if mi.section.cancel == "never":
        raise Conflict("orders in M3 are cancelled by a person there", system="infor", existing=order.id)
    found = order_read.read(mi, [order.id]).get(order.id)
    if found is None:
        raise unknown(order.id)
    _, lines = found
    if is_delivered(order_read.statuses(lines)):
        raise Conflict(f"something of order {order.id} was delivered", system="infor", existing=order.id)
    calls = [
        MiCall(
            "CloLine",
            {
                "ORNO": order.id,
                "PONR": text(row, "PONR"),
                "POSX": text(row, "POSX"),
                "RSCD": mi.section.cancel_reason,
            },
        )
        for row in lines
        if text(row, "ORST") < CLOSED
    ]
    mi.write_all(order_read.PROGRAM, calls)
    after = orders.find(mi, order.id)
    if after is None or after.status is not OrderStatus.CANCELLED:
        raise Unknown(f"the lines of order {order.id} were closed, and it is not cancelled", system="infor")
    return after


def make_ready(mi: Mi, order_id: str) -> None:
    """By the transaction that is configured; nothing where none is."""
    if mi.section.ready is None:
        return
    program, _, transaction = mi.section.ready.partition("/")
    mi.write(program, transaction, {"ORNO": order_id, **mi.section.ready_fields})


def unknown(order_id: str) -> Rejected:
    return Rejected(f"there is no order {order_id}", code=SystemCode.REJECTED, system="infor", value=order_id)
