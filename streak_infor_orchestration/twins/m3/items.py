"""MMS200MI and MMS060MI, items and their balances; OIS320MI, what a customer pays. Contract, B.8."""

from collections.abc import Iterator
from decimal import Decimal

from streak_infor_orchestration.twins.erp.money import amount_text, price_text, quantity_text, rounded
from streak_infor_orchestration.twins.m3.books import COMPANY, Books
from streak_infor_orchestration.twins.m3.customers import customer
from streak_infor_orchestration.twins.m3.nok import Nok, invalid, missing
from streak_infor_orchestration.twins.m3.order import ZERO
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row

RELEASED = "20"
FAR_BACK, FAR_AHEAD = "00000000", "99999999"


def item(books: Books, number: str) -> Row:
    row = books.items.get(number)
    if row is None:
        raise missing("ITNO", "Item number", number)
    return row


def saleable(books: Books, number: str) -> Row:
    """Raises NOK for an item that is not released."""
    row = item(books, number)
    if row["STAT"] != RELEASED:
        raise Nok("WIT0110", f"Item number {number} has status {row['STAT']}", "ITNO")
    return row


def price(books: Books, buyer: str, row: Row, currency: str) -> Decimal:
    """What M3 sets itself: the customer's price, else the item's own where it is in that currency, else nothing."""
    agreed = books.prices.get(buyer, row["ITNO"], currency)
    if agreed is not None:
        return Decimal(agreed["SAPR"])
    return Decimal(row["SAPR"]) if row["CUCS"] == currency else ZERO


def get(books: Books, sent: Sent) -> list[Row]:
    return [item(books, sent["ITNO"])]


def list_from(books: Books, sent: Sent) -> Iterator[Row]:
    return (row for row in books.items.listed() if row["ITNO"] >= sent["ITNO"])


def list_changed(books: Books, sent: Sent) -> Iterator[Row]:
    first, last = sent["FLMD"] or FAR_BACK, sent["TLMD"] or FAR_AHEAD
    return (row for row in books.items.listed() if first <= row["LMDT"] <= last)


def search_items(books: Books, sent: Sent) -> Iterator[Row]:
    return search(books, books.items.listed(), sent["SQRY"])


def get_balance(books: Books, sent: Sent) -> list[Row]:
    item(books, sent["ITNO"])
    row = books.balances.get(sent["WHLO"], sent["ITNO"])
    if row is None:
        raise missing("WHLO", "Item/warehouse", sent["WHLO"])
    return [_balance(row)]


def list_warehouses_of_item(books: Books, sent: Sent) -> Iterator[Row]:
    """From WHLO on, of ITNO when it is given."""
    return (
        {**row, "STAT": RELEASED, "ITDS": item(books, row["ITNO"])["ITDS"]}
        for row in books.balances.listed()
        if sent["ITNO"] in ("", row["ITNO"]) and row["WHLO"] >= sent["WHLO"]
    )


def list_balances_of_item(books: Books, sent: Sent) -> Iterator[Row]:
    item(books, sent["ITNO"])
    return (
        _balance(row) | {"WHSL": "STOCK", "STAS": "2", "UNMS": item(books, row["ITNO"])["UNMS"]}
        for row in books.balances.listed()
        if row["ITNO"] == sent["ITNO"] and row["WHLO"] >= sent["WHLO"]
    )


def list_sums(books: Books, sent: Sent) -> Iterator[Row]:
    return (
        _balance(row)
        for row in books.balances.listed()
        if row["WHLO"] == sent["WHLO"] and row["ITNO"] >= sent["ITNO"]
    )


def _balance(row: Row) -> Row:
    """AV01 and AVAL are what is left of STQT, AV02 too: nothing is on order here."""
    left = quantity_text(Decimal(row["STQT"]) - Decimal(row["ALQT"]))
    return {**row, "CONO": COMPANY, "AV01": left, "AVAL": left, "AV02": left, "ORQT": "0", "REQT": "0"}


def get_price_line(books: Books, sent: Sent) -> list[Row]:
    """The price per SACD units of SPUN, and the net line for ORQA."""
    buyer, row = customer(books, sent["CUNO"]), item(books, sent["ITNO"])
    for unit in ("ALUN", "SPUN"):
        if sent[unit] not in ("", row["UNMS"]):
            raise missing(unit, "Unit", sent[unit])
    currency = sent["CUCD"] or buyer["CUCD"]
    quantity = sent.number("ORQA", Decimal(1))
    if quantity < 0:
        raise invalid("ORQA", "The quantity is negative")
    each = price(books, buyer["CUNO"], row, currency)
    written = price_text(each, currency)
    return [
        {
            "WHLO": sent["WHLO"] or buyer["WHLO"],
            "ORDT": sent["ORDT"] or books.today(),
            "ORQA": quantity_text(quantity),
            "ORQS": quantity_text(quantity),
            "ALUN": row["UNMS"],
            "SPUN": row["UNMS"],
            "SACD": row["SACD"],
            "CUCD": currency,
            "SAPR": written,
            "NETP": written,
            "LNAM": amount_text(rounded(each * quantity / Decimal(row["SACD"]), currency), currency),
            **{f"DIA{n}": "0" for n in range(1, 7)},
            **{f"DIP{n}": "0" for n in range(1, 7)},
        }
    ]


MMS200MI = {
    "Get": get,
    "GetItmBasic": get,
    "GetItmPrice": get,
    "GetItmWhsBal": get_balance,
    "LstItmByChgDate": list_changed,
    "LstItmByItm": list_from,
    "LstItmWhsByItm": list_warehouses_of_item,
    "SearchItem": search_items,
}
MMS060MI = {"LstSumQty": list_sums, "LstViaItem": list_balances_of_item}
OIS320MI = {"GetPriceLine": get_price_line}
