"""Where an order stands, from the lowest and highest status of its lines (Infor API contract, B.7)."""

from streak_infor_orchestration.domain.order import OrderStatus

PARTLY_SHIPPED = "Partially shipped"
STOPPED = "Stopped"

_PRELIMINARY, _ALLOCATED, _DELIVERED, _INVOICED, _CLOSED = "20", "33", "66", "77", "90"


def status_of(lowest: str, highest: str, stop: str) -> OrderStatus | str:
    """`stop` is OBLC: above zero the order is stopped, for credit or another reason. A status that has no counterpart
    is told in words of its own, and nothing is concluded from it."""
    if lowest >= _CLOSED:
        return OrderStatus.CANCELLED
    if lowest >= _INVOICED:
        return OrderStatus.INVOICED
    if stop.strip("0") and highest < _DELIVERED:
        return STOPPED
    if lowest >= _DELIVERED:
        return OrderStatus.SHIPPED
    if highest >= _DELIVERED and highest < _CLOSED:
        return PARTLY_SHIPPED
    if highest >= _ALLOCATED and highest < _CLOSED:
        return OrderStatus.ALLOCATED
    return OrderStatus.DRAFT if highest < _PRELIMINARY else OrderStatus.OPEN


def is_invoiced(highest: str) -> bool:
    """Whether something of it may be: the second digit is the farthest that a part of a line has come."""
    return highest.endswith("7") or highest >= _CLOSED
