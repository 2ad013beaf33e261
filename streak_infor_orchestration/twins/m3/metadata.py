"""MRS001MI and MNS150MI: which transactions and fields there are, and who is asking. Contract, B.3 and B.8."""

from collections.abc import Iterator

from streak_infor_orchestration.twins.m3.books import COMPANY, DIVISION, FACILITY, USER, WAREHOUSE, Books
from streak_infor_orchestration.twins.m3.contract import DATES, NUMERIC, Transaction
from streak_infor_orchestration.twins.m3.installed import installed
from streak_infor_orchestration.twins.m3.nok import missing
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row


def get_user(books: Books, sent: Sent) -> list[Row]:
    """The defaults that stand for what a call does not name; of a user who is an employee, his name and address."""
    person = next((row for row in books.employees.rows() if row["USID"] == sent["USID"] != ""), None)
    if person is None and sent["USID"] not in ("", USER):
        raise missing("USID", "User", sent["USID"])
    return [
        {
            "USID": person["USID"] if person else USER,
            "NAME": person["EMNM"] if person else "Integration",
            "EMAL": person["_email"] if person else "",
            "CONO": COMPANY,
            "DIVI": DIVISION,
            "FACI": FACILITY,
            "WHLO": WAREHOUSE,
            "LANC": "GB",
            "DTFM": "YMD",
            "DCFM": ".",
            "TIZO": "UTC",
            "CONM": "Acme Brakes",
            "USTA": "20",
        }
    ]


def list_transactions(books: Books, sent: Sent) -> Iterator[Row]:
    program = installed(books).get(sent["MINM"])
    if program is None:
        raise missing("MINM", "Program", sent["MINM"])
    return ({"MINM": sent["MINM"], "TRNM": name, "STAT": "20"} for name in sorted(program))


def list_fields(books: Books, sent: Sent) -> Iterator[Row]:
    """Of the input (TRTP I) or the output (O) of a transaction."""
    transaction = _transaction(books, sent)
    position = 16
    for rule in (transaction.inputs if sent["TRTP"] == "I" else transaction.outputs).values():
        last = position + rule.length - 1
        yield {
            "MINM": sent["MINM"],
            "TRNM": sent["TRNM"],
            "TRTP": sent["TRTP"],
            "FLNM": rule.name,
            "FLDS": rule.name,
            "FRPO": str(position),
            "TOPO": str(last),
            "LENG": str(rule.length),
            "TYPE": field_type(rule.name),
            "MAND": "1" if rule.mandatory else "0",
        }
        position = last + 1


def _transaction(books: Books, sent: Sent) -> Transaction:
    transaction = installed(books).get(sent["MINM"], {}).get(sent["TRNM"])
    if transaction is None:
        raise missing("TRNM", "Transaction", sent["TRNM"])
    return transaction


def field_type(name: str) -> str:
    """Alphanumeric, numeric or date."""
    return "D" if name in DATES else "N" if name in NUMERIC else "A"


MNS150MI = {"GetUserData": get_user}
MRS001MI = {"LstAdtFieldInf": list_fields, "LstFields": list_fields, "LstTransactions": list_transactions}
