"""What the ledger knows, whole: each row once however many portions it takes, and nothing that is over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store, snapshot
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.shadows import Shadow
from streak_infor_orchestration_tests.integration.ledger.support import (
    begun,
    claim_one,
    edited,
    planned,
)

Rows = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PORTION", 2)


def rows(portions: Iterator[Rows]) -> Rows:
    return [row for portion in portions for row in portion]


def test_links_and_invoices_in_several_portions(store: Store, clock: ManualClock) -> None:
    now = clock.now().isoformat()
    for n in range(4):
        store.links.add(Link("order", f"b{n}", f"SO-{n}"))
        store.invoices.put(f"SO-{n}", f"INV-{n}")
    store.links.add(Link("customer", "organization:o1", "C-1"))
    store.links.saw("order", [("SO-1", "stamp", True)])
    assert [len(portion) for portion in store.snapshot.links()] == [2, 2, 1]
    assert rows(store.snapshot.links()) == [
        {"kind": "customer", "streak_key": "organization:o1", "erp_key": "C-1", "closed": False, "at": now},
        *(
            {"kind": "order", "streak_key": f"b{n}", "erp_key": f"SO-{n}", "closed": n == 1, "at": now}
            for n in range(4)
        ),
    ]
    assert rows(store.snapshot.order_invoices()) == [
        {"invoice_id": f"INV-{n}", "order_id": f"SO-{n}", "kind": "invoice", "at": now} for n in range(4)
    ]


def test_a_shadow_is_a_row_per_field_of_each_pair(store: Store, clock: ManualClock) -> None:
    fields = {"customer.phone": ["1", "2"], "customer.email": ["a", ""]}
    store.shadows.put(Shadow("customer", "organization:o1", "C-1", "b1", "p1", fields=fields))
    for number in range(2, 5):  # one record in several pairs, across two portions
        store.shadows.put(
            Shadow("customer", "organization:o1", f"C-{number}", fields={"customer.name": ["A", "A"]})
        )
    store.shadows.put(Shadow("customer", "organization:o2", "C-1"))
    pair = {"kind": "customer", "streak_key": "organization:o1", "at": clock.now().isoformat()}
    first = pair | {"erp_key": "C-1", "box_key": "b1", "contact_key": "p1"}
    later = pair | {"box_key": "", "contact_key": "", "target": "customer.name", "streak": "A", "infor": "A"}
    assert rows(store.snapshot.shadows()) == [
        first | {"target": "customer.email", "streak": "a", "infor": ""},
        first | {"target": "customer.phone", "streak": "1", "infor": "2"},
        *(later | {"erp_key": f"C-{number}"} for number in range(2, 5)),
    ]


def test_writes_that_are_not_over(store: Store, clock: ManualClock) -> None:
    planned(store, "planned")
    moved = {name: begun(store, name) for name in ("sent", "unknown", "confirmed", "failed", "to verify")}
    effects = {name: effect for name, effect in moved.items() if effect is not None}
    assert effects.keys() == moved.keys()
    store.effects.unknown(effects["unknown"], {}, clock.now())
    for name in ("confirmed", "to verify"):
        store.effects.confirm(effects[name], result={}, external_id=name)
    store.effects.fail(effects["failed"], {})
    confirmed = store.effects.get("to verify")
    assert confirmed is not None
    store.effects.verify(confirmed, clock.now() + timedelta(hours=1))
    found = rows(store.snapshot.open_effects())
    assert [(row["key"], row["state"]) for row in found] == [
        ("planned", "planned"),
        ("sent", "sent"),
        ("to verify", "confirmed"),
        ("unknown", "unknown"),
    ]
    assert {(row["subject"], row["shape"], row["at"]) for row in found} == {
        ("b1", "create", clock.now().isoformat())
    }


def test_records_that_wait(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited(key) for key in ("done", "later", "now", "under way")])
    store.inbox.settle(claim_one(store, "done"))
    later = clock.now() + timedelta(days=1)
    store.inbox.settle(claim_one(store, "later"), due_at=later, attempts=3)
    claim_one(store, "under way")
    assert [(row["kind"], row["key"], row["attempts"]) for row in rows(store.snapshot.waiting())] == [
        ("deal", "later", 3),
        ("deal", "now", 0),
        ("deal", "under way", 0),
    ]
    assert rows(store.snapshot.waiting())[0]["due_at"] == later.isoformat()


def test_letters_that_are_open(store: Store, clock: ManualClock) -> None:
    for key in ("open", "resolved"):
        store.dead_letters.open(
            "deal", key, error_class="Rejected", code="sku_unknown", message="", diagnosis={}, attempts=1
        )
    store.dead_letters.resolve("deal", "resolved", by="jane", how="")
    assert rows(store.snapshot.open_letters()) == [
        {"kind": "deal", "key": "open", "code": "sku_unknown", "opened_at": clock.now().isoformat()}
    ]
