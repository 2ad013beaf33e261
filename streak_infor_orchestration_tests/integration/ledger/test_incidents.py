"""Dead letters, pauses, nudges: what is wrong, what waits for it, and who may act."""

from datetime import timedelta
from typing import Any

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.dead_letters import DeadLetter
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock


def opened(store: Store, key: str = "b1", **fields: Any) -> DeadLetter:
    letter: dict[str, Any] = {
        "error_class": "Rejected",
        "code": "unknown_sku",
        "message": "the ERP does not know this article",
        "diagnosis": {"field": "SKU 1"},
        "attempts": 1,
    }
    return store.dead_letters.open("deal", key, **letter | fields)


def test_a_record_has_one_open_letter_that_tells_the_latest(store: Store, clock: ManualClock) -> None:
    first = opened(store)
    assert first.occurrences == 1
    clock.advance(60)
    again = opened(store, code="credit", attempts=2, correlation_id="c2")
    assert (again.id, again.occurrences, again.code, again.attempts) == (first.id, 2, "credit", 2)
    assert (again.opened_at, again.updated_at) == (first.opened_at, clock.now())
    assert store.dead_letters.of("deal", "b1") == again == store.dead_letters.get(first.id)
    assert store.dead_letters.count_open() == 1


def test_a_resolved_letter_is_kept_and_the_next_failure_is_a_new_one(
    store: Store, clock: ManualClock
) -> None:
    letter = opened(store)
    assert store.dead_letters.resolve("deal", "b1", by="anna", how="article made")
    assert not store.dead_letters.resolve("deal", "b1", by="anna", how="again")
    assert store.dead_letters.count_open() == 0
    assert store.dead_letters.of("deal", "b1") is None
    resolved = store.dead_letters.get(letter.id)
    assert resolved
    assert (resolved.resolved_at, resolved.resolved_by, resolved.resolution) == (
        clock.now(),
        "anna",
        "article made",
    )
    new = opened(store)
    assert (new.id != letter.id, new.occurrences) == (True, 1)
    assert store.dead_letters.listing() == [new]
    assert store.dead_letters.listing(open_only=False) == [new, resolved]
    assert store.dead_letters.get(new.id + 1) is None


def test_a_pause_lasts_until_somebody_resumes(store: Store, clock: ManualClock) -> None:
    assert store.pauses.state("erp") is None
    start = clock.now()
    store.pauses.pause("erp", "connection refused", 15)
    clock.advance(20)
    paused = store.pauses.state("erp")
    assert paused
    assert (paused.since, paused.until, paused.reason) == (
        start,
        start + timedelta(seconds=15),
        "connection refused",
    )
    assert store.pauses.state("streak") is None
    assert store.pauses.resume("erp")
    assert not store.pauses.resume("erp")
    assert store.pauses.all() == []


def test_a_pause_is_prolonged_and_never_shortened(store: Store, clock: ManualClock) -> None:
    start = clock.now()
    store.pauses.pause("erp", "503", 600)
    clock.advance(10)
    paused = store.pauses.pause("erp", "timeout", 15)
    assert (paused.since, paused.until, paused.reason) == (start, start + timedelta(seconds=600), "timeout")
    assert store.pauses.pause("erp", "timeout", 700).until == clock.now() + timedelta(seconds=700)


def test_a_pause_is_over_with_its_time_and_one_without_when_it_is_ended(
    store: Store, clock: ManualClock
) -> None:
    timed = store.pauses.pause("erp", "503", 15)
    store.pauses.pause("orders", "too many", None)
    assert not timed.is_over(clock.now())
    clock.advance(15)
    endless = store.pauses.pause("orders", "too many", None)
    assert (timed.is_over(clock.now()), endless.is_over(clock.now())) == (True, False)


def test_open_letters_are_counted_by_kind(store: Store) -> None:
    for kind, key in (("deal", "b1"), ("deal", "b2"), ("configuration", "name"), ("deal", "b3")):
        store.dead_letters.open(kind, key, error_class="E", code="c", message="m", diagnosis={}, attempts=0)
    store.dead_letters.resolve("deal", "b3", by="me", how="mended")
    assert store.dead_letters.counts() == {"deal": 2, "configuration": 1}
    assert store.dead_letters.count_open() == 3


def test_one_prober_at_a_time_and_none_before_its_time(
    store: Store, clock: ManualClock, lease_clock: ManualLeaseClock
) -> None:
    assert not store.pauses.may_probe("erp")
    store.pauses.pause("erp", "503", 15)
    assert not store.pauses.may_probe("erp")
    clock.advance(15)
    assert store.pauses.may_probe("erp", life=30)
    assert not store.pauses.may_probe("erp")
    lease_clock.advance(30)
    assert store.pauses.may_probe("erp")


def test_a_failed_probe_waits_for_the_next_pause_to_pass(store: Store, clock: ManualClock) -> None:
    store.pauses.pause("erp", "503", 15)
    clock.advance(15)
    assert store.pauses.may_probe("erp")
    store.pauses.pause("erp", "503", 15)
    assert not store.pauses.may_probe("erp")
    clock.advance(15)
    assert store.pauses.may_probe("erp")


def test_nudges_within_a_few_seconds_are_one(store: Store, lease_clock: ManualLeaseClock) -> None:
    assert store.nudges.acquire("order_to_cash", life=3)
    assert not store.nudges.acquire("order_to_cash", life=3)
    assert store.nudges.acquire("customers", life=3)
    lease_clock.advance(3)
    assert store.nudges.acquire("order_to_cash", life=3)
    store.nudges.clear("order_to_cash")
    assert store.nudges.acquire("order_to_cash", life=3)
