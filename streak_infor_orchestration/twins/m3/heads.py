"""The head of an order, temporary or real: what is checked and filled in before it stands. Contract, B.6."""

from streak_infor_orchestration.twins.erp.codes import MINOR_UNITS
from streak_infor_orchestration.twins.m3.books import DIVISION, FACILITY, WAREHOUSE, Books
from streak_infor_orchestration.twins.m3.contract import CONTRACT
from streak_infor_orchestration.twins.m3.customers import buyer
from streak_infor_orchestration.twins.m3.nok import missing
from streak_infor_orchestration.twins.m3.sent import Sent
from streak_infor_orchestration.twins.m3.table import Row, Table

GIVEN = frozenset(CONTRACT["OIS100MI"]["AddBatchHead"].inputs) | frozenset(
    CONTRACT["OIS100MI"]["AddOrderHead"].inputs
)
FROM_CUSTOMER = ("ORTP", "TEPY", "MODL", "TEDL", "CUCD", "VTCD", "LNCD", "PYNO")
"""What is not sent falls to the customer's default, the order type too (contract, H.3)."""


def new_head(books: Books, sent: Sent) -> Row:
    """A head without number and status. Raises NOK for what does not exist."""
    customer = buyer(books, sent["CUNO"])
    given = sent.filled(GIVEN)
    head = {
        **{name: customer.get(name, "") for name in FROM_CUSTOMER},
        "FACI": FACILITY,
        "WHLO": customer.get("WHLO") or WAREHOUSE,
        "ORDT": books.today(),
        **given,
        "DIVI": DIVISION,
        "OBLC": "0",
    }
    head["RLDT"] = given.get("RLDT") or given.get("RLDZ") or head["ORDT"]
    head["RLDZ"] = head["RLDT"]
    check_codes(books, head)
    return books.stamp(head)


def check_codes(books: Books, head: Row) -> None:
    files: dict[str, tuple[Table, str]] = {
        "ORTP": (books.order_types, "Order type"),
        "FACI": (books.facilities, "Facility"),
        "WHLO": (books.warehouses, "Warehouse"),
        "MODL": (books.delivery_methods, "Delivery method"),
        "TEPY": (books.payment_terms, "Payment terms"),
    }
    for name, (file, what) in files.items():
        if head[name] and not file.get(head[name]):
            raise missing(name, what, head[name])
    if head["CUCD"] not in MINOR_UNITS:
        raise missing("CUCD", "Currency", head["CUCD"])
