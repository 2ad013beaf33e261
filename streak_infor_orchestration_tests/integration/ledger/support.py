"""Words the ledger's tests share, and what its concurrency tests run in other processes."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed, Event

T = TypeVar("T")


def edited(key: str, **fields: Any) -> Event:
    """A deal was edited in Streak."""
    return Event(**{"source": "streak", "name": "BOX_EDIT", "kind": "deal", "key": key} | fields)


def claim(store: Store, limit: int = 10, **fields: Any) -> list[Claimed]:
    wanted: dict[str, Any] = {"kinds": ["deal"], "owner": "run", "limit": limit} | fields
    return store.inbox.claim(**wanted)


def claim_one(store: Store, key: str, **fields: Any) -> Claimed:
    (claimed,) = claim(store, only=[key], **fields)
    return claimed


def planned(store: Store, key: str = "deal:b1:sales_order:1", **fields: Any) -> Effect:
    return store.effects.plan(
        key, **{"shape": "create", "body": {"total": "12.50"}, "subject": "b1"} | fields
    )


def sent(store: Store, effect: Effect) -> Effect:
    now = store.clock.now()
    moved = store.effects.mark_sent(
        effect, settle_until=now + timedelta(seconds=330), call_deadline=now, token="lease", run_id="run"
    )
    assert moved
    return moved


def at_once(times: int, act: Callable[[int], T]) -> list[T]:
    """`act(0)`, `act(1)`, … in threads that start together; the results in that order."""
    barrier = Barrier(times)

    def start(number: int) -> T:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(start, range(times)))


def open_store(url: str | None, state_dir: Path) -> Store:
    """With the clocks of production, as another process does it."""
    return Store.open(url, state_dir, clock=Clock())


def claim_until_empty(url: str | None, state_dir: Path, owner: str) -> list[str]:
    store = open_store(url, state_dir)
    keys: list[str] = []
    while claims := claim(store, limit=7, owner=owner):
        keys += [claimed.key for claimed in claims]
    store.close()
    return keys


def epoch_of(url: str | None, state_dir: Path) -> str:
    store = open_store(url, state_dir)
    store.close()
    return store.epoch


def record_until_killed(url: str | None, state_dir: Path) -> None:
    """Prints every key after it is acknowledged, and never ends by itself within a test's time."""
    store = open_store(url, state_dir)
    for number in range(1_000_000):
        store.inbox.record([edited(f"b{os.getpid()}-{number}")])
        sys.stdout.write(f"b{os.getpid()}-{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    record_until_killed(sys.argv[1] or None, Path(sys.argv[2]))
