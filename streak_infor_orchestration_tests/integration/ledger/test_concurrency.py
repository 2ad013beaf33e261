"""Several threads and processes at the same rows: nobody works twice, nobody waits for ever, nothing is lost."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration_tests.integration.ledger.support import (
    at_once,
    begun,
    claim,
    claim_in_small_portions,
    die_while_confirming,
    edited,
    in_processes,
    open_store,
    planned,
    record_until_killed,
    sending,
    start,
)

KEY = "deal:b1:sales_order:1"


def test_no_record_is_claimed_by_two_processes(database_url: str | None, tmp_path: Path) -> None:
    store = open_store(database_url, tmp_path)
    store.inbox.record([edited(f"b{n}") for n in range(400)])
    store.close()
    claimed = in_processes(4, claim_in_small_portions, database_url, tmp_path)
    assert Counter(key for keys in claimed for key in keys) == Counter(f"b{n}" for n in range(400))


def test_a_claim_does_not_wait_for_a_row_that_somebody_is_changing(postgres_url: str, tmp_path: Path) -> None:
    store = open_store(postgres_url, tmp_path)
    store.inbox.record([edited("b1"), edited("b2")])
    with ThreadPoolExecutor(1) as pool:
        with store._databases.inbox.write() as connection:
            connection.execute(text("SELECT 1 FROM sio_inbox WHERE key = 'b1' FOR UPDATE"))
            claiming = pool.submit(claim, store)
            wait([claiming], timeout=10)
            claimed_meanwhile = claiming.done()
        assert [claimed.key for claimed in claiming.result()] == ["b2"]
    assert claimed_meanwhile
    store.close()


def test_events_that_come_while_a_record_is_worked_on_are_all_looked_at(store: Store) -> None:
    events, recorders = 25, 3

    def act(number: int) -> None:
        for _ in range(events):
            if number < recorders:
                store.inbox.record([edited("b1")])
            else:
                for claimed in claim(store):
                    assert store.inbox.settle(claimed)

    at_once(recorders + 1, act)
    for claimed in claim(store):
        store.inbox.settle(claimed)
    row = store.inbox.pending("deal", "b1")
    assert row
    assert (row.seq, row.claimed_seq, row.due_at) == (events * recorders, events * recorders, None)


def test_writers_of_many_rows_never_wait_for_each_other_for_ever(store: Store) -> None:
    """Events in any order, heartbeats and claims over the same rows."""
    keys = [f"b{n}" for n in range(60)]
    store.inbox.record([edited(key) for key in keys])
    held = claim(store, limit=30)

    def act(number: int) -> None:
        order = random.Random(number)
        for _ in range(12):
            store.inbox.record([edited(key, min_version=1) for key in order.sample(keys, len(keys))])
            store.inbox.renew(order.sample(held, len(held)))
            claim(store, limit=5)

    at_once(4, act)
    assert store.inbox.renew(held) == {claimed.key for claimed in held}


def test_of_eight_senders_one_sends(store: Store) -> None:
    effect = planned(store)

    def send(number: int) -> bool:
        return store.effects.mark_sent(effect, sending(store, str(number))) is not None

    assert Counter(at_once(8, send)) == {True: 1, False: 7}


def test_of_eight_that_begin_the_same_write_one_does(store: Store) -> None:
    def begin(number: int) -> str | None:
        effect = begun(store, body={"by": number}, sending=sending(store, str(number)))
        return effect and effect.run_id

    (first,) = filter(None, at_once(8, begin))
    effect = store.effects.get("deal:b1:sales_order:1")
    assert effect and (effect.run_id, effect.body) == (first, {"by": int(first)})


def test_of_eight_that_plan_all_have_the_same_effect(store: Store) -> None:
    plans = at_once(8, lambda number: planned(store, body={"by": number}))
    assert len({effect.body["by"] for effect in plans}) == 1


def test_of_eight_links_to_one_order_one_is_made(store: Store) -> None:
    def link(number: int) -> bool:
        try:
            store.links.add(Link("order", f"b{number}", "100042"))
        except Conflict:
            return False
        return True

    assert Counter(at_once(8, link)) == {True: 1, False: 7}
    assert store.links.count() == 1


def test_of_eight_nudges_and_probes_one_goes_through(store: Store, clock: ManualClock) -> None:
    assert sum(at_once(8, lambda _: store.nudges.acquire("order_to_cash"))) == 1
    store.pauses.pause("erp", "503", 15)
    clock.advance(15)
    assert sum(at_once(8, lambda _: store.pauses.may_probe("erp"))) == 1


def test_failures_at_once_are_one_incident(store: Store) -> None:
    def fail(number: int) -> int:
        letter = store.dead_letters.open(
            "deal", "b1", error_class="Rejected", code="", message="", diagnosis={}, attempts=number
        )
        return letter.occurrences

    assert sorted(at_once(8, fail)) == list(range(1, 9))
    assert store.dead_letters.count_open() == 1


def test_what_was_acknowledged_survives_the_death_of_the_process(
    database_url: str | None, tmp_path: Path
) -> None:
    process = start(record_until_killed, database_url, tmp_path)
    assert process.stdout
    acknowledged = list(islice(process.stdout, 40))
    process.kill()
    acknowledged += [line for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    store = open_store(database_url, tmp_path)
    found = {claimed.key for claimed in claim(store, limit=len(acknowledged) + 10)}
    assert {line.strip() for line in acknowledged} <= found
    assert len(found) - len(acknowledged) in (0, 1)
    store.close()


def test_death_within_a_transaction_leaves_nothing_of_it_and_no_lock(
    database_url: str | None, tmp_path: Path
) -> None:
    process = start(die_while_confirming, database_url, tmp_path)
    assert process.stdout
    process.stdout.close()
    assert process.wait() == 9
    store = open_store(database_url, tmp_path)
    effect = store.effects.get(KEY)
    assert effect
    assert effect.state == "sent"
    assert store.links.count() == 0
    assert store.effects.confirm(effect, external_id="1", result={}, link=Link("order", "b1", "1"))
    store.close()
