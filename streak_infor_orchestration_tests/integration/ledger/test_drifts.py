"""What the ledger keeps of drift: since when each stands and how often it was looked at; and how many there were."""

from datetime import timedelta

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.drifts import DriftCount, StandingDrift
from streak_infor_orchestration.ledger.retention import DRIFT_COUNTS

STATUS = Drift("deals", DriftKind.STATUS, "b1", "SO-1", "ERP status", "Open", "Shipped")
GONE = Drift("customers", DriftKind.MISSING_IN_ERP, "organization:o1", "C-1")


def test_one_that_stands_keeps_when_it_was_seen_first(store: Store, clock: ManualClock) -> None:
    first = clock.now()
    store.drifts.keep([StandingDrift(STATUS, first, 1), StandingDrift(GONE, first)])
    clock.advance(3600)
    moved = Drift("deals", DriftKind.STATUS, "b1", "SO-1", "ERP status", "Open", "Completed")
    assert moved.fingerprint == STATUS.fingerprint, "the values may move on"
    store.drifts.keep([StandingDrift(moved, clock.now(), 1, alarm=True)])
    standing = store.drifts.standing()
    without_values = Drift("deals", DriftKind.STATUS, "b1", "SO-1", "ERP status")
    assert standing[STATUS.fingerprint] == StandingDrift(without_values, first, 1, alarm=True)
    assert [one.drift.field for one in store.drifts.alarms()] == ["ERP status"]
    store.drifts.forget([STATUS.fingerprint])
    assert list(store.drifts.standing()) == [GONE.fingerprint] and store.drifts.alarms() == []
    store.drifts.keep([])
    store.drifts.forget([])
    assert len(store.drifts.standing()) == 1


def test_what_is_wrong_where_makes_the_fingerprint() -> None:
    others = [
        Drift("deals", DriftKind.FIELD, "b1", "SO-1", "ERP status"),
        Drift("deals", DriftKind.STATUS, "b2", "SO-1", "ERP status"),
        Drift("deals", DriftKind.STATUS, "b1", "SO-2", "ERP status"),
        Drift("deals", DriftKind.STATUS, "b1", "SO-1", "Payment status"),
        Drift("customers", DriftKind.STATUS, "b1", "SO-1", "ERP status"),
    ]
    assert len({STATUS.fingerprint, *(one.fingerprint for one in others)}) == 6


def test_counts_are_kept_for_their_time(store: Store, clock: ManualClock) -> None:
    first = clock.now()
    store.drifts.counted(first, {("deals", ""): 10, ("deals", "status"): 2})
    store.drifts.counted(first, {("deals", "status"): 3})  # a run that was begun twice counts once
    store.drifts.counted(first, {})
    assert store.drifts.trend(first) == [
        DriftCount(first, "deals", "", 10),
        DriftCount(first, "deals", "status", 2),
    ]
    clock.advance((DRIFT_COUNTS + timedelta(days=1)).total_seconds())
    store.drifts.counted(clock.now(), {("deals", ""): 11})
    removed = store.retention.prune(standing=(), deadline=float("inf"))
    assert removed["sio_drift_count"] == 2
    assert [one.count for one in store.drifts.trend(first)] == [11]
