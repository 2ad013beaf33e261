"""One run for many webhooks, another for what came too late for it, none for nothing; on a real ledger."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from streak_infor_orchestration.domain.clock import Clock, ManualClock
from streak_infor_orchestration.domain.errors import Unavailable
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.metrics import Metrics
from streak_infor_orchestration.gateway.nudge import (
    IDLE_SECONDS,
    LIFE_SECONDS,
    LONGEST_SECONDS,
    SPACING_SECONDS,
    TAGS,
    Nudger,
)
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox_rows import Event
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock
from streak_infor_orchestration_tests.integration.gateway.load import box
from streak_infor_orchestration_tests.integration.gateway.running import PATH, SECRET, in_thread


class Dagster:
    """Counts the runs it is asked for; `down` while it cannot be reached."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, Mapping[str, str]]] = []
        self.asked = threading.Semaphore(0)
        self.down = False

    def launch(self, job: str, tags: Mapping[str, str]) -> str:
        self.runs.append((job, tags))
        self.asked.release()
        if self.down:
            raise Unavailable("no connection", system="dagster")
        return f"run {len(self.runs)}"


@pytest.fixture
def store(store_on_both: Store) -> Store:
    """Its clocks move when a test moves them."""
    return store_on_both


@pytest.fixture
def dagster() -> Dagster:
    return Dagster()


@pytest.fixture
def nudger(store: Store, dagster: Dagster, clock: ManualClock) -> Nudger:
    """Not started: the tests look when they want to."""
    return Nudger(store, dagster.launch, Metrics(store), clock)


def deal(key: str, **fields: Any) -> Event:
    return Event("streak", "BOX_EDIT", "deal", key, **fields)


def claim(store: Store) -> None:
    """What a run does first: it clears the row, then takes what is due."""
    store.nudges.clear("order_to_cash")
    store.inbox.claim(kinds=("deal",), owner="run", limit=100)


def test_nothing_due_starts_nothing(nudger: Nudger, dagster: Dagster) -> None:
    assert nudger.look() is False
    assert dagster.runs == []


def test_a_due_deal_starts_the_job_in_the_live_queue(nudger: Nudger, store: Store, dagster: Dagster) -> None:
    store.inbox.record([deal("b1")])
    assert nudger.look() is True
    assert dagster.runs == [("order_to_cash", TAGS)]
    assert TAGS == {"dagster-celery/queue": "live", "streak-infor/started-by": "webhook"}


def test_how_long_things_take() -> None:
    """Seconds: a row's life, the rarest look, the looks while nothing is due, the room between two looks."""
    assert (LIFE_SECONDS, LONGEST_SECONDS, IDLE_SECONDS, SPACING_SECONDS) == (3.0, 60.0, 1.0, 0.25)


@pytest.mark.parametrize("lane", ["live", "manual", "unknown"])
def test_each_lane_that_somebody_waits_in_is_nudged_for(
    nudger: Nudger, store: Store, dagster: Dagster, lane: str
) -> None:
    store.inbox.record([deal("b1", lane=lane)])
    assert nudger.look() is True and len(dagster.runs) == 1


def test_a_customer_that_is_due_starts_no_run_of_deals(
    nudger: Nudger, store: Store, dagster: Dagster
) -> None:
    store.inbox.record([Event("streak", "ORG_UPDATE", "customer", "organization:o1")])
    assert nudger.look() is False and dagster.runs == []


def test_each_nudge_is_counted_by_what_became_of_it(
    store: Store, dagster: Dagster, clock: ManualClock, lease_clock: ManualLeaseClock
) -> None:
    metrics = Metrics(store)
    nudger = Nudger(store, dagster.launch, metrics, clock)
    store.inbox.record([deal("b1")])
    for down in (False, True, True):
        dagster.down = down
        assert nudger.look() is True
        lease_clock.advance(LIFE_SECONDS + 0.1)
    counted = [sample for family in metrics._nudges.collect() for sample in family.samples]
    assert {s.labels["outcome"]: s.value for s in counted if s.name.endswith("_total")} == {
        "launched": 1.0,
        "failed": 2.0,
    }


def test_the_next_look_is_put_off_only_beyond_the_idle_one(nudger: Nudger) -> None:
    looks = [nudger.next_look(previous, news=False) for previous in (0.5, 1.0, 1.5, 29.0, 31.0)]
    assert looks == [LIFE_SECONDS, LIFE_SECONDS, 3.0, 58.0, 60.0]


def test_what_comes_before_the_run_has_taken_its_list_starts_no_other(
    nudger: Nudger, store: Store, dagster: Dagster
) -> None:
    for key in ("b1", "b2", "b3"):
        store.inbox.record([deal(key)])
        nudger.look()
    assert len(dagster.runs) == 1
    claim(store)
    assert nudger.look() is False, "all three were taken"


def test_what_comes_after_the_run_has_taken_its_list_starts_another_at_once(
    nudger: Nudger, store: Store, dagster: Dagster
) -> None:
    store.inbox.record([deal("b1")])
    nudger.look()
    claim(store)
    store.inbox.record([deal("b2")])
    nudger.look()
    assert len(dagster.runs) == 2


def test_a_run_that_never_came_is_asked_for_again_when_its_row_has_expired(
    nudger: Nudger, store: Store, dagster: Dagster, lease_clock: ManualLeaseClock
) -> None:
    store.inbox.record([deal("b1")])
    assert nudger.look() and nudger.look() and len(dagster.runs) == 1
    lease_clock.advance(LIFE_SECONDS + 0.1)
    assert nudger.look() and len(dagster.runs) == 2


def test_a_run_the_sensor_asked_for_counts(nudger: Nudger, store: Store, dagster: Dagster) -> None:
    store.inbox.record([deal("b1")])
    assert store.nudges.acquire("order_to_cash")
    assert nudger.look() is True
    assert dagster.runs == []


@pytest.mark.parametrize(("lane", "due_in"), [("bulk", 0.0), ("live", 60.0)])
def test_what_is_not_due_now_in_a_live_lane_is_left_to_the_sensor(
    nudger: Nudger, store: Store, dagster: Dagster, clock: ManualClock, lane: str, due_in: float
) -> None:
    store.inbox.record([deal("b1", lane=lane, due_at=clock.now() + timedelta(seconds=due_in))])
    assert nudger.look() is False
    assert dagster.runs == []


def test_while_a_system_is_paused_no_run_could_do_anything(
    nudger: Nudger, store: Store, dagster: Dagster, clock: ManualClock
) -> None:
    store.inbox.record([deal("b1")])
    store.pauses.pause("infor", "503", 15.0)
    assert nudger.look() is False
    clock.advance(16.0)
    assert nudger.look() is True
    assert len(dagster.runs) == 1


def test_a_dagster_that_is_down_is_harmless(nudger: Nudger, store: Store, dagster: Dagster) -> None:
    store.inbox.record([deal("b1")])
    dagster.down = True
    assert nudger.look() is True
    assert store.inbox.due(("deal",)).count == 1


def test_a_ledger_that_is_gone_is_harmless(
    nudger: Nudger, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setattr(store.inbox, "due", lambda kinds: 1 / 0)
    assert nudger.look() is True, "and worth another look"


def test_looking_again_becomes_rarer_until_there_is_news(nudger: Nudger) -> None:
    pauses = [nudger.next_look(IDLE_SECONDS, news=False)]
    for _ in range(8):
        pauses.append(nudger.next_look(pauses[-1], news=False))
    assert pauses[:4] == [LIFE_SECONDS, 2 * LIFE_SECONDS, 4 * LIFE_SECONDS, 8 * LIFE_SECONDS]
    assert pauses[-1] == LONGEST_SECONDS
    assert nudger.next_look(LONGEST_SECONDS, news=True) == LIFE_SECONDS


# --- the thread, in real time but with a short life ---


def test_what_becomes_due_by_itself_is_asked_for_without_a_webhook(
    store: Store, dagster: Dagster, clock: ManualClock
) -> None:
    store.inbox.record([deal("b1", due_at=clock.now() + timedelta(seconds=60))])
    nudger = Nudger(store, dagster.launch, Metrics(store), clock, spacing=0.0, idle=0.02)
    nudger.start()
    try:
        assert not dagster.asked.acquire(timeout=0.1)
        clock.advance(61.0)
        assert dagster.asked.acquire(timeout=5)
    finally:
        nudger.close()


@contextmanager
def quiet(store: Store, dagster: Dagster) -> Iterator[Nudger]:
    """It has had its first look, and has none by itself for an hour."""
    nudger = Nudger(store, dagster.launch, Metrics(store), ManualClock(), spacing=0.0, idle=3600.0)
    look, looked = nudger.look, threading.Event()

    def first() -> bool:
        nudger.look = look  # type: ignore[method-assign]
        again = look()
        looked.set()
        return again

    nudger.look = first  # type: ignore[method-assign]
    nudger.start()
    try:
        assert looked.wait(5)
        yield nudger
    finally:
        nudger.close()


@contextmanager
def awake(store: Store, dagster: Dagster, life: float) -> Iterator[Nudger]:
    nudger = Nudger(store, dagster.launch, Metrics(store), ManualClock(), life=life, spacing=0.01)
    nudger.start()
    try:
        yield nudger
    finally:
        nudger.close()


def test_what_was_left_by_an_earlier_process_is_nudged_at_the_start(store: Store, dagster: Dagster) -> None:
    store.inbox.record([deal("b1")])
    with awake(store, dagster, life=60.0):
        assert dagster.asked.acquire(timeout=5)


def test_an_event_whose_nudge_was_suppressed_is_nudged_when_the_row_is_gone(
    store: Store, dagster: Dagster
) -> None:
    assert store.nudges.acquire("order_to_cash"), "somebody has just asked for a run"
    with awake(store, dagster, life=0.05) as nudger:
        event = deal("b1")
        store.inbox.record([event])
        nudger.committed([event])
        assert not dagster.asked.acquire(timeout=0.1)
        store.nudges.clear(
            "order_to_cash"
        )  # that run took its list before the event came; nobody tells the nudger
        assert dagster.asked.acquire(timeout=5)


def test_an_event_of_another_kind_is_no_reason_to_look(
    store: Store, dagster: Dagster, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    with awake(store, dagster, life=0.01) as nudger:
        time.sleep(0.05)
        monkeypatch.setattr(nudger, "look", lambda: looks.append("look"))
        nudger.committed([Event("streak", "CONTACT_UPDATE", "customer", "c1")])  # no deal
        time.sleep(0.1)
    assert looks == []


def test_a_deal_among_events_of_other_kinds_is_looked_at_now(store: Store, dagster: Dagster) -> None:
    """One commit holds what several webhooks brought: a deal does not wait for the next idle look."""
    events = [Event("streak", "CONTACT_UPDATE", "customer", "c1"), deal("b1")]
    with quiet(store, dagster) as nudger:
        store.inbox.record(events)
        nudger.committed(events)
        assert dagster.asked.acquire(timeout=5)


def test_a_webhook_starts_a_run(database_url: str | None, tmp_path: Path, dagster: Dagster) -> None:
    store = Store.open(database_url, tmp_path, clock=Clock())
    with in_thread(create_app(store, secret=SECRET, launch=dagster.launch)) as client:
        assert client.post(PATH, json=[box("b1")]).status_code == 200
        assert dagster.asked.acquire(timeout=5)
        metrics: httpx.Response = client.get("/metrics")
        assert 'streak_infor_nudges_total{outcome="launched"} 1.0' in metrics.text
    store.close()
