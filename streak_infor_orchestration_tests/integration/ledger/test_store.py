"""The store as a whole: its epoch, polls, the trail it keeps."""

from datetime import timedelta
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration_tests.integration.ledger.support import claim, edited


def test_a_watermark_never_moves_back(store: Store, clock: ManualClock) -> None:
    assert store.watermarks.get("erp:orders") is None
    store.watermarks.set("erp:orders", clock.now())
    store.watermarks.set("erp:orders", clock.now() - timedelta(hours=1))
    assert store.watermarks.all() == {"erp:orders": clock.now()}
    store.watermarks.set("erp:orders", clock.now() + timedelta(hours=1))
    assert store.watermarks.get("erp:orders") == clock.now() + timedelta(hours=1)


def test_a_poll_stores_its_events_and_its_watermark(store: Store, clock: ManualClock) -> None:
    assert store.advance([edited("b1"), edited("b2")], "streak:boxes", clock.now()) == 2
    assert len(claim(store)) == 2
    assert store.watermarks.get("streak:boxes") == clock.now()
    assert store.advance([], "streak:boxes", clock.now() + timedelta(seconds=1)) == 0


def test_a_watermark_is_never_ahead_of_its_events(
    store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, database_url: str | None
) -> None:
    """Death between the two: on Postgres neither is there, on SQLite (two files) the events are, and come again."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store.watermarks, "set_in", die)
    with pytest.raises(KeyboardInterrupt):
        store.advance([edited("b1")], "streak:boxes", clock.now())
    assert store.watermarks.get("streak:boxes") is None
    assert len(claim(store)) == (1 if database_url is None else 0)


def test_the_epoch_is_the_databases_and_changes_when_a_backup_is_restored(
    store: Store, database_url: str | None, tmp_path: Path, clock: ManualClock
) -> None:
    def reopen() -> Store:
        other = Store.open(database_url, tmp_path, clock=clock)
        other.close()
        return other

    assert reopen().epoch == store.epoch
    assert reopen().restored_at is None
    clock.advance(10)
    store.renew_epoch(by="anna")
    assert reopen().epoch != store.epoch
    assert reopen().restored_at == clock.now()
    assert store.audit.recent()[0].actor == "anna"


def test_outcomes_tell_a_records_story_newest_first(store: Store, clock: ManualClock) -> None:
    for status in ("waiting", "converged"):
        clock.advance(60)
        now = clock.now()
        store.outcomes.append([Outcome("deal", "b1", "run", "c", status, now, now, {"order": "100042"})])
    other = Outcome("deal", "b2", "run", "c", "converged", now, now, {})
    store.outcomes.append([other])
    store.outcomes.append([])
    assert [outcome.status for outcome in store.outcomes.of("deal", "b1")] == ["converged", "waiting"]
    assert store.outcomes.recent(1) == [other]


def test_the_audit_names_who_did_what(store: Store, clock: ManualClock) -> None:
    store.audit.write("anna", "replayed", "b1", {"reason": "article made"})
    store.audit.write("ben", "exported", "ledger")
    first, second = store.audit.recent()
    assert (first.actor, first.detail) == ("ben", {})
    assert store.audit.of("b1") == [second]
    assert (second.at, second.detail) == (clock.now(), {"reason": "article made"})
