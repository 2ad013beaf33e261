"""CRS610MI: customers, made from a template, and their addresses. Contract, B.8, G.1 and appendix 1."""

from collections.abc import Iterable, Iterator

from streak_infor_orchestration.twins.erp.codes import COUNTRIES, MINOR_UNITS
from streak_infor_orchestration.twins.m3.books import COMPANY, Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.handler import Handler
from streak_infor_orchestration.twins.m3.nok import Nok, invalid, missing, present
from streak_infor_orchestration.twins.m3.search import search
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row

PROGRAM = "CRS610MI"
ACTIVE, CLOSED = "20", "90"
NOT_COPIED = frozenset({"CUNO", "RGDT", "RGTM", "LMDT", "LMTS", "CHNO", "CHID"})


def customer(books: Books, number: str) -> Row:
    """Raises XIM0002."""
    row = books.customers.get(number)
    if row is None:
        raise missing("CUNO", "Customer number", number)
    return row


def buyer(books: Books, number: str) -> Row:
    """A customer that may order. Raises NOK for one that is closed, or a template."""
    row = customer(books, number)
    if row["STAT"] >= CLOSED or row.get("_template"):
        raise Nok("XIM0003", f"Customer {number} has status {row['STAT']} and cannot order", "CUNO")
    return row


def add(books: Books, sent: Sent) -> list[Row]:
    """A copy of the template, with what was sent put in its place."""
    template = books.customers.get(sent["CUTM"])
    if template is None or not template.get("_template"):
        raise missing("CUTM", "Template customer", sent["CUTM"])
    number = sent["CUNO"] or books.number("customer")
    if books.customers.get(number):
        raise present("CUNO", "Customer number", number)
    copied = {name: value for name, value in template.items() if name not in NOT_COPIED and name[0] != "_"}
    given = sent.filled(CONTRACT[PROGRAM]["Add"].inputs)
    given.pop("CUTM")
    row = {**copied, **given, "CUNO": number, "CONO": COMPANY, "PYNO": number}
    _check_codes(books, row)
    books.customers.put(books.stamp(row))
    return [{"CUNO": number, "ERRM": ""}]


def _change(transaction: str) -> Handler:
    names = set(CONTRACT[PROGRAM][transaction].inputs) - {"CUNO", "CONO", "DIVI", "CHNO"}

    def act(books: Books, sent: Sent) -> list[Row]:
        row = customer(books, sent["CUNO"])
        refuse_stale(row, sent)
        changed = {**row, **sent.filled(names)}
        _check_codes(books, changed)
        books.customers.put(books.stamp(changed))
        return [{"CUNO": row["CUNO"]}]

    return act


def refuse_stale(row: Row, sent: Sent) -> None:
    """Contract, B.5: CHNO is an optimistic change number."""
    if sent["CHNO"] and sent["CHNO"] != row.get("CHNO"):
        raise Nok("XRE0103", "The record has been changed by another user", "CHNO")


def _check_codes(books: Books, row: Row) -> None:
    """Codes that are kept elsewhere must exist there."""
    if row.get("CSCD") and row["CSCD"] not in COUNTRIES:
        raise missing("CSCD", "Country", row["CSCD"])
    if row.get("CUCD") and row["CUCD"] not in MINOR_UNITS:
        raise missing("CUCD", "Currency", row["CUCD"])
    if row.get("TEPY") and not books.payment_terms.get(row["TEPY"]):
        raise missing("TEPY", "Payment terms", row["TEPY"])
    if row.get("MODL") and not books.delivery_methods.get(row["MODL"]):
        raise missing("MODL", "Delivery method", row["MODL"])
    if row.get("STAT") and row["STAT"] not in ("10", ACTIVE, CLOSED):
        raise invalid("STAT", f"Status {row['STAT']} is not valid")


def get(books: Books, sent: Sent) -> list[Row]:
    return [customer(books, sent["CUNO"])]


def list_by_number(books: Books, sent: Sent) -> Iterator[Row]:
    """From CUNO on; with LMTS what has changed since."""
    return (row for row in books.customers.listed() if row["CUNO"] >= sent["CUNO"] and sent.since(row))


def list_by_name(books: Books, sent: Sent) -> list[Row]:
    """From CUNM on, in the order of names."""
    found = (row for row in books.customers.listed() if row["CUNM"] >= sent["CUNM"] and sent.since(row))
    return sorted(found, key=lambda row: row["CUNM"])


def list_by_search_key(books: Books, sent: Sent) -> list[Row]:
    """From ALCU on, in the order of search keys."""
    found = (row for row in books.customers.listed() if row.get("ALCU", "") >= sent["ALCU"])
    return sorted(found, key=lambda row: row.get("ALCU", ""))


def list_templates(books: Books, sent: Sent) -> Iterator[Row]:
    return (row for row in books.customers.rows() if row.get("_template"))


def search_customers(books: Books, sent: Sent) -> Iterator[Row]:
    return search(books, books.customers.listed(), sent["SQRY"])


def add_address(books: Books, sent: Sent) -> list[Row]:
    customer(books, sent["CUNO"])
    key = (sent["CUNO"], sent["ADRT"], sent["ADID"])
    if books.addresses.get(*key):
        raise present("ADID", "Address number", sent["ADID"])
    row = {**sent.filled(CONTRACT[PROGRAM]["AddAddress"].inputs), "CONO": COMPANY}
    _check_codes(books, row)
    return [books.addresses.put(books.stamp(row))]


def change_address(books: Books, sent: Sent) -> list[Row]:
    row = _address(books, sent)
    refuse_stale(row, sent)
    names = set(CONTRACT[PROGRAM]["ChgAddress"].inputs) - {"CUNO", "ADRT", "ADID", "CONO", "CHNO"}
    changed = {**row, **sent.filled(names)}
    _check_codes(books, changed)
    books.addresses.put(books.stamp(changed))
    return []


def delete_address(books: Books, sent: Sent) -> list[Row]:
    row = _address(books, sent)
    books.addresses.remove(row["CUNO"], row["ADRT"], row["ADID"])
    return []


def get_address(books: Books, sent: Sent) -> list[Row]:
    return [_address(books, sent)]


def list_addresses(books: Books, sent: Sent) -> Iterable[Row]:
    customer(books, sent["CUNO"])
    return (
        row
        for row in books.addresses.listed()
        if row["CUNO"] == sent["CUNO"] and sent["ADRT"] in ("", row["ADRT"]) and sent.since(row)
    )


def _address(books: Books, sent: Sent) -> Row:
    row = books.addresses.get(sent["CUNO"], sent["ADRT"], sent["ADID"])
    if row is None:
        raise missing("ADID", "Address number", sent["ADID"])
    return row


CRS610MI = {
    "Add": add,
    "AddAddress": add_address,
    "ChgAddress": change_address,
    "ChgBasicData": _change("ChgBasicData"),
    "ChgFinancial": _change("ChgFinancial"),
    "ChgOrderInfo": _change("ChgOrderInfo"),
    "DeleteAddress": delete_address,
    "GetAddress": get_address,
    "GetBasicData": get,
    "GetFinancial": get,
    "GetOrderInfo": get,
    "LstAddresses": list_addresses,
    "LstByName": list_by_name,
    "LstByNumber": list_by_number,
    "LstBySearchKey": list_by_search_key,
    "LstTemplates": list_templates,
    "SearchCustomer": search_customers,
}
