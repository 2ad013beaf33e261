"""OIS100MI: real orders as they are read. Contract, B.7, B.9 and G.1."""

from collections.abc import Iterator
from decimal import Decimal

from streak_infor_orchestration.twins.m3.amounts import amount_fields, line_fields
from streak_infor_orchestration.twins.m3.books import DIVISION, Books
from streak_infor_orchestration.twins.m3.customers import customer
from streak_infor_orchestration.twins.m3.lines import find_line
from streak_infor_orchestration.twins.m3.nok import Nok, missing
from streak_infor_orchestration.twins.m3.order import DELETED, Order
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row

REST_OF_STATUSES = "99"


def real(books: Books, sent: Sent) -> Order:
    """Raises NOK when there is no such order, as it does for one that is still temporary."""
    order = books.orders.get(sent["ORNO"])
    if order is None or (order.head.get("_over") == DELETED and not books.habits.deleted_stay):
        raise missing("ORNO", "Order number", sent["ORNO"])
    return order


def shown(books: Books, order: Order) -> Row:
    """The head as Get* and Lst* answer it."""
    lowest, highest = order.statuses
    customer_row = books.customers.get(order.head["CUNO"]) or {}
    return {
        **order.head,
        **amount_fields(books, order),
        "ORSL": lowest,
        "ORST": highest,
        "STAT": lowest,
        "DIVI": DIVISION,
        "VTCD": customer_row.get("VTCD", ""),
        "VXCL": "0",
        **{name[1:]: value for name, value in order.head.items() if name[0] == "!"},
    }


def get_head(books: Books, sent: Sent) -> list[Row]:
    return [shown(books, real(books, sent))]


def listed(books: Books, order: Order) -> Iterator[Row]:
    row = shown(books, order)
    yield row
    if order.number in books.orders.doubles:
        yield row | books.orders.doubles[order.number]


def list_heads(books: Books, sent: Sent) -> Iterator[Row]:
    """Of a customer, from status ORSL to ORST. There is no filter for CUOR."""
    customer(books, sent["CUNO"])
    for order in books.orders.of("CUNO", sent["CUNO"]):
        if order.head.get("_over") == DELETED and not books.habits.deleted_stay:
            continue
        for row in listed(books, order):
            if row["ORSL"] >= sent["ORSL"] and row["ORST"] <= (sent["ORST"] or REST_OF_STATUSES):
                yield row


def search_heads(books: Books, sent: Sent) -> Iterator[Row]:
    return search(books, (shown(books, order) for order in books.orders.all()), sent["SQRY"])


def list_lines(books: Books, sent: Sent) -> Iterator[Row]:
    order = real(books, sent)
    for line in order.lines:
        row = line_fields(books, order, line)
        if row["ORST"] >= sent["ORST"] and sent["ITNO"] in ("", row["ITNO"]):
            yield row


def get_line(books: Books, sent: Sent) -> list[Row]:
    order = real(books, sent)
    return [line_fields(books, order, find_line(order, sent))]


def list_head_texts(books: Books, sent: Sent) -> list[Row]:
    return [{"LINO": str(n), "TX60": text[:60]} for n, text in enumerate(real(books, sent).texts, 1)]


def list_deliveries(books: Books, sent: Sent) -> Iterator[Row]:
    """Of one line. PGRS runs from 05 to 60."""
    order = real(books, sent)
    line = find_line(order, sent)
    return (row for row in order.deliveries if row["_line"] == line["PONR"])


def list_charges(books: Books, sent: Sent) -> Iterator[Row]:
    """OIS100MI/LstConnCOCharge and LstOrderCharge: PBAM is what is charged."""
    order = real(books, sent)
    for charge in order.charges.values():
        if sent["CRID"] in ("", charge["CRID"]):
            yield {**charge, "ORNO": order.number, "PBAM": charge["CRAM"], "CUCD": order.head["CUCD"]}


def get_stop(books: Books, sent: Sent) -> list[Row]:
    return [shown(books, real(books, sent))]


def list_stops(books: Books, sent: Sent) -> Iterator[Row]:
    """By the first NFTR of FACI, CUOR, CUNO, ORNO; whether orders without a stop are listed is a habit."""
    names = ("FACI", "CUOR", "CUNO", "ORNO")[: int(sent.number("NFTR"))]
    for order in books.orders.all():
        row = shown(books, order)
        if any(row.get(name, "") != sent[name] for name in names):
            continue
        if books.habits.stops_show_all or row["OBLC"] != "0":
            yield row | {"CUNM": customer(books, row["CUNO"])["CUNM"]}


def change_stop(books: Books, sent: Sent) -> list[Row]:
    order = real(books, sent)
    order.head["OBLC"] = sent["OBLC"] or "0"
    books.stamp(order.head)
    return []


def check_credit(books: Books, sent: Sent) -> list[Row]:
    """Refuses when the customer is stopped, or the amount passes the limit."""
    row = customer(books, sent["CUNO"])
    limit = row.get("CRLM") or "0"
    if row.get("BLCD", "0") != "0" or 0 < Decimal(limit) < sent.number("AMNT"):
        raise Nok("OI12001", f"Customer {row['CUNO']} has no credit for it", "CUNO")
    return []


OIS100MI = {
    "CheckCredit": check_credit,
    "GetHead": get_head,
    "GetLine": get_line,
    "GetOrderValue": get_head,
    "LstConnCOCharge": list_charges,
    "LstDelLineByCO": list_deliveries,
    "LstHead": list_heads,
    "LstHeadText": list_head_texts,
    "LstLine": list_lines,
    "LstOrderCharge": list_charges,
    "SearchHead": search_heads,
}
OIS120MI = {"GetCOStopInfo": get_stop, "LstCOStopByCUOR": list_stops, "UpdCOStop": change_stop}
