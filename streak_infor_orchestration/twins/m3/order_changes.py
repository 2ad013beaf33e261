"""OIS100MI: what changes a real order, and what makes one without a temporary order. Contract, B.6 and B.8."""

from streak_infor_orchestration.twins.erp.money import quantity_text
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.heads import new_head
from streak_infor_orchestration.twins.m3.items import item
from streak_infor_orchestration.twins.m3.lines import DISCOUNTS, add_line, find_line, is_moving, price_fields
from streak_infor_orchestration.twins.m3.nok import Nok, invalid, missing
from streak_infor_orchestration.twins.m3.order import CLOSED, DELETED, Order, line_status
from streak_infor_orchestration.twins.m3.orders import real
from streak_infor_orchestration.twins.m3.sent import Sent, number
from streak_infor_orchestration.twins.m3.table import Row
from streak_infor_orchestration.twins.m3.temporary import put_charge

LINE_CHANGES = ("CUOR", "TEPA", "CUPA", "ADID", "DLSP", "MODL", "TEDL", "JDCD", "TEPY")


def change_references(books: Books, sent: Sent) -> list[Row]:
    order = _open(books, sent)
    names = set(CONTRACT["OIS100MI"]["ChgOrderRef"].inputs) - {"ORNO", "CONO", "IGWA"}
    order.head.update(sent.filled(names))
    return _changed(books, order)


def add_line_to_order(books: Books, sent: Sent) -> list[Row]:
    order = _open(books, sent)
    line = add_line(books, order, sent)
    _changed(books, order)
    return [{**line, "ORNO": order.number, "STAT": line_status(line)}]


def change_line(books: Books, sent: Sent) -> list[Row]:
    """Quantity (ORQA, in the basic unit) and dates, while nothing of it is on its way."""
    order = _open(books, sent)
    line = _at_rest(find_line(order, sent))
    if sent["ORQA"]:
        ordered = number("ORQA", sent["ORQA"])
        if ordered <= 0:
            raise invalid("ORQA", "The order quantity must be greater than zero")
        line["ORQT"] = quantity_text(ordered)
    if sent["DWDZ"]:
        line["DWDT"] = line["DWDZ"] = sent["DWDZ"]
    line.update(sent.filled(LINE_CHANGES))
    _changed(books, order)
    return [{"ORNO": order.number, "STAT": line_status(line)}]


def change_price(books: Books, sent: Sent) -> list[Row]:
    """SAPR, SACD and discounts; what is not sent of them stays."""
    order = _open(books, sent)
    line = _at_rest(find_line(order, sent))
    kept = {name: line[name] for name in ("SAPR", "SACD", *DISCOUNTS) if line.get(name)}
    whole = Sent({**kept, **sent.filled(("SAPR", "SACD", *DISCOUNTS))})
    line.update(price_fields(books, order, item(books, line["ITNO"]), whole))
    return _changed(books, order)


def delete_line(books: Books, sent: Sent) -> list[Row]:
    order = _open(books, sent)
    order.lines.remove(_at_rest(find_line(order, sent)))
    _changed(books, order)
    return [{"ORNO": order.number, "STAT": order.statuses[0]}]


def close_line(books: Books, sent: Sent) -> list[Row]:
    """Complete, whatever of it was delivered; one that is closed already stays so."""
    order = real(books, sent)
    find_line(order, sent)["_over"] = CLOSED
    return _changed(books, order)


def delete_head(books: Books, sent: Sent) -> list[Row]:
    order = _open(books, sent)
    for line in order.lines:
        _at_rest(line)
    order.head["_over"] = DELETED
    return _changed(books, order)


def add_charge(books: Books, sent: Sent) -> list[Row]:
    order = _open(books, sent)
    put_charge(books, order, sent)
    return _changed(books, order)


def delete_charge(books: Books, sent: Sent) -> list[Row]:
    order = _open(books, sent)
    if order.charges.pop(sent["CRID"], None) is None:
        raise missing("CRID", "Charge", sent["CRID"])
    return _changed(books, order)


def add_order_head(books: Books, sent: Sent) -> list[Row]:
    """A real order at once, without lines."""
    head = new_head(books, sent) | {"ORNO": books.number("order")}
    books.orders.put(Order(head))
    return [{"ORNO": head["ORNO"]}]


def _open(books: Books, sent: Sent) -> Order:
    """Raises NOK for an order that is over."""
    order = real(books, sent)
    if order.head.get("_over") or (order.lines and order.statuses[0] in ("77", CLOSED)):
        raise Nok("OI10077", f"Order {order.number} has status {order.statuses[0]}", "ORNO")
    return order


def _at_rest(line: Row) -> Row:
    if is_moving(line):
        raise Nok("OI10144", f"Line {line['PONR']} has status {line_status(line)}", "PONR")
    return line


def _changed(books: Books, order: Order) -> list[Row]:
    books.stamp(order.head)
    books.orders.put(order)
    return []


OIS100MI = {
    "AddConnCOCharge": add_charge,
    "AddLineBatchEnt": add_line_to_order,
    "AddOrderHead": add_order_head,
    "AddOrderLine": add_line_to_order,
    "ChgLineBatchEnt": change_line,
    "ChgOrderRef": change_references,
    "CloLine": close_line,
    "DelConnCOCharge": delete_charge,
    "DelHead": delete_head,
    "DelLine": delete_line,
    "DelLineBatchEnt": delete_line,
    "UpdConnCOCharge": add_charge,
    "UpdPriceInfo": change_price,
}
