"""OIS100MI *Batch* and OIS275MI: temporary orders, from the head to Confirm. Contract, B.6."""

from collections.abc import Iterator
from decimal import Decimal

from streak_infor_orchestration.twins.m3.amounts import order_amounts
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.heads import check_codes, new_head
from streak_infor_orchestration.twins.m3.lines import add_line, find_line
from streak_infor_orchestration.twins.m3.nok import Nok, missing
from streak_infor_orchestration.twins.m3.order import (
    CREATED,
    HEAD_OK,
    Order,
)
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent, number
from streak_infor_orchestration.twins.m3.table import Row

ALREADY_CREATED = "OI27590"


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
