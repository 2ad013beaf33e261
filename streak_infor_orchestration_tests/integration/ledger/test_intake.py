"""What comes into the inbox, and what becomes of it there."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.intake import BULK_PORTION
from streak_infor_orchestration_tests.integration.ledger.support import claim, claim_one, edited


def test_many_events_of_one_record_are_one_look(store: Store) -> None:
    assert store.inbox.record([edited("b1"), edited("b1"), edited("b2")]) == 2
    assert store.inbox.record([edited("b1")]) == 1
    assert sorted(claimed.key for claimed in claim(store)) == ["b1", "b2"]
    assert len(store.inbox.events("deal", "b1")) == 3


def test_nothing_to_record_is_nothing_done(store: Store) -> None:
    assert store.inbox.record([]) == 0


def test_a_collapsed_look_takes_the_earliest_time_the_most_urgent_lane_and_the_newest_version(
    store: Store, clock: ManualClock
) -> None:
    later = clock.now() + timedelta(hours=1)
    events = [
        edited("b1", lane="bulk", min_version=7),
        edited("b1", lane="manual", due_at=later, min_version=9),
    ]
    for arrival in (events, list(reversed(events))):
        key = f"b{arrival[0].lane}"
        together, apart = f"{key}-together", f"{key}-apart"
        store.inbox.record([_of(event, together) for event in arrival])
        for event in arrival:
            store.inbox.record([_of(event, apart)])
        for record in (together, apart):
            row = store.inbox.pending("deal", record)
            assert row
            assert (row.due_at, row.lane, row.min_version) == (clock.now(), "manual", 9)


def _of(event: Event, key: str) -> Event:
    return edited(key, lane=event.lane, due_at=event.due_at, min_version=event.min_version)


def test_an_instant_of_another_zone_is_the_same_instant(store: Store, clock: ManualClock) -> None:
    berlin = (clock.now() + timedelta(minutes=5)).astimezone(ZoneInfo("Europe/Berlin"))
    store.inbox.record([edited("b1", due_at=berlin), edited("b2")])
    store.inbox.settle(claim_one(store, "b2"), due_at=berlin)
    for key in ("b1", "b2"):
        row = store.inbox.pending("deal", key)
        assert row
        assert row.due_at == clock.now() + timedelta(minutes=5)


def test_a_closed_record_comes_back_in_the_lane_of_the_new_event(store: Store) -> None:
    store.inbox.record([edited("b1")])
    store.inbox.settle(claim_one(store, "b1"))
    store.inbox.record([edited("b1", lane="bulk")])
    row = store.inbox.pending("deal", "b1")
    assert row
    assert row.lane == "bulk"


def test_a_new_event_makes_a_waiting_retry_due_now_and_forgets_its_attempts(
    store: Store, clock: ManualClock
) -> None:
    store.inbox.record([edited("b1")])
    store.inbox.settle(claim_one(store, "b1"), due_at=clock.now() + timedelta(days=1), attempts=4)
    assert claim(store) == []
    store.inbox.record([edited("b1")])
    assert claim_one(store, "b1").attempts == 0


def test_the_wait_is_counted_from_the_first_event_nobody_has_looked_at(
    store: Store, clock: ManualClock
) -> None:
    start = clock.now()
    store.inbox.record([edited("b1", correlation_id="first")])
    clock.advance(3)
    store.inbox.record([edited("b1", correlation_id="second")])
    claimed = claim_one(store, "b1")
    assert (claimed.first_due_at, claimed.correlation_id) == (start, "first")
    store.inbox.record([edited("b1", correlation_id="third")])
    store.inbox.settle(claimed)
    claimed = claim_one(store, "b1")
    assert (claimed.first_due_at, claimed.correlation_id) == (start + timedelta(seconds=3), "third")


def test_the_echo_of_our_own_write_is_logged_and_dropped(store: Store) -> None:
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.note_own_version("deal", "b1", 40)  # two answers may be noted in the wrong order
    assert store.inbox.record([edited("b1", min_version=41)]) == 0
    assert claim(store) == []
    assert [event.echo for event in store.inbox.events("deal", "b1")] == [True]


@pytest.mark.parametrize("version", [0, 40, 42])
def test_only_the_very_version_of_our_write_is_an_echo(store: Store, version: int) -> None:
    """A lower one may be a person's edit between our read and our write, and an event without one may be anything."""
    store.inbox.note_own_version("deal", "b1", 41)
    assert store.inbox.record([edited("b1", min_version=version)]) == 1
    assert claim_one(store, "b1").min_version == version


def test_an_echo_does_not_take_a_persons_edit_with_it(store: Store) -> None:
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.note_own_version("customer", "b1", 43)
    events = [edited("b1", min_version=41), edited("b1", min_version=43), edited("b2", min_version=41)]
    assert store.inbox.record(events) == 2
    assert claim_one(store, "b1").min_version == 43


def test_what_our_writes_never_are_is_no_echo_whatever_version_it_carries(store: Store) -> None:
    """A deletion shows the version that our last write gave the box."""
    store.inbox.note_own_version("deal", "b1", 41)
    assert store.inbox.record([edited("b1", name="BOX_DELETE", min_version=41, may_echo=False)]) == 1
    assert claim_one(store, "b1")
    assert [event.echo for event in store.inbox.events("deal", "b1")] == [False]


def test_a_deletion_that_overtakes_our_answer_is_not_taken_back(store: Store) -> None:
    store.inbox.record([edited("b1", min_version=40)])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1", name="BOX_DELETE", min_version=41, may_echo=False)])
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.settle(claimed)
    assert claim_one(store, "b1")


@pytest.mark.parametrize("together", [True, False])
def test_of_two_bodies_with_our_version_one_is_a_persons_edit(store: Store, together: bool) -> None:
    """In the same millisecond. The same body once more is the echo delivered again."""
    store.inbox.note_own_version("deal", "b1", 41)
    ours, theirs = (edited("b1", min_version=41, body_hash=body) for body in ("ours", "theirs"))
    for events in [[ours, theirs, ours]] if together else [[ours], [theirs], [ours]]:
        store.inbox.record(events)
    assert [event.echo for event in store.inbox.events("deal", "b1")] == [True, False, True]
    assert claim_one(store, "b1").seq == 1


def test_a_persons_edit_after_an_overtaking_echo_of_the_same_version_is_looked_at(store: Store) -> None:
    store.inbox.record([edited("b1", min_version=40)])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1", min_version=41, body_hash="ours")])
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.settle(claimed)
    store.inbox.record([edited("b1", min_version=41, body_hash="ours")])
    assert claim(store) == []
    store.inbox.record([edited("b1", min_version=41, body_hash="theirs")])
    assert claim_one(store, "b1")


def test_an_echo_that_overtakes_our_answer_is_taken_back(store: Store) -> None:
    store.inbox.record([edited("b1", min_version=40)])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1", min_version=41)])
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.settle(claimed)
    assert claim(store) == []


@pytest.mark.parametrize("versions", [[40], [40, 41], [41, 42], [0]])
def test_a_persons_edit_beside_an_overtaking_echo_is_looked_at(store: Store, versions: list[int]) -> None:
    store.inbox.record([edited("b1", min_version=39)])
    claimed = claim_one(store, "b1")
    for version in versions:
        store.inbox.record([edited("b1", min_version=version)])
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.settle(claimed)
    assert claim_one(store, "b1").seq == claimed.seq + len(versions)


def test_a_persons_edit_committed_together_with_the_overtaking_echo_is_looked_at(store: Store) -> None:
    store.inbox.record([edited("b1", min_version=39)])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1", min_version=40), edited("b1", min_version=41)])
    store.inbox.note_own_version("deal", "b1", 41)
    store.inbox.settle(claimed)
    assert claim_one(store, "b1").min_version == 41


def test_an_event_without_a_version_is_no_echo_even_if_our_write_changed_nothing(store: Store) -> None:
    """Then the version it returns is the one that was known before, and the ERP's event is not of Streak's making."""
    store.inbox.record([edited("b1", min_version=39)])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1", source="erp")])
    store.inbox.note_own_version("deal", "b1", 39)
    store.inbox.settle(claimed)
    assert claim_one(store, "b1").seq > claimed.seq


def test_an_event_for_a_leased_record_leaves_the_lease_alone(store: Store) -> None:
    store.inbox.record([edited("b1")])
    claimed = claim_one(store, "b1")
    store.inbox.record([edited("b1")])
    assert store.inbox.holds(claimed)
    assert claim(store) == []


def test_unseen_leaves_out_what_the_log_holds(store: Store) -> None:
    known = edited("b1", source="erp", body_hash="orders@1")
    store.inbox.record([known])
    news = [
        edited("b1", source="erp", body_hash="orders@2"),
        edited("b2", source="erp", body_hash="orders@1"),
        edited("b1", source="streak", body_hash="orders@1"),
        edited("b1", source="erp", body_hash="orders@1", kind="erp_order"),
    ]
    assert store.inbox.unseen([known, *news]) == news


@pytest.mark.parametrize(
    "fields",
    [
        {"key": ""},
        {"key": "k" * 501},
        {"key": "a\0b"},
        {"name": "half a character \ud83d"},
        {"lane": "fast"},
        {"min_version": 2**63},
        {"min_version": -1},
    ],
)
def test_what_no_database_could_store_is_refused_before_it_spoils_a_commit(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        edited(**{"key": "b1"} | fields)


def test_the_longest_key_and_the_strangest_characters_are_kept(store: Store) -> None:
    key = "𐍈é'\"%s:x" + "k" * 490
    store.inbox.record([edited(key, min_version=2**63 - 1)])
    assert claim_one(store, key).min_version == 2**63 - 1


def test_bulk_events_let_other_writers_in_between_on_sqlite(store: Store, clock: ManualClock) -> None:
    start = clock.now()
    events = [edited(f"b{n}", lane="bulk") for n in range(BULK_PORTION * 2)]
    assert store.inbox.record([edited("urgent"), *events]) == BULK_PORTION * 2 + 1
    pauses = (clock.now() - start) / timedelta(seconds=0.02)
    on_sqlite = store.inbox._database.is_sqlite
    assert pauses == (2 if on_sqlite else 0)
    assert store.inbox.due(["deal"]).by_lane == {"live": 1, "bulk": 1000}


def test_what_is_noted_is_in_the_log_and_asks_for_no_look(store: Store) -> None:
    store.inbox.note([])
    store.inbox.note([edited("b1", name="UNTOLD", source="push")])
    assert store.inbox.pending("deal", "b1") is None and claim(store) == []
    assert [event.name for event in store.inbox.events("deal", "b1")] == ["UNTOLD"]


def test_the_log_is_told_from_after_one_moment_to_another(store: Store, clock: ManualClock) -> None:
    moments = []
    for number in range(4):
        moments.append(clock.now())
        store.inbox.record(
            [
                edited(f"b{number}", source="erp", min_version=number),
                edited("x", source="streak"),
                edited("y", source="erp", kind="sweep"),
            ]
        )
        clock.advance(1)
    found = store.inbox.logged("erp", ("deal", "erp_order"), moments[0], moments[2])
    assert [(event.kind, event.key, event.at, event.version) for event in found] == [
        ("deal", "b1", moments[1], 1),
        ("deal", "b2", moments[2], 2),
    ]
