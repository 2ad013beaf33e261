"""What the gateway really renders is understood."""

import pytest
from prometheus_client import generate_latest

from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.proof.standing import Unfinished


def test_the_gateways_metrics_are_read(store: Store) -> None:
    events = [Event("manual", "ASKED", "deal", key) for key in ("b1", "b2")]
    store.inbox.record([*events, Event("erp", "orders", "erp_order", "SO-1")])
    store.inbox.claim(kinds=("deal",), owner="me", limit=1, life=20)
    (claim,) = store.inbox.claim(kinds=("erp_order",), owner="me", limit=1, life=20)
    store.effects.plan(
        "deal:b1:sales_order:1", shape="create", body={}, subject="b1", correlation_id="", run_id="r"
    )
    store.dead_letters.open(
        "deal",
        "b2",
        error_class="Rejected",
        code="no",
        message="",
        diagnosis={},
        attempts=0,
        correlation_id="",
    )
    store.inbox.settle(claim)

    standing = Unfinished.parse(generate_latest(Metrics(store).registry).decode())
    assert standing == Unfinished(waiting=2, leased=1, unsettled=0, dead_letters=1)
    assert not standing.is_quiet


def test_a_ledger_that_cannot_be_read_is_no_quiet_one() -> None:
    with pytest.raises(ValueError, match="ledger"):
        Unfinished.parse("streak_infor_ledger_up 0.0\n")
