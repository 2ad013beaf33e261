"""The campaign's oracle goes red for each thing that can be wrong, and says of what kind it is."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from streak_infor_orchestration.demo.company import PIPELINE, PROMISES, details
from streak_infor_orchestration.demo.evidence import sort_by_deal
from streak_infor_orchestration.proof.lives import Life
from streak_infor_orchestration.proof.oracle import (
    CENTS,
    CONTENT,
    LOST,
    TWICE,
    UNCONVERGED,
    examine,
    examine_ledger,
)
from streak_infor_orchestration.proof.standing import Unfinished

State = dict[str, Any]

PAID, REFUSED, LEFT, LAST, GONE = "Paid", "Refused", "Lost", "Only looked at", "Deleted"
LIVES = {
    PAID: Life(PAID, "paid in parts", 1),
    REFUSED: Life(REFUSED, "refused", 1),
    LEFT: Life(LEFT, "lost once ordered", 2),
    GONE: Life(GONE, "gone once ordered", 2),
}
TYPED = {"Signed on": "23.11.2026", "Requested ship": 1796644800000, "Ship via": "Ground", "Region": "north"}
LINE = {"SKU 1": "BRK-1001", "Qty 1": "2", "Price 1": "50.05"}
SHOWN = {"ERP order": "SO-1", "ERP status": "Invoiced", "ERP invoice": "INV-1", "Payment status": "Paid"}


def box(key: str, name: str, stage: str, buyer: str, **fields: str) -> State:
    values = {**TYPED, **LINE, **fields}
    buyers = [{"key": buyer, "isStarred": True}]
    return {"key": key, "name": name, "stageName": stage, "organizations": buyers, "fieldsByName": values}


def order(key: str, of: State, customer: str, status: str) -> State:
    lines = [{"Product": "BRK-1001", "Quantity": "2", "Price": "50.05"}]
    known = {"OrderID": key, "CustomerID": customer, "Currency": "EUR", "OrderStatus": status}
    return {**known, "TotalAmount": "100.10", "LineItems": lines, **details(of)}


def well() -> State:
    """Everything as it should be: one deal paid, one refused, one lost once ordered, one deleted after its own,
    one nobody decided on."""
    paid = box("b1", PAID, "Closed-Won", "o1") | {"fieldsByName": {**TYPED, **LINE, **SHOWN}}
    refused = box("b2", REFUSED, "Proposal Accepted", "o1", **{"SKU 1": "BRK-9999"})
    left = box("b3", LEFT, "Closed-Lost", "o2", **{"ERP order": "SO-2", "ERP status": "Open"})
    comments = [
        ("b1", "Order SO-1 over 100.10 EUR created in ERP"),
        ("b1", "Invoice INV-1 over 100.10 EUR issued"),
        ("b1", "40.00 EUR paid, 60.10 EUR of invoice INV-1 are open"),
        ("b1", "Invoice INV-1 is paid in full"),
        ("b2", "Not in the ERP yet. There is no product BRK-9999."),
        ("b3", "Order SO-2 over 100.10 EUR created in ERP"),
        ("b3", "Needs attention. The deal is at 'Closed-Lost', but order SO-2 exists."),
    ]
    amounts = {"TotalAmount": "100.10", "PaidAmount": "100.10", "Balance": "0.00"}
    invoice = {"InvoiceID": "INV-1", "OrderID": "SO-1", "Currency": "EUR", "Status": "Paid", **amounts}
    return deepcopy(
        {
            "boxes": [paid, refused, left, box("b4", LAST, "Lead", "o3")],
            "comments": [{"boxKey": key, "message": text} for key, text in comments],
            "salesorders": [
                order("SO-1", paid, "C-1", "Invoiced"),
                order("SO-2", left, "C-2", "Open"),
                order("SO-4", left | {"name": GONE}, "C-2", "Open"),
            ],
            "invoices": [invoice],
            "creditnotes": [],
            "payments": [{"InvoiceID": "INV-1", "Amount": amount} for amount in ("40.00", "60.10")],
            "customers": [{"CustomerID": "C-1", "Name": "one"}, {"CustomerID": "C-2", "Name": "two"}],
            "products": [],
            "violations": [],
        }
    )


def kinds(state: State) -> set[str]:
    evidence = sort_by_deal(PIPELINE, state, state, state["violations"])
    return {wrong.kind for wrong in examine(evidence, LIVES, PROMISES)}


def without(state: State, text: str) -> None:
    state["comments"] = [comment for comment in state["comments"] if not comment["message"].startswith(text)]


def test_it_is_content_when_all_is_well() -> None:
    assert kinds(well()) == set()


def test_what_was_over_before_anybody_looked_need_not_be_told() -> None:
    state = well()
    without(state, "40.00 EUR paid")
    assert kinds(state) == set()


@pytest.mark.parametrize(
    ("kind", "harm"),
    [
        (LOST, lambda s: s["salesorders"].pop()),
        (LOST, lambda s: s["salesorders"].pop(1)),
        (TWICE, lambda s: s["salesorders"].append({**s["salesorders"][2], "OrderID": "SO-3"})),
        (TWICE, lambda s: s["salesorders"].append({**s["salesorders"][1], "OrderID": "SO-3"})),
        (
            TWICE,
            lambda s: s["salesorders"].append(
                {**s["salesorders"][1], "OrderID": "SO-3", "OrderDescription": "x"}
            ),
        ),
        (TWICE, lambda s: s["salesorders"][1].update(OrderDescription=REFUSED)),
        (LOST, lambda s: s["invoices"].pop()),
        (TWICE, lambda s: s["invoices"].append({**s["invoices"][0], "InvoiceID": "INV-2"})),
        (TWICE, lambda s: s["invoices"].append({**s["invoices"][0], "OrderID": "SO-2"})),
        (TWICE, lambda s: s["customers"].append({"CustomerID": "C-3", "Name": "one"})),
        (CONTENT, lambda s: s["salesorders"][1].update(CustomerID="C-1")),
        (CENTS, lambda s: s["salesorders"][0].update(TotalAmount="100.11")),
        (CENTS, lambda s: s["salesorders"][1].update(TotalAmount="100.09")),
        (CENTS, lambda s: s["invoices"][0].update(Balance="0.01")),
        (CONTENT, lambda s: s["salesorders"][1]["LineItems"][0].update(Quantity="1")),
        (CONTENT, lambda s: s["salesorders"][0].update(ShippingMethod="UPSA")),
        (UNCONVERGED, lambda s: s["boxes"][0]["fieldsByName"].update({"ERP status": "Open"})),
        (UNCONVERGED, lambda s: s["boxes"][2]["fieldsByName"].pop("ERP order")),
        (LOST, lambda s: without(s, "Invoice INV-1 is paid")),
        (TWICE, lambda s: s["comments"].append(s["comments"][0])),
        (CONTENT, lambda s: s["comments"].append({"boxKey": "b4", "message": "Order SO-9 created in ERP"})),
        (CONTENT, lambda s: s["comments"].append({"boxKey": "b1", "message": "Needs attention. Who knows."})),
        (LOST, lambda s: without(s, "Not in the ERP yet")),
        (CONTENT, lambda s: s["violations"].append({"method": "GET", "path": "/", "detail": "no"})),
    ],
)
def test_each_harm_is_seen_as_what_it_is(kind: str, harm: Callable[[State], object]) -> None:
    state = well()
    harm(state)
    assert kind in kinds(state)


def test_that_an_invoice_is_awaited_may_be_told_once() -> None:
    state = well()
    awaited = {"boxKey": "b1", "message": "The deal is won; the invoice of order SO-1 is awaited: by itself."}
    state["comments"].append(awaited)
    assert kinds(state) == set()
    state["comments"].append(awaited)
    assert kinds(state) == {TWICE}


STORY: State = {"dead_letter": None, "pending": None, "effects": [{"key": "deal:b1", "state": "confirmed"}]}
LETTER = {"message": "no such product"}
QUIET = Unfinished(waiting=0, leased=0, unsettled=0, dead_letters=0)


def ledger(standing: Unfinished = QUIET, paid: State = STORY, refused: State | None = None) -> set[str]:
    stories = {PAID: paid, REFUSED: refused or {**STORY, "dead_letter": LETTER}}
    return {wrong.kind for wrong in examine_ledger(standing, stories, LIVES)}


def test_a_ledger_at_rest_is_well() -> None:
    assert ledger() == set()


def test_the_ledgers_own_wrongs_are_seen() -> None:
    assert (
        ledger(Unfinished(1, 0, 0, 0))
        == ledger(Unfinished(0, 1, 0, 0))
        == ledger(Unfinished(0, 0, 1, 0))
        == {UNCONVERGED}
    )
    assert ledger(paid={**STORY, "dead_letter": LETTER}) == {UNCONVERGED}
    assert ledger(paid={**STORY, "pending": {"lane": "live"}}) == {UNCONVERGED}
    assert ledger(paid={**STORY, "effects": [{"key": "deal:b1", "state": "unknown"}]}) == {UNCONVERGED}
    assert ledger(refused=STORY) == {LOST}
