"""What has outlived its life goes; what keeps a thing from being done or told twice stays."""

import time
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.alerts import Incident
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration.ledger.retention import LIVES
from streak_infor_orchestration.ledger.schema import inbox_metadata, ledger_metadata
from streak_infor_orchestration_tests.integration.ledger.support import (
    claim,
    claim_one,
    edited,
    planned,
    sent,
)

TABLES = sorted([*inbox_metadata.tables, *ledger_metadata.tables])


def prune(store: Store, *standing: str) -> dict[str, int]:
    return store.retention.prune(standing=standing, deadline=time.monotonic() + 60)


def shrink(store: Store) -> list[str]:
    """The keys that were looked at."""
    looked: list[str] = []

    def kept(effect: Effect) -> tuple[dict[str, Any], dict[str, Any] | None]:
        looked.append(effect.key)
        return {"total": effect.body["total"]}, {}

    store.retention.shrink(kept, time.monotonic() + 60)
    return looked


def confirmed(store: Store, key: str) -> Effect:
    effect = sent(store, planned(store, key, body={"total": "12.50", "name": "Ada"}))
    done = store.effects.confirm(effect, external_id="1", result={"phone": "030"})
    assert done
    return done


def feed(at: str, key: str = "o1") -> Event:
    return Event("erp", "orders", "erp_order", key, body_hash=f"orders@{at}")


def letter(store: Store, key: str) -> int:
    return store.dead_letters.open(
        "deal", key, error_class="E", code="c", message="m", diagnosis={}, attempts=1
    ).id


def test_every_table_has_a_stated_life() -> None:
    assert sorted(LIVES) == TABLES


def test_the_log_is_kept_for_ninety_days(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited("b1")])
    clock.advance(timedelta(days=1).total_seconds())
    store.inbox.record([edited("b2")])
    clock.advance(timedelta(days=89, seconds=1).total_seconds())
    assert prune(store)["sio_event"] == 1
    assert (store.inbox.events("deal", "b1"), len(store.inbox.events("deal", "b2"))) == ([], 1)
    assert len(claim(store)) == 2, "the work stays"


def test_what_is_told_once_is_never_news_again(store: Store, clock: ManualClock) -> None:
    gone = Event("sweep", "GONE", "deal", "b1", body_hash="gone")
    store.inbox.record([gone, Event("sweep", "MISSED", "deal", "b2"), feed("1")])
    clock.advance(timedelta(days=2).total_seconds())
    store.inbox.record([feed("2"), feed("2", "o2")])
    clock.advance(timedelta(days=500).total_seconds())
    assert prune(store)["sio_event"] == 2
    assert store.inbox.unseen([gone, feed("2"), feed("2", "o2")]) == []
    assert store.inbox.unseen([feed("1")]) == [feed("1")], "no feed shows it again"


def test_outcomes_are_kept_for_thirty_days(store: Store, clock: ManualClock) -> None:
    for days in (1, 30):
        now = clock.now()
        store.outcomes.append([Outcome("deal", "b1", "run", "c", "converged", now, now, {})] * 600)
        clock.advance(timedelta(days=days, seconds=1).total_seconds())
    assert prune(store)["sio_outcome"] == 1200 - len(store.outcomes.recent(2000)) == 1200
    now = clock.now()
    store.outcomes.append([Outcome("deal", "b1", "run", "c", "converged", now, now, {})])
    clock.advance(timedelta(days=29).total_seconds())
    assert prune(store)["sio_outcome"] == 0


def test_a_deals_row_stays_or_the_next_sweep_would_take_it_for_missed(
    store: Store, clock: ManualClock
) -> None:
    store.inbox.record(
        [edited("b1", min_version=5), feed("1"), feed("1", "open"), Event("erp", "i", "erp_invoice", "i1")]
    )
    for kind, key in (("deal", "b1"), ("erp_order", "o1"), ("erp_invoice", "i1")):
        store.inbox.settle(claim_one(store, key, kinds=[kind]))
    store.inbox.note_own_version("erp_order", "ours", 7)
    clock.advance(timedelta(days=91).total_seconds())
    assert prune(store)["sio_inbox"] == 3
    assert store.inbox.behind("deal", {"b1": 5}) == set()
    assert store.inbox.pending("erp_order", "open") is not None
    assert store.inbox.pending("erp_order", "o1") is None


def test_a_resolved_letter_is_kept_for_400_days_and_its_number_never_comes_back(
    store: Store, clock: ManualClock
) -> None:
    letters = [letter(store, key) for key in ("b1", "open", "b3")]
    for key in ("b1", "b3"):
        store.dead_letters.resolve("deal", key, by="anna", how="cured")
    clock.advance(timedelta(days=399).total_seconds())
    assert prune(store)["sio_dead_letter"] == 0
    clock.advance(timedelta(days=2).total_seconds())
    assert prune(store)["sio_dead_letter"] == 1
    assert [found.id for found in store.dead_letters.listing(open_only=False)] == letters[:0:-1]
    assert letter(store, "b9") > letters[-1], "an alert about it was told already"


def test_an_alert_is_forgotten_when_its_incident_no_longer_stands(store: Store, clock: ManualClock) -> None:
    standing = Incident(f"dead_letter:{letter(store, 'b1')}", "dead_letter", "waits")
    over = Incident("dead_letter:99", "dead_letter", "was resolved")
    paused = Incident("paused:infor:then", "paused", "down")
    store.alerts.open("OPS", [standing, over, paused])
    store.alerts.told("OPS", [name for name, _ in store.alerts.claim("OPS")])
    clock.advance(timedelta(days=89).total_seconds())
    assert prune(store, paused.name)["sio_alert"] == 0
    clock.advance(timedelta(days=2).total_seconds())
    assert prune(store, paused.name)["sio_alert"] == 1
    store.alerts.open("OPS", [standing, paused])
    assert store.alerts.claim("OPS") == [], "told once"


def test_old_bodies_shrink_and_the_rest_of_the_row_stays(store: Store, clock: ManualClock) -> None:
    old = confirmed(store, "deal:b1:sales_order:1")
    clock.advance(timedelta(days=401).total_seconds())
    young = confirmed(store, "deal:b2:sales_order:1")
    assert shrink(store) == [old.key]
    now = store.effects.get(old.key)
    assert now and (now.body, now.result) == ({"total": "12.50"}, {})
    same = ("state", "external_id", "attempt", "body_hash", "updated_at")
    assert [getattr(now, name) for name in same] == [getattr(old, name) for name in same]
    assert store.effects.get(young.key) == young
    assert shrink(store) == [], "each is looked at once"
    clock.advance(timedelta(days=401).total_seconds())
    assert shrink(store) == [young.key]


def test_what_is_in_doubt_or_may_be_sent_again_keeps_its_body(store: Store, clock: ManualClock) -> None:
    now = clock.now()
    planned(store, "planned")
    sent(store, planned(store, "sent"))
    store.effects.unknown(sent(store, planned(store, "unknown")), {}, now)
    store.effects.fail(sent(store, planned(store, "failed")), {})
    store.effects.verify(confirmed(store, "to be verified"), now)
    clock.advance(timedelta(days=2000).total_seconds())
    assert shrink(store) == []
    verified = store.effects.get("to be verified")
    assert verified and verified.body["name"] == "Ada"
    store.effects.verified(verified)
    clock.advance(timedelta(days=401).total_seconds())
    assert shrink(store) == ["to be verified"]


def test_a_row_that_moves_meanwhile_is_left_alone(store: Store, clock: ManualClock) -> None:
    row = confirmed(store, "box:b1:fields")
    clock.advance(timedelta(days=401).total_seconds())

    def moved(effect: Effect) -> tuple[dict[str, Any], dict[str, Any] | None]:
        store.effects.verify(effect, clock.now())
        return {}, {}

    assert store.retention.shrink(moved, time.monotonic() + 60) == 0
    now = store.effects.get(row.key)
    assert now and now.body == row.body


@pytest.mark.parametrize("rows", [1, 1300])
def test_however_many_go_in_portions_and_none_after_the_deadline(
    store: Store, clock: ManualClock, rows: int
) -> None:
    store.inbox.record([edited(f"b{n}") for n in range(rows)])
    clock.advance(timedelta(days=91).total_seconds())
    assert store.retention.prune(standing=(), deadline=time.monotonic() - 1)["sio_event"] == 0
    assert prune(store)["sio_event"] == rows
