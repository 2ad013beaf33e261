"""Rates, order types, warehouses and the other small files. Contract, B.8."""

from collections.abc import Callable, Iterator

from streak_infor_orchestration.twins.m3.books import LOCAL_CURRENCY, Books
from streak_infor_orchestration.twins.m3.handler import Handler
from streak_infor_orchestration.twins.m3.nok import missing
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row, Table

File = Callable[[Books], Table]


def _get(file: File, field: str, what: str) -> Handler:
    def act(books: Books, sent: Sent) -> list[Row]:
        row = file(books).get(sent[field])
        if row is None:
            raise missing(field, what, sent[field])
        return [row]

    return act


def _from(file: File, field: str) -> Handler:
    """All from the key that is sent, which acts as a start value."""

    def act(books: Books, sent: Sent) -> Iterator[Row]:
        return (row for row in file(books).listed() if row[field] >= sent[field])

    return act


def list_warehouses(books: Books, sent: Sent) -> Iterator[Row]:
    last = sent["TWHL"] or "ZZZ"
    return (row for row in books.warehouses.listed() if sent["FWHL"] <= row["WHLO"] <= last)


def select_rates(books: Books, sent: Sent) -> Iterator[Row]:
    """All rates of a type that were valid on CUTD, from currency FCUR to TCUR: the newest of each until then."""
    newest: dict[str, Row] = {}
    for row in books.rates.listed():
        in_range = sent["FCUR"] <= row["CUCD"] <= (sent["TCUR"] or "ZZZ")
        if in_range and int(row["CRTP"]) == int(sent["CRTP"]) and row["CUTD"] <= sent["CUTD"]:
            newest[row["CUCD"]] = row
    return (row for row in newest.values() if sent.since(row))


def list_rates(books: Books, sent: Sent) -> Iterator[Row]:
    """Of a currency and type, from CUTD on."""
    for row in books.rates.listed():
        if (
            row["CUCD"] == sent["CUCD"]
            and int(row["CRTP"]) == int(sent["CRTP"])
            and row["CUTD"] >= sent["CUTD"]
        ):
            yield row


def list_newest_rates(books: Books, sent: Sent) -> Iterator[Row]:
    """CUC1 the local currency, CUC2 the foreign one."""
    newest = {(row["CUCD"], row["CRTP"]): row for row in books.rates.listed()}
    for row in newest.values():
        if not sent["CRTP"] or int(row["CRTP"]) == int(sent["CRTP"]):
            yield {**row, "CUC1": LOCAL_CURRENCY, "CUC2": row["CUCD"]}


CRS008MI = {
    "Get": _get(lambda books: books.facilities, "FACI", "Facility"),
    "ListFacility": _from(lambda books: books.facilities, "FACI"),
}
CRS055MI = {"LstRatesPerType": list_rates, "SelExchangeRate": select_rates}
CRS070MI = {
    "GetDelyMethod": _get(lambda books: books.delivery_methods, "MODL", "Delivery method"),
    "LstDelyMethod": _from(lambda books: books.delivery_methods, "MODL"),
}
CRS075MI = {
    "Get": _get(lambda books: books.payment_terms, "TEPY", "Payment terms"),
    "List": _from(lambda books: books.payment_terms, "TEPY"),
}
CRS175MI = {"LstCurrRates": list_newest_rates}
MMS005MI = {
    "GetWarehouse": _get(lambda books: books.warehouses, "WHLO", "Warehouse"),
    "LstWarehouses": list_warehouses,
}
OIS010MI = {"LstOrderTypes": _from(lambda books: books.order_types, "ORTP")}
