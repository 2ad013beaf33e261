"""What an order comes to, as M3 computes it. Contract, G.1: NTAM net lines, VTAM tax, TOPY total with tax."""

from decimal import Decimal, localcontext

from streak_infor_orchestration.twins.erp.money import EXACT, amount_text, price_text, rounded
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.order import DELETED, ZERO, Order, line_status, quantity
from streak_infor_orchestration.twins.m3.table import Row

PERCENTAGES = tuple(f"DIP{n}" for n in range(1, 7))
AMOUNTS = tuple(f"DIA{n}" for n in range(1, 7))
NO_VAT = "00"
"""The VAT code of a customer who pays none."""


def unit_net(books: Books, line: Row) -> Decimal:
    """Net price of one basic unit: SAPR of SACD units less percentages, then less amounts where they are a unit's."""
    with localcontext(EXACT):
        price = Decimal(line["SAPR"] or 0) / Decimal(line["SACD"] or 1)
        for name in PERCENTAGES:
            if given := line.get(name):
                price -= price * Decimal(given) / 100
        if books.habits.discount_amounts == "unit":
            price -= _discount_amounts(line)
        return price


def line_net(books: Books, line: Row, currency: str) -> Decimal:
    """NLAM."""
    with localcontext(EXACT):
        exact = quantity(line) * unit_net(books, line)
        if books.habits.discount_amounts == "line":
            exact -= _discount_amounts(line)
        return rounded(exact, currency)


def _discount_amounts(line: Row) -> Decimal:
    return sum((Decimal(line[name]) for name in AMOUNTS if line.get(name)), ZERO)


def line_vat(books: Books, order: Order, line: Row) -> Decimal:
    """The item's rate of the net, unless the customer pays none."""
    if order.head.get("VTCD", NO_VAT) == NO_VAT:
        return ZERO
    item = books.items.get(line["ITNO"])
    rate = Decimal(item["_vat"]) if item else ZERO
    currency = order.head["CUCD"]
    return rounded(line_net(books, line, currency) * rate, currency)


def counted(order: Order) -> list[Row]:
    """The lines that are not deleted."""
    return [line for line in order.lines if line_status(line) != DELETED]


def order_amounts(books: Books, order: Order) -> dict[str, Decimal]:
    """By the names of GetHead and GetOrderValue."""
    currency = order.head["CUCD"]
    lines = counted(order)
    net = sum((line_net(books, line, currency) for line in lines), ZERO)
    charges = sum((Decimal(charge["CRAM"]) for charge in order.charges.values()), ZERO)
    vat = sum((line_vat(books, order, line) for line in lines), ZERO)
    gross = sum(
        (rounded(quantity(line) * Decimal(line["SAPR"] or 0) / Decimal(line["SACD"] or 1), currency))
        for line in lines
    )
    return {
        "NTAM": net,
        "BRAM": Decimal(gross),
        "ODAM": ZERO,
        "ONET": net,
        "EXAM": charges,
        "EFAM": ZERO,
        "ORVA": net + charges,
        "VTAM": vat,
        "TOAM": net + charges + vat,
        "ROAM": ZERO,
        "TOPY": net + charges + vat,
    }


def amount_fields(books: Books, order: Order) -> Row:
    currency = order.head["CUCD"]
    return {name: amount_text(amount, currency) for name, amount in order_amounts(books, order).items()}


def line_fields(books: Books, order: Order, line: Row) -> Row:
    """What a line answers beside what was given for it."""
    currency = order.head["CUCD"]
    net = amount_text(line_net(books, line, currency), currency)
    with localcontext(EXACT):
        net_price = unit_net(books, line) * Decimal(line["SACD"] or 1)
    return {
        **line,
        "ORST": line_status(line),
        "NLAM": net,
        "LNA2": net,
        "NEPR": price_text(net_price, currency),
        "ORQA": line["ORQT"],
        "DLQT": line.get("DLQT", "0"),
        "ALQT": line.get("ALQT", "0"),
        "IVQT": line.get("IVQT", "0"),
        "CUCD": currency,
        "SUNO": "",
    }
