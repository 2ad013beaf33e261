"""The line of an order, temporary or real: what is checked and filled in before it stands. Contract, B.6."""

from decimal import Decimal

from streak_infor_orchestration.twins.erp.money import price_text, quantity_text
from streak_infor_orchestration.twins.m3.amounts import AMOUNTS, PERCENTAGES
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.items import price, saleable
from streak_infor_orchestration.twins.m3.nok import Nok, invalid, missing
from streak_infor_orchestration.twins.m3.order import Order, quantity
from streak_infor_orchestration.twins.m3.sent import Sent, number
from streak_infor_orchestration.twins.m3.table import Row

GIVEN = frozenset(CONTRACT["OIS100MI"]["AddBatchLine"].inputs) | frozenset(
    CONTRACT["OIS100MI"]["AddOrderLine"].inputs
)
DISCOUNTS = (*AMOUNTS, *PERCENTAGES)


def add_line(books: Books, order: Order, sent: Sent) -> Row:
    """The next line: in the item's basic unit, at the price that was sent or that M3 sets. Raises NOK."""
    item = saleable(books, sent["ITNO"])
    for unit in ("ALUN", "SPUN"):
        if sent[unit] not in ("", item["UNMS"]):
            raise missing(unit, "Unit", sent[unit])
    ordered = sent.number("ORQT")
    if ordered <= 0:
        raise invalid("ORQT", "The order quantity must be greater than zero")
    warehouse = sent["WHLO"] or order.head["WHLO"]
    if not books.warehouses.get(warehouse):
        raise missing("WHLO", "Warehouse", warehouse)
    when = sent["DWDT"] or sent["DWDZ"] or order.head["RLDT"]
    _refuse_duplicate(books, order, item["ITNO"], when)
    line = {
        **sent.filled(GIVEN),
        "PONR": str(max((int(line["PONR"]) for line in order.lines), default=0) + 1),
        "POSX": "0",
        "ATNR": "0",
        "ITNO": item["ITNO"],
        "ITDS": sent["ITDS"] or item["ITDS"][:30],
        "ORQT": quantity_text(ordered),
        "ALUN": item["UNMS"],
        "SPUN": item["UNMS"],
        "WHLO": warehouse,
        "DWDT": when,
        "DWDZ": when,
        **price_fields(books, order, item, sent),
    }
    order.lines.append(line)
    return line


def price_fields(books: Books, order: Order, item: Row, sent: Sent) -> Row:
    """SAPR per SACD units, and the discounts as numbers."""
    currency = order.head["CUCD"]
    per = sent.number("SACD", Decimal(1))
    if per <= 0:
        raise invalid("SACD", "The price quantity must be greater than zero")
    each = sent.number("SAPR") if sent["SAPR"] else price(books, order.head["CUNO"], item, currency)
    if each < 0:
        raise invalid("SAPR", "The sales price is negative")
    discounts = {name: f"{number(name, sent[name]):f}" for name in DISCOUNTS if sent[name]}
    return {"SAPR": price_text(each, currency), "SACD": quantity_text(per), **discounts}


def find_line(order: Order, sent: Sent) -> Row:
    line = order.line(sent.number("PONR"), sent.number("POSX"))
    if line is None:
        raise missing("PONR", "Order line", sent["PONR"])
    return line


def is_moving(line: Row) -> bool:
    """Whether something of it is on a picking list or has left: then it can no longer be taken away."""
    return any(quantity(line, name) > 0 for name in ("_picked", "DLQT", "IVQT"))


def _refuse_duplicate(books: Books, order: Order, item: str, when: str) -> None:
    """OT66 of the order type: one item and delivery date may stand only once in an order. Contract, F."""
    order_type = books.order_types.get(order.head["ORTP"])
    once = order_type is not None and order_type["OT66"] == "1"
    if once and any((line["ITNO"], line["DWDT"]) == (item, when) for line in order.lines):
        raise Nok("OI10012", f"Item {item} is already on the order for that date", "ITNO")
