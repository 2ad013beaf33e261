"""Each product's simulator tells the gateway what is written in it: all of it arrives, under the keys of its port."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.infor_proof import SharedSecret
from streak_infor_orchestration.gateway.infor_push import Push
from streak_infor_orchestration.infor.products import product_of
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration_tests.conformance.erp.lab import ErpLab
from streak_infor_orchestration_tests.conformance.erp.m3_lab import M3Lab
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab

WORD = "the-erps-own-word"
OF_NO_CONCERN = {"/subscriptions": ["OCUSMA"], "/event-handlers": ["SLCustomers"]}
Told = dict[tuple[str, str], set[str]]
"""By kind and key what the messages about it were called."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(None, tmp_path, clock=Clock())
    yield store
    store.close()


def told(store: Store, lab: Any, act: Callable[[], object], lever: str, about: set[str]) -> Told:
    """What is in the log when something of each of these tables or IDOs has been told."""
    push, section, began = PushSection(), lab.section, store.clock.now()
    hints = partial(product_of(section).hints, section, push)
    found: Told = {}
    with serve(create_app(store, secret="s", push=Push(SharedSecret(WORD), hints, push.protocol))) as gateway:
        names = {"/subscriptions": "tables", "/event-handlers": "idos"}
        address = f"{gateway}/webhooks/infor/{WORD}"
        lab.control.post(lever, {"url": address, names[lever]: [*about, *OF_NO_CONCERN[lever]]})
        act()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and about - set().union(*found.values()):
            time.sleep(0.05)
            for event in store.inbox.logged("push", ("erp_order", "erp_invoice"), began, store.clock.now()):
                found.setdefault((event.kind, event.key), set()).add(event.name)
    assert not store.inbox.events("sweep", "infor")
    return found


def ships_and_invoices(lab: ErpLab, control: Any) -> Callable[[], object]:
    def act() -> None:
        order = lab.order().id
        for lever in ("ship", "invoice"):
            control.post(f"/orders/{order}/{lever}", {})

    return act


def test_m3_by_event_hub(make_m3: Callable[..., M3Lab], store: Store) -> None:
    lab = make_m3()
    act = ships_and_invoices(lab, lab.control)
    found = told(store, lab, act, "/subscriptions", {"OOHEAD", "OOLINE", "FSLEDG"})
    (order,) = lab.order_ids()
    (invoice,) = (key for kind, key in found if kind == "erp_invoice")
    assert found == {
        ("erp_order", order): {"OOHEAD", "OOLINE"},
        ("erp_invoice", invoice): {"FSLEDG"},
    }
    assert lab.erp.invoice(invoice) is not None, "so the port knows it"


def test_syteline_by_its_event_system(syteline: SytelineLab, store: Store) -> None:
    act = ships_and_invoices(syteline, syteline.control)
    rows = {"SLCos", "SLCoitems", "SLInvHdrs", "SLArtrans"}
    found = told(store, syteline, act, "/event-handlers", rows)
    (order,) = syteline.order_ids()
    assert found == {("erp_order", order): rows}
