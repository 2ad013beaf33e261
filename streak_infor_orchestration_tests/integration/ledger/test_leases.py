"""Who works on which record, for how long, and what happens when it is given back."""

from datetime import timedelta
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger import lease_clock as clocks
from streak_infor_orchestration.ledger.inbox import LANES, Claimed
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock
from streak_infor_orchestration_tests.integration.ledger.support import claim, claim_one, edited, open_store


def keys(claims: list[Claimed]) -> list[str]:
    return [claimed.key for claimed in claims]


def test_live_comes_before_manual_before_bulk_and_the_oldest_first(store: Store, clock: ManualClock) -> None:
    for key, lane in [("b1", "bulk"), ("m1", "manual"), ("l2", "live"), ("l1", "live"), ("b2", "bulk")]:
        store.inbox.record([edited(key, lane=lane)])
        clock.advance(-1 if key == "l2" else 1)
    assert keys(claim(store, limit=2)) == ["l1", "l2"]
    assert keys(claim(store)) == ["m1", "b1", "b2"]


def test_a_live_record_never_waits_for_an_older_backlog(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited(f"b{n}", lane="bulk") for n in range(1200)])
    clock.advance(3600)
    store.inbox.record([edited("now")])
    assert keys(claim(store, limit=1)) == ["now"]


def test_only_what_was_asked_for_is_claimed(store: Store) -> None:
    store.inbox.record(
        [edited("b1"), edited("b2"), edited("b3", lane="bulk"), edited("o1", kind="erp_order")]
    )
    assert keys(claim(store, only=[])) == []
    assert keys(claim(store, only=["b2", "b9"])) == ["b2"]
    assert keys(claim(store, lanes=["bulk"])) == ["b3"]
    assert keys(claim(store, kinds=["erp_order"])) == ["o1"]
    assert keys(claim(store, limit=0)) == []
    assert keys(claim(store, lanes=LANES)) == ["b1"]


def test_what_is_not_due_yet_waits(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited("b1", due_at=clock.now() + timedelta(seconds=60))])
    assert claim(store) == []
    clock.advance(60)
    assert keys(claim(store)) == ["b1"]


def test_a_leased_record_is_nobody_elses_until_the_lease_expires(
    store: Store, lease_clock: ManualLeaseClock
) -> None:
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1", life=20)
    lease_clock.advance(19.9)
    assert store.inbox.holds(claimed)
    assert claim(store) == []
    lease_clock.advance(0.1)
    assert not store.inbox.holds(claimed)
    assert keys(claim(store, owner="another")) == ["b1"]


def test_no_wall_clock_ends_a_lease(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1")
    clock.advance(86_400)
    assert store.inbox.holds(claimed)
    assert claim(store) == []
    clock.advance(-10 * 86_400)
    assert store.inbox.renew([claimed]) == {"b1"}


def test_renewing_stretches_a_lease_and_never_shortens_it(
    store: Store, lease_clock: ManualLeaseClock
) -> None:
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1", life=20)
    lease_clock.advance(15)
    assert store.inbox.renew([claimed], life=60) == {"b1"}
    assert store.inbox.renew([claimed], life=20) == {"b1"}
    lease_clock.advance(59)
    assert store.inbox.holds(claimed)


def test_renewing_tells_which_leases_are_still_ours(store: Store, lease_clock: ManualLeaseClock) -> None:
    store.inbox.record([edited("b1"), edited("b2"), edited("b3")])
    first, second, third = claim(store)
    store.inbox.settle(second)
    assert store.inbox.renew([first, second, third]) == {"b1", "b3"}
    assert store.inbox.renew([]) == set()


def test_an_expired_lease_cannot_be_renewed(store: Store, lease_clock: ManualLeaseClock) -> None:
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1", life=20)
    lease_clock.advance(20)
    assert store.inbox.renew([claimed]) == set()
    assert not store.inbox.holds(claimed)


def test_a_key_counts_as_ours_only_if_every_record_of_that_key_is(
    store: Store, lease_clock: ManualLeaseClock
) -> None:
    store.inbox.record([edited("7"), edited("7", kind="erp_order")])
    deal = claim_one(store, "7")
    (order,) = claim(store, kinds=["erp_order"])
    store.inbox.settle(order)
    assert store.inbox.renew([deal, order]) == set()
    assert store.inbox.renew([deal]) == {"7"}


def test_the_old_holder_cannot_use_the_lease_of_the_new_one(
    store: Store, lease_clock: ManualLeaseClock, clock: ManualClock
) -> None:
    store.inbox.record([edited("b1")])
    old = claim_one(store, "b1")
    lease_clock.advance(20)
    new = claim_one(store, "b1")
    assert not store.inbox.holds(old)
    assert store.inbox.renew([old]) == set()
    assert not store.inbox.settle(old)
    assert store.inbox.holds(new)
    assert store.inbox.settle(new)


def test_settled_is_closed(store: Store) -> None:
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1")
    assert store.inbox.settle(claimed)
    assert claim(store) == []
    assert not store.inbox.settle(claimed)
    row = store.inbox.pending("deal", "b1")
    assert row
    assert (row.due_at, row.leased, row.attempts) == (None, False, 0)


@pytest.mark.parametrize("later", [None, timedelta(days=1)])
def test_what_arrived_meanwhile_is_due_at_once_whatever_was_asked(
    store: Store, clock: ManualClock, later: timedelta | None
) -> None:
    store.inbox.record([edited("b1", min_version=1)])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1", min_version=2)])
    clock.advance(5)
    assert store.inbox.settle(claimed, due_at=clock.now() + later if later else None, attempts=9)
    row = store.inbox.pending("deal", "b1")
    assert row
    assert (row.due_at, row.attempts, row.leased) == (clock.now(), 0, False)
    assert claim_one(store, "b1").min_version == 2


def test_a_reschedule_keeps_or_sets_the_attempts(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited("b1")])
    store.inbox.settle(claim_one(store, "b1"), due_at=clock.now(), attempts=3)
    store.inbox.settle(claim_one(store, "b1"), due_at=clock.now())
    assert claim_one(store, "b1").attempts == 3


def test_an_expired_lease_nobody_took_can_still_be_settled(
    store: Store, lease_clock: ManualLeaseClock
) -> None:
    """The work was done; doing it again would only be a second look."""
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1")
    lease_clock.advance(60)
    assert store.inbox.settle(claimed)
    assert claim(store) == []


def test_a_lease_of_another_boot_has_expired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(None, tmp_path)
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1", life=10_000)
    assert store.inbox.holds(claimed)
    store.close()
    monkeypatch.setattr(clocks, "boot_id", lambda: "the next boot")
    store = open_store(None, tmp_path)
    assert not store.inbox.holds(claimed)
    assert keys(claim(store)) == ["b1"]
    store.close()


def test_the_real_clocks_of_both_databases_let_a_lease_live_and_die(
    database_url: str | None, tmp_path: Path
) -> None:
    store = open_store(database_url, tmp_path)
    store.inbox.record([edited("b1")])
    assert store.inbox.holds(claim_one(store, "b1", life=0.0)) is False
    assert store.inbox.holds(claim_one(store, "b1", life=20.0)) is True
    assert claim(store) == []
    store.close()


def test_due_counts_what_could_be_claimed(store: Store, clock: ManualClock) -> None:
    nothing = store.inbox.due(["deal"])
    assert (nothing.count, nothing.oldest_due_at, nothing.by_lane) == (0, None, {})
    start = clock.now()
    store.inbox.record(
        [edited("l1"), edited("l2"), edited("b1", lane="bulk"), edited("o1", kind="erp_order")]
    )
    store.inbox.record([edited("later", due_at=start + timedelta(hours=1))])
    clock.advance(4)
    claim_one(store, "l1")
    due = store.inbox.due(["deal"])
    assert (due.count, due.oldest_due_at, due.by_lane) == (2, start, {"live": 1, "bulk": 1})
    assert store.inbox.due(["deal"], start + timedelta(hours=2)).by_lane == {"live": 2, "bulk": 1}
    assert store.inbox.due(["deal", "erp_order"]).count == 3


def test_lag_is_the_wait_of_the_oldest_live_record_nobody_works_on(store: Store, clock: ManualClock) -> None:
    assert store.inbox.lag() == 0
    store.inbox.record([edited("bulk", lane="bulk"), edited("b1")])
    clock.advance(2)
    store.inbox.record([edited("b2")])
    clock.advance(3)
    assert store.inbox.lag() == 5
    claim_one(store, "b1")
    assert store.inbox.lag() == 3


def test_status_shows_a_row_and_the_backlog(store: Store, clock: ManualClock) -> None:
    assert store.inbox.pending("deal", "nobody") is None
    store.inbox.record([edited("b1"), edited("b2"), edited("b3", due_at=clock.now() + timedelta(hours=1))])
    claim_one(store, "b1", owner="run 1")
    row = store.inbox.pending("deal", "b1")
    assert row
    assert (row.lease_owner, row.leased, row.seq, row.claimed_seq) == ("run 1", True, 1, 1)
    (backlog,) = store.inbox.counts()
    assert (backlog.waiting, backlog.due, backlog.leased) == (3, 1, 1)
