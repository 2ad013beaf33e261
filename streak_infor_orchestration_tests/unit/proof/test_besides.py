"""What the oracle says of customers that were put right and of orders that were typed: red for each thing wrong."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from streak_infor_orchestration.demo.company import Acme
from streak_infor_orchestration.proof.besides import PHONE, STREET, Besides
from streak_infor_orchestration.proof.business import Business
from streak_infor_orchestration.proof.wrong import CONTENT, LOST, TWICE, UNCONVERGED

State = dict[str, Any]


@pytest.fixture
def besides() -> Besides:
    """After one phone number was said in Streak, one street in both systems, and one order was typed."""
    business = cast(
        "Business", SimpleNamespace(parties={"Workshop": ("o1", "c1")}, customers={"Workshop": "C-1"})
    )
    found = Besides(cast("Acme", None), business, Random(1))  # nothing is drawn here
    found.values["Workshop", PHONE]["streak"] += ["+49 1", "+49 2"]
    found.values["Workshop", STREET]["streak"].append("Torstr. 1")
    found.values["Workshop", STREET]["infor"].append("Torstr. 2")
    found.typed.append("SO-9")
    return found


def at_rest() -> State:
    shown = {"ERP order": "SO-9", "ERP status": "Open"}
    return deepcopy(
        {
            "contacts": [{"key": "c1", "phoneNumbers": ["+49 2"]}],
            "organizations": [{"key": "o1", "addresses": ["Torstr. 2"]}],
            "boxes": [{"name": "Typed SO-9", "fieldsByName": shown}],
            "salesorders": [{"OrderID": "SO-9", "OrderStatus": "Open"}],
            "customers": [{"Name": "Workshop", "Phone": "+49 2", "BillingAddress": {"Line1": "Torstr. 2"}}],
        }
    )


def test_it_is_content_when_both_sides_agree(besides: Besides) -> None:
    state = at_rest()
    assert list(besides.judge(state, state)) == []
    state["organizations"][0]["addresses"] = ["Torstr. 1"]
    state["customers"][0]["BillingAddress"]["Line1"] = "Torstr. 1"
    assert list(besides.judge(state, state)) == [], "whichever of the two came last"


@pytest.mark.parametrize(
    ("kind", "harm"),
    [
        (UNCONVERGED, lambda s: s["customers"][0].update(Phone="+49 1")),
        (UNCONVERGED, lambda s: s["organizations"][0].update(addresses=[])),
        (
            CONTENT,
            lambda s: (
                s["customers"][0].update(Phone="+49 1"),
                s["contacts"][0].update(phoneNumbers=["+49 1"]),
            ),
        ),
        (LOST, lambda s: s["boxes"].clear()),
        (TWICE, lambda s: s["boxes"].append(s["boxes"][0])),
        (UNCONVERGED, lambda s: s["salesorders"][0].update(OrderStatus="Shipped")),
        (UNCONVERGED, lambda s: s["boxes"][0]["fieldsByName"].pop("ERP order")),
    ],
)
def test_it_is_red_for_each_thing_wrong(besides: Besides, kind: str, harm: Callable[[State], object]) -> None:
    state = at_rest()
    harm(state)
    assert {wrong.kind for wrong in besides.judge(state, state)} == {kind}
