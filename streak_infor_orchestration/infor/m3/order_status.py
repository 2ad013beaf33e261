"""Where an order stands, from the status of its lines (Infor API contract, B.7).

The two digits of a line's status are the lowest and the highest stage that a part of its quantity has reached: 2 to be
allocated, 3 allocated, 4 on a picking list, 6 delivered, 7 invoiced. From 90 on it is closed or deleted.
"""

from collections.abc import Sequence

from streak_infor_orchestration.domain.order import OrderStatus

PARTLY_SHIPPED = "Partially shipped"
STOPPED = "Stopped"
CLOSED = "90"


def status_of(lines: Sequence[str], stop: str, payment_status: str) -> OrderStatus | str:
    """`lines`: the status of each; `stop` is OBLC: above zero the order is stopped, for credit or another reason.
    A status that has no counterpart is told in words of its own, and nothing is concluded from it."""
    standing = [status for status in lines if status < CLOSED]
    if not standing and not payment_status:
        return OrderStatus.CANCELLED if lines else OrderStatus.DRAFT
    lowest = min((status[:1] for status in standing), default="7")
    highest = max((status[1:] for status in standing), default="7")
    if lowest >= "7":
        return OrderStatus.COMPLETED if payment_status == "Paid" else OrderStatus.INVOICED
    if highest >= "6":
        return OrderStatus.SHIPPED if lowest >= "6" else PARTLY_SHIPPED
    if stop.strip("0"):
        return STOPPED
    if highest >= "3":
        return OrderStatus.ALLOCATED
    return OrderStatus.OPEN if lowest >= "2" else OrderStatus.DRAFT


def may_be_invoiced(lines: Sequence[str]) -> bool:
    """Whether something of the order may be: also of one whose rest was closed."""
    return any(status.endswith("7") or status >= CLOSED for status in lines)


def is_delivered(lines: Sequence[str]) -> bool:
    """Whether something of it has left."""
    return any(status[1:] >= "6" for status in lines if status < CLOSED)
