"""OIS100MI *Batch* and OIS275MI: temporary orders, from the head to Confirm. Contract, B.6."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from streak_infor_orchestration.twins.m3.amounts import order_amounts
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.heads import check_codes, new_head
from streak_infor_orchestration.twins.m3.lines import add_line, find_line
from streak_infor_orchestration.twins.m3.nok import Nok, missing
from streak_infor_orchestration.twins.m3.order import (
    CREATED,
    CREDIT_STOPPED,
    HEAD_ERROR,
    HEAD_OK,
    LINE_ERROR,
    Order,
)
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent, number
from streak_infor_orchestration.twins.m3.table import Row

WHY = {
    HEAD_ERROR: ("OI27515", "Error in order head"),
    LINE_ERROR: ("OI27525", "Error in order line"),
    CREDIT_STOPPED: ("OI27530", "The order is credit stopped"),
    "55": ("OI27555", "Abnormal interruption"),
}
"""MSID and text by the status that a Confirm may leave a temporary order in."""

ALREADY_CREATED = "OI27590"

BLOCKED = ("1", "2", "3")
"""BLCD of a customer under a credit stop."""


def temporary(books: Books, sent: Sent, *, open_only: bool = False) -> Order:
    """Raises NOK when there is none, or with ``open_only`` when it has become a real order."""
    order = books.temporary.get(sent["ORNO"])
    if order is None:
        raise missing("ORNO", "Temporary order number", sent["ORNO"])
    if open_only and order.head["STAT"] == CREATED:
        raise Nok(
            ALREADY_CREATED,
            f"Temporary order {order.number} has been created as {order.head['ORNR']}",
            "ORNO",
        )
    return order


def add_head(books: Books, sent: Sent) -> list[Row]:
    head = new_head(books, sent) | {"ORNO": books.number("temporary"), "STAT": HEAD_OK, "ORNR": ""}
    books.temporary.put(Order(head))
    return [{"ORNO": head["ORNO"]}]


def change_head(books: Books, sent: Sent) -> list[Row]:
    order = temporary(books, sent, open_only=True)
    names = set(CONTRACT["OIS100MI"]["ChgBatchHead"].inputs) - {"ORNO", "CONO"}
    changed = {**order.head, **sent.filled(names)}
    check_codes(books, changed)
    order.head.update(books.stamp(changed))
    books.temporary.put(order)
    return []


def add_batch_line(books: Books, sent: Sent) -> list[Row]:
    order = temporary(books, sent, open_only=True)
    line = add_line(books, order, sent)
    books.stamp(order.head)
    return [line]


def delete_batch_line(books: Books, sent: Sent) -> list[Row]:
    order = temporary(books, sent, open_only=True)
    order.lines.remove(find_line(order, sent))
    books.stamp(order.head)
    return []


def delete_head(books: Books, sent: Sent) -> list[Row]:
    books.temporary.remove(temporary(books, sent, open_only=True).number)
    return []


def add_address(books: Books, sent: Sent) -> list[Row]:
    order = temporary(books, sent, open_only=True)
    names = CONTRACT["OIS100MI"]["AddBatchAddress"].inputs
    order.addresses[sent["ADRT"]] = sent.filled(names)
    return []


def add_text(books: Books, sent: Sent) -> list[Row]:
    """Kept as text of the head; texts of lines are checked and forgotten."""
    order = temporary(books, sent, open_only=True)
    if sent["PONR"] and sent.number("PONR"):
        find_line(order, sent)
    else:
        order.texts.append(sent["PARM"])
    return []


def add_charge(books: Books, sent: Sent) -> list[Row]:
    put_charge(books, temporary(books, sent, open_only=True), sent)
    return []


def put_charge(books: Books, order: Order, sent: Sent) -> None:
    """Raises NOK for a charge that the company does not have."""
    known = books.charges.get(sent["CRID"])
    if known is None:
        raise missing("CRID", "Charge", sent["CRID"])
    amount = number("CRAM", sent["CRAM"]) if sent["CRAM"] else Decimal(known["CRAM"])
    text = sent["CRD0"] or known["CRD0"]
    order.charges[sent["CRID"]] = {**known, "CRAM": f"{amount:f}", "CRD0": text}


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


def get_head(books: Books, sent: Sent) -> list[Row]:
    order = temporary(books, sent)
    return [{**order.head, "NTAM": f"{order_amounts(books, order)['NTAM']:f}"}]


def get_order_number(books: Books, sent: Sent) -> list[Row]:
    return [{"ORNR": temporary(books, sent).head["ORNR"]}]


def get_status(books: Books, sent: Sent) -> list[Row]:
    return [temporary(books, sent).head]


def list_heads(books: Books, sent: Sent) -> Iterator[Row]:
    """All of a customer's, those that have become real orders too."""
    return (order.head for order in books.temporary.of("CUNO", sent["CUNO"]))


def list_lines(books: Books, sent: Sent) -> list[Row]:
    return temporary(books, sent).lines


def list_messages(books: Books, sent: Sent) -> list[Row]:
    return temporary(books, sent).messages


def search_lines(books: Books, sent: Sent) -> Iterator[Row]:
    rows = ({**order.head, **line} for order in books.temporary.all() for line in order.lines)
    return search(books, rows, sent["SQRY"])


OIS100MI = {
    "AddBatchAddress": add_address,
    "AddBatchHead": add_head,
    "AddBatchHeadChg": add_charge,
    "AddBatchLine": add_batch_line,
    "AddBatchText": add_text,
    "ChgBatchHead": change_head,
    "Confirm": confirm,
    "DelBatchHead": delete_head,
    "DelBatchLine": delete_batch_line,
    "GetBatchHead": get_head,
    "GetOrderNo": get_order_number,
    "LstBatchHead": list_heads,
    "LstBatchLine": list_lines,
    "LstErrMsgOrder": list_messages,
}
OIS275MI = {
    "GetBatchHead": get_head,
    "GetTmpOrderStat": get_status,
    "LstBatchLine": list_lines,
    "SearchBatchLine": search_lines,
}
