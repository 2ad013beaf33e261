"""Keys that only a webhook has named: they take their share, delay nobody, and leave nothing behind."""

from datetime import timedelta

from sqlalchemy import text

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox import UNKNOWN, Event, Pending
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock
from streak_infor_orchestration_tests.integration.ledger.support import claim, claim_one, edited
from streak_infor_orchestration_tests.integration.ledger.test_lanes import (
    TIMES_IDLE,
    a_live_deals_way,
    typical_seconds,
)

INVENTED = 10_000


def told(key: str) -> Event:
    """By a webhook, about a record that nobody has read."""
    return edited(key, lane=UNKNOWN)


def keys(store: Store, limit: int = 10) -> list[str]:
    return [claimed.key for claimed in claim(store, limit=limit)]


def invent(store: Store) -> None:
    store.inbox.record([told("invented-0")])
    with store._databases.inbox.write(durable=False) as connection:
        connection.execute(_INVENTED, {"records": INVENTED})
        connection.execute(text("ANALYZE"))


_INVENTED = text(
    """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :records)
    INSERT INTO sio_inbox (kind, key, lane, seq, claimed_seq, due_at, first_due_at, attempts, min_version,
                           own_version, last_version, correlation_id)
    SELECT kind, 'invented-' || n, 3, 1, 0, due_at, due_at, 0, 0, 0, 0, ''
    FROM numbers, (SELECT kind, due_at FROM sio_inbox WHERE key = 'invented-0') AS like_this
    """
)


def test_a_single_stranger_waits_for_nobody(store: Store) -> None:
    store.inbox.record([told("new")])
    assert store.inbox.due(["deal"]).by_lane == {UNKNOWN: 1}
    assert keys(store) == ["new"]


def test_no_more_than_two_a_second_are_claimed_by_all_together(
    store: Store, lease_clock: ManualLeaseClock
) -> None:
    store.inbox.record([told(f"u{n}") for n in range(50)])
    taken = 0
    for _ in range(100):  # ten seconds
        taken += len(claim(store))
        lease_clock.advance(0.1)
    assert 19 <= taken <= 21
    lease_clock.advance(60)
    assert len(claim(store)) == 2, "what was not taken in time is not made up for"
    assert store.inbox.due(["deal"]).count == 0, "so that no run is asked for before it is their turn"


def test_known_records_come_first_and_every_fourth_claim_has_room_for_strangers(
    store: Store, lease_clock: ManualLeaseClock
) -> None:
    store.inbox.record([told(f"u{n}") for n in range(20)])
    store.inbox.record([edited(f"k{n:02}") for n in range(40)])
    claims = []
    for _ in range(8):
        claims.append(keys(store, limit=3))
        lease_clock.advance(1)
    strangers = [[key for key in taken if key.startswith("u")] for taken in claims]
    assert [len(found) for found in strangers] == [0, 0, 0, 2, 0, 0, 0, 2]
    assert all(len(taken) == 3 for taken in claims)


def test_a_record_is_known_once_it_was_read_or_somebody_else_names_it(store: Store) -> None:
    store.inbox.record([told("read"), told("asked"), told("neither")])
    assert store.inbox.recognize("deal", ["read", "never heard of"]) == 1
    store.inbox.record([edited("asked", lane="manual")])
    lanes = {key: pending.lane for key in ("read", "asked", "neither") if (pending := pending_of(store, key))}
    assert lanes == {"read": "live", "asked": "manual", "neither": UNKNOWN}
    store.inbox.settle(claim_one(store, "read"))
    store.inbox.record([told("read")])
    again = pending_of(store, "read")
    assert again and again.lane == "live", "for good"


def pending_of(store: Store, key: str) -> Pending | None:
    return store.inbox.pending("deal", key)


def test_what_does_not_exist_leaves_no_row_unless_it_was_told_of_meanwhile(store: Store) -> None:
    store.inbox.record([told("gone"), told("made")])
    claims = claim(store)
    store.inbox.record([told("made")])
    store.inbox.forget(claims)
    assert pending_of(store, "gone") is None
    made = pending_of(store, "made")
    assert made and made.due_at and not made.leased


def test_only_free_strangers_of_that_time_are_disowned(store: Store, clock: ManualClock) -> None:
    store.inbox.record([edited("known"), told("taken"), Event("s", "E", "customer", "c", lane=UNKNOWN)])
    claim_one(store, "taken")
    invent(store)
    clock.advance(60)
    before = clock.now() - timedelta(seconds=30)
    store.inbox.record([told("young")])
    waiting = store.inbox.strangers("deal", before)
    assert (waiting.count, waiting.since) == (1000, clock.now() - timedelta(seconds=60))
    assert store.inbox.disown("deal", before) == INVENTED + 1
    left = {(backlog.kind, backlog.lane): backlog.waiting for backlog in store.inbox.counts()}
    assert left == {("deal", "live"): 1, ("deal", UNKNOWN): 2, ("customer", UNKNOWN): 1}


def test_ten_thousand_invented_keys_delay_no_known_deal(store: Store, lease_clock: ManualLeaseClock) -> None:
    idle = typical_seconds(lambda key: a_live_deals_way(store, key), "idle")
    invent(store)
    store.inbox.rest_strangers(3600)
    beside = min(
        typical_seconds(lambda key: a_live_deals_way(store, key), f"beside-{turn}-") for turn in range(3)
    )
    print(f"a known deal: {1000 * idle:.1f} ms, beside 10,000 invented {1000 * beside:.1f} ms")
    assert beside < TIMES_IDLE * idle
    lease_clock.advance(4000)
    store.inbox.record([edited("known")])
    assert keys(store, limit=3)[0] == "known", "also when it is the strangers' turn"


def test_those_that_are_due_are_told_the_longest_due_first_and_can_be_put_off(
    store: Store, clock: ManualClock
) -> None:
    for key in ("c", "a", "b"):
        store.inbox.record([told(key)])
        clock.advance(1)
    store.inbox.record([edited("known")])
    assert store.inbox.strangers_due("deal", 2) == ["c", "a"]
    assert store.inbox.strangers_due("erp_order", 2) == []
    later = clock.now() + timedelta(seconds=20)
    store.inbox.put_off("deal", ["c", "a", "known"], later)
    assert store.inbox.strangers_due("deal", 9) == ["b"]
    known = store.inbox.pending("deal", "known")
    assert known is not None and known.due_at is not None and known.due_at < later, (
        "no stranger is not put off"
    )
    clock.advance(20)
    assert set(store.inbox.strangers_due("deal", 9)) == {"a", "b", "c"}


def test_a_stranger_that_somebody_works_on_is_neither_told_nor_put_off(
    store: Store, clock: ManualClock
) -> None:
    store.inbox.record([told("new")])
    assert keys(store) == ["new"]
    assert store.inbox.strangers_due("deal", 9) == []
    store.inbox.put_off("deal", ["new"], clock.now() + timedelta(days=1))
    pending = store.inbox.pending("deal", "new")
    assert pending is not None and pending.due_at is not None and pending.due_at <= clock.now()
