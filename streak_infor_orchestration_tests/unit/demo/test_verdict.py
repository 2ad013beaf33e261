"""The oracle of the demo goes red for each thing that can be wrong: an oracle that never does proves nothing."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from streak_infor_orchestration.demo.company import PIPELINE, PROMISES, details
from streak_infor_orchestration.demo.evidence import Evidence, sort_by_deal
from streak_infor_orchestration.demo.http import Json
from streak_infor_orchestration.demo.verdict import judge, wrongs

State = dict[str, Any]

BOX = {
    "key": "b1",
    "name": "Brandt: brakes",
    "stageName": "Closed-Won",
    "organizations": [{"key": "o1", "isStarred": True}],
    "fieldsByName": {
        "SKU 1": "BRK-1001",
        "Qty 1": "2",
        "Price 1": "100.10",
        "SKU 2": "FLD-5001",
        "Qty 2": "3",
        "Signed on": "23.11.2026",
        "Requested ship": 1796644800000,
        "Ship via": "Ground",
        "Region": "north",
        "ERP order": "SO-1",
        "ERP status": "Shipped",
        "ERP invoice": "INV-1",
        "Payment status": "PartiallyPaid",
    },
}
COMMENTS = [
    "Order SO-1 over 226.90 EUR created in ERP [ABCDEFG2]",
    "Invoice INV-1 over 226.90 EUR issued [ABCDEFG3]",
    "Order SO-1 has left the warehouse [ABCDEFG4]",
    "100.00 EUR paid, 126.90 EUR of invoice INV-1 are open [ABCDEFG5]",
]
ORDER = {
    "OrderID": "SO-1",
    "CustomerID": "C-1",
    "Currency": "EUR",
    "OrderStatus": "Shipped",
    "TotalAmount": "226.90",
    "LineItems": [
        {"Product": "BRK-1001", "Quantity": "2", "Price": "100.10"},
        {"Product": "FLD-5001", "Quantity": "3", "Price": "8.90"},
    ],
    **details(BOX),
}
INVOICE = {
    "InvoiceID": "INV-1",
    "OrderID": "SO-1",
    "Currency": "EUR",
    "Status": "PartiallyPaid",
    "TotalAmount": "226.90",
    "PaidAmount": "100.00",
    "Balance": "126.90",
}
UNDECIDED = {**BOX, "key": "b2", "name": "Mercier: brakes", "stageName": "Lead", "fieldsByName": {}}


def well() -> State:
    """Two deals, one won, shipped and partly paid, one undecided; both systems as they should be."""
    return deepcopy(
        {
            "boxes": [BOX, UNDECIDED],
            "comments": [{"boxKey": "b1", "message": message} for message in COMMENTS],
            "salesorders": [ORDER],
            "invoices": [INVOICE],
            "creditnotes": [],
            "payments": [{"InvoiceID": "INV-1", "Amount": "100.00"}],
            "customers": [{"CustomerID": "C-1"}],
            "products": [{"ProductID": "FLD-5001", "UnitPrice": "8.90"}],
            "violations": [],
        }
    )


def found(state: State) -> list[str]:
    evidence: Evidence = sort_by_deal(PIPELINE, state, state, state["violations"])
    return wrongs(judge(evidence, PROMISES))


def test_nothing_is_wrong_where_all_is_well() -> None:
    assert found(well()) == []


AWAITED = "The deal is won; the invoice of order SO-1 is awaited: the ERP makes it by itself."


def test_that_an_invoice_is_awaited_may_be_told_once() -> None:
    state = well()
    again(state, "comments", message=AWAITED)
    assert found(state) == []
    again(state, "comments", message=AWAITED)
    assert any("the box was told" in line for line in found(state))


def again(state: State, collection: str, **changes: str) -> None:
    state[collection].append({**state[collection][0], **changes})


def change(state: State, collection: str, n: int = 0, **changes: Any) -> None:
    state[collection][n].update(changes)


def fields(state: State, **changes: Any) -> None:
    typed: Json = state["boxes"][0]["fieldsByName"]
    typed.update({name.replace("_", " "): value for name, value in changes.items()})


Tamper = Callable[[State], object]
WRONGS: list[tuple[str, Tamper]] = [
    ("one order for", lambda s: again(s, "salesorders", OrderID="SO-2")),
    ("one order for", lambda s: again(s, "salesorders", OrderDescription="Mercier: brakes")),
    ("one order for", lambda s: again(s, "salesorders", OrderDescription="nobody's")),
    ("one order for", lambda s: s["salesorders"].clear()),
    ("one invoice for", lambda s: again(s, "invoices", InvoiceID="INV-2")),
    ("one invoice for", lambda s: s["invoices"].clear()),
    ("one invoice for", lambda s: change(s, "boxes", stageName="Contract Signed")),
    ("the lines typed", lambda s: s["salesorders"][0]["LineItems"].pop()),
    ("the lines typed", lambda s: fields(s, Qty_1="3")),
    ("to the cent", lambda s: change(s, "salesorders", TotalAmount="226.91")),
    ("to the cent", lambda s: change(s, "invoices", TotalAmount="226.89")),
    ("to the cent", lambda s: change(s, "payments", Amount="100.01")),
    ("to the cent", lambda s: change(s, "invoices", Balance="0.00")),
    ("dates, shipping", lambda s: change(s, "salesorders", ShippingMethod="UPSA")),
    ("dates, shipping", lambda s: change(s, "salesorders", RequestedDate="2026-01-01")),
    ("dates, shipping", lambda s: change(s, "salesorders", CustomFields={})),
    ("one customer for", lambda s: again(s, "customers", CustomerID="C-2")),
    ("one customer for", lambda s: change(s, "salesorders", CustomerID="C-2")),
    ("the box shows", lambda s: fields(s, ERP_order="SO-9")),
    ("the box shows", lambda s: fields(s, Payment_status="Paid")),
    ("the box shows", lambda s: change(s, "boxes", 1, fieldsByName={"ERP order": "SO-1"})),
    ("the box was told", lambda s: s["comments"].pop()),
    ("the box was told", lambda s: again(s, "comments")),
    ("the box was told", lambda s: again(s, "comments", boxKey="b2")),
    (
        "neither system",
        lambda s: s["violations"].append({"method": "GET", "path": "/x", "detail": "unknown parameter"}),
    ),
]


@pytest.mark.parametrize(("rule", "tamper"), WRONGS)
def test_what_is_wrong_is_found(rule: str, tamper: Tamper) -> None:
    state = well()
    tamper(state)
    assert any(rule in wrong for wrong in found(state))


def test_a_rule_with_nothing_to_look_at_has_shown_nothing() -> None:
    state = well()
    state["boxes"] = [UNDECIDED]
    for collection in ("comments", "salesorders", "invoices", "payments", "customers"):
        state[collection].clear()
    assert {
        "the lines typed on the box are the lines of the order: nothing: there was nothing to look at"
    } <= set(found(state))
