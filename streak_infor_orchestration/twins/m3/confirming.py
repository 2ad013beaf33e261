"""OIS100MI/Confirm: a temporary order becomes a real one, or is held. Contract, B.6."""

from dataclasses import replace

from streak_infor_orchestration.twins.m3.amounts import order_amounts
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.nok import Nok
from streak_infor_orchestration.twins.m3.order import (
    CREATED,
    CREDIT_STOPPED,
    HEAD_ERROR,
    INTERRUPTED,
    LINE_ERROR,
    Order,
)
from streak_infor_orchestration.twins.m3.sent import Sent, number
from streak_infor_orchestration.twins.m3.table import Row
from streak_infor_orchestration.twins.m3.temporary import temporary

WHY = {
    HEAD_ERROR: ("OI27515", "Error in order head"),
    LINE_ERROR: ("OI27525", "Error in order line"),
    CREDIT_STOPPED: ("OI27530", "The order is credit stopped"),
    INTERRUPTED: ("OI27555", "Abnormal interruption"),
}
"""MSID and text by the status that a Confirm may leave a temporary order in."""

BLOCKED = ("1", "2", "3")
"""BLCD of a customer under a credit stop."""


def confirm(books: Books, sent: Sent) -> list[Row]:
    """The temporary order becomes a real one under a new number, or stays where something is wrong."""
    order = temporary(books, sent, open_only=True)
    if not order.lines:
        raise Nok("OI27520", f"Temporary order {order.number} has no lines", "ORNO")
    if held := _hindrance(books, order):
        status, message, about = held
        _hold(books, order, status, message, about)
        if books.habits.confirm_tells:
            return [{"ORNO": order.number, "STAT": status}]
        raise Nok(WHY[status][0], message, "ORNO")
    return [{"ORNO": release(books, order), "STAT": "22"}]


def release(books: Books, order: Order) -> str:
    """Makes the real order, whatever the temporary one's status, and answers its number."""
    stopped = order.head["STAT"] == CREDIT_STOPPED or _is_blocked(books, order)
    head = {
        name: value for name, value in order.head.items() if name not in ("STAT", "ORNR", "CHNO", "_made")
    }
    head |= {
        "ORNO": books.number("order"),
        "OBLC": "1" if stopped and books.habits.stops_instead_of_30 else "0",
    }
    real = replace(
        order,
        head=books.stamp(head),
        lines=[dict(line) for line in order.lines],
        charges=dict(order.charges),
        texts=list(order.texts),
        messages=[],
    )
    books.orders.put(real)
    order.head.update({"STAT": CREATED, "ORNR": real.number})
    order.messages.clear()
    books.stamp(order.head)
    return real.number


def _hold(books: Books, order: Order, status: str, message: str, about: str) -> None:
    order.head["STAT"] = status
    code = WHY[status][0]
    order.messages.append({"LEVL": "2", "MDTA": about, "TX60": message[:60], "MSID": code})
    books.stamp(order.head)


def _hindrance(books: Books, order: Order) -> tuple[str, str, str] | None:
    """(status, text, what it is about) of what keeps the order from being made."""
    if books.held_confirms:
        armed = books.held_confirms.pop(0)
        return armed["STAT"], armed.get("TX60") or WHY[armed["STAT"]][1], armed.get("MDTA", "")
    customer = books.customers.get(order.head["CUNO"])
    if customer is None or customer["STAT"] >= "90":
        return HEAD_ERROR, f"Customer {order.head['CUNO']} cannot order", order.head["CUNO"]
    for line in order.lines:
        item = books.items.get(line["ITNO"])
        if item is None or item["STAT"] != "20":
            return LINE_ERROR, f"Item {line['ITNO']} cannot be sold", line["ITNO"]
    if not books.habits.stops_instead_of_30 and _is_blocked(books, order):
        return CREDIT_STOPPED, f"Customer {customer['CUNO']} is credit stopped", customer["CUNO"]
    return None


def _is_blocked(books: Books, order: Order) -> bool:
    """By a stop on the customer, or a credit limit that this order passes."""
    customer = books.customers.get(order.head["CUNO"])
    if customer is None:
        return False
    limit = number("CRLM", customer.get("CRLM") or "0")
    return customer.get("BLCD") in BLOCKED or 0 < limit < order_amounts(books, order)["TOPY"]


OIS100MI = {"Confirm": confirm}
