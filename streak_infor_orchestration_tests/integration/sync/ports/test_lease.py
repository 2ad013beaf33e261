"""Leases are kept alive while a run works, and by nobody afterwards."""

import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from streak_infor_orchestration.ledger.inbox import Claimed, Inbox
from streak_infor_orchestration.sync.ports.lease import FRESH_SECONDS, LIFE_SECONDS, LeaseKeeper
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration_tests.world import World


@pytest.fixture
def claim(world: World) -> Claimed:
    world.webhook(world.company.deal("Northwind"))
    (claim,) = world.ports.store.inbox.claim(kinds=("deal",), owner="me", limit=1, life=LIFE_SECONDS)
    return claim


@pytest.fixture
def beats(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Semaphore]:
    """Released by every renewal that was made."""
    made = threading.Semaphore(0)
    renew = Inbox.renew

    def counted(inbox: Inbox, claims: Sequence[Claimed], life: float) -> set[str]:
        try:
            return renew(inbox, claims, life=life)
        finally:
            made.release()

    monkeypatch.setattr(Inbox, "renew", counted)
    yield made


def after_a_beat(beats: threading.Semaphore) -> None:
    """Two are awaited, since the first may have begun before the clock was moved; those made before are forgotten."""
    while beats.acquire(blocking=False):
        pass
    assert beats.acquire(timeout=5) and beats.acquire(timeout=5)


def test_the_heartbeat_keeps_the_lease_as_long_as_the_run_works(
    world: World, claim: Claimed, beats: threading.Semaphore
) -> None:
    inbox = world.ports.store.inbox
    leases = LeaseKeeper(inbox, beat=0.001)
    leases.keep("run", [claim])
    for _ in range(4):
        world.lease_clock.advance(LIFE_SECONDS - 1)
        after_a_beat(beats)
        assert inbox.holds(claim)
    leases.release("run")
    leases.close()
    world.lease_clock.advance(LIFE_SECONDS)
    assert not inbox.holds(claim)


def test_a_run_that_claims_twice_keeps_both(world: World, claim: Claimed, beats: threading.Semaphore) -> None:
    inbox = world.ports.store.inbox
    world.webhook(world.company.deal("Another"))
    (second,) = inbox.claim(kinds=("deal",), owner="me", limit=1, life=LIFE_SECONDS)
    leases = LeaseKeeper(inbox, beat=0.001)
    leases.keep("run", [claim])
    leases.keep("run", [second])
    world.lease_clock.advance(LIFE_SECONDS - 1)
    after_a_beat(beats)
    world.lease_clock.advance(LIFE_SECONDS - 1)
    assert inbox.holds(claim) and inbox.holds(second)
    leases.close()


def test_a_released_run_is_renewed_no_more(world: World, claim: Claimed, beats: threading.Semaphore) -> None:
    leases = LeaseKeeper(world.ports.store.inbox, beat=0.001)
    leases.keep("run", [claim])
    assert beats.acquire(timeout=5)
    leases.release("run")
    while beats.acquire(timeout=0.05):
        pass  # what had begun
    leases.close()


def test_a_database_that_is_away_for_a_moment_ends_no_heartbeat(
    world: World, claim: Claimed, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = threading.Semaphore(0)

    def away(*_: object, **__: object) -> set[str]:
        calls.release()
        raise OSError

    monkeypatch.setattr(Inbox, "renew", away)
    leases = LeaseKeeper(world.ports.store.inbox, beat=0.001)
    leases.keep("run", [claim])
    assert all(calls.acquire(timeout=5) for _ in range(3))
    leases.close()


def test_one_answer_of_the_ledger_serves_all_deals_of_a_run_for_a_moment(
    world: World, beats: threading.Semaphore
) -> None:
    for name in ("first", "second"):
        world.webhook(world.company.deal(name))
    first, second = world.ports.store.inbox.claim(kinds=("deal",), owner="me", limit=2, life=LIFE_SECONDS)
    leases = LeaseKeeper(world.ports.store.inbox, beat=3600)
    leases.keep("run", [first, second])
    assert leases.stretch(first, life=30) and leases.stretch(second, life=30)
    assert beats.acquire(blocking=False) and not beats.acquire(blocking=False)
    world.lease_clock.advance(FRESH_SECONDS)
    assert leases.stretch(second, life=30)
    assert beats.acquire(blocking=False), "it has to be asked for again"
    leases.close()


def test_a_lease_that_was_lost_is_not_stretched(world: World, claim: Claimed) -> None:
    leases = LeaseKeeper(world.ports.store.inbox, beat=3600)
    leases.keep("run", [claim])
    assert leases.stretch(claim, life=30)
    world.lease_clock.advance(31)
    assert not leases.stretch(claim, life=30)
    leases.close()


def test_a_run_that_ended_without_a_word_keeps_nothing(
    world: World, claim: Claimed, beats: threading.Semaphore
) -> None:
    """It broke between two phases: Dagster could not note that one had ended."""
    inbox = world.ports.store.inbox
    leases = LeaseKeeper(inbox, beat=0.001, silence=0.3)
    leases.keep("run", [claim])
    assert beats.acquire(timeout=5)
    while beats.acquire(timeout=0.5):
        pass  # until it is silent
    world.lease_clock.advance(LIFE_SECONDS)
    assert not inbox.holds(claim)
    leases.close()


def test_a_run_whose_phases_go_on_keeps_its_leases(
    world: World, claim: Claimed, beats: threading.Semaphore
) -> None:
    leases = LeaseKeeper(world.ports.store.inbox, beat=0.001, silence=0.3)
    leases.keep("run", [claim])
    until = time.monotonic() + 0.6
    while time.monotonic() < until:
        leases.goes_on("run")
        assert beats.acquire(timeout=5)
    leases.close()


def test_every_phase_says_that_its_run_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(LeaseKeeper, "goes_on", lambda _, run_id: heard.append(run_id))
    world.webhook(world.company.deal("Northwind"))
    batch = world.run()
    assert heard.count(batch.run_id) == len(ORDER_TO_CASH.phases) - 2, "all but the first and the last"
