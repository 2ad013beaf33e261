"""Words the ledger's tests share, and what its concurrency tests run in other processes."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.effects import Effect, Sending
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link

T = TypeVar("T")


def edited(key: str, **fields: Any) -> Event:
    """A deal was edited in Streak."""
    usual = {"source": "streak", "name": "BOX_EDIT", "kind": "deal", "key": key, "may_echo": True}
    return Event(**usual | fields)


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


def begun(store: Store, key: str = "deal:b1:sales_order:1", **fields: Any) -> Effect | None:
    return store.effects.begin(
        key,
        **{
            "shape": "create",
            "body": {"total": "12.50"},
            "subject": "b1",
            "correlation_id": "",
            "sending": sending(store),
        }
        | fields,
    )


def sent(store: Store, effect: Effect) -> Effect:
    moved = store.effects.mark_sent(effect, sending(store))
    assert moved
    return moved


def sending(store: Store, run_id: str = "run") -> Sending:
    now = store.clock.now()
    return Sending(settle_until=now + timedelta(seconds=330), call_deadline=now, run_id=run_id)


def at_once(times: int, act: Callable[[int], T]) -> list[T]:
    """`act(0)`, `act(1)`, … in threads that start together; the results in that order."""
    barrier = Barrier(times)

    def start(number: int) -> T:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(start, range(times)))


def in_processes(times: int, act: Callable[..., T], *arguments: Any) -> list[T]:
    """`act(*arguments)` in `times` processes at once. `act` has to be a function of this module.

    They are forked from a server that has imported it, which is much faster than new interpreters.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(times, mp_context=context) as pool:
        return [future.result() for future in [pool.submit(act, *arguments) for _ in range(times)]]


def open_store(url: str | None, state_dir: Path) -> Store:
    """With the clocks of production, as another process does it."""
    return Store.open(url, state_dir, clock=Clock())


def claim_in_small_portions(url: str | None, state_dir: Path) -> list[str]:
    store = open_store(url, state_dir)
    keys: list[str] = []
    for _ in range(100):
        keys += [claimed.key for claimed in claim(store, limit=7, life=3600)]
    store.close()
    return keys


def epoch_of(url: str | None, state_dir: Path) -> str:
    store = open_store(url, state_dir)
    store.close()
    return store.epoch


def record_until_killed(store: Store) -> None:
    """Prints every key once it is acknowledged."""
    for number in range(100_000):
        store.inbox.record([edited(f"b{number}")])
        print(f"b{number}", flush=True)


def die_while_confirming(store: Store) -> None:
    """The process is gone after the effect was moved and linked, and before its invoice is noted."""

    def die(*_: object) -> None:
        os._exit(9)

    setattr(store.invoices, "put_in", die)  # noqa: B010  # mypy forbids to assign a method
    store.effects.confirm(
        sent(store, planned(store)),
        external_id="1",
        result={},
        link=Link("order", "b1", "1"),
        invoice=OrderInvoice("1", "INV-1"),
    )


ACTS = {act.__name__: act for act in (record_until_killed, die_while_confirming)}


def start(act: Callable[[Store], None], url: str | None, state_dir: Path) -> subprocess.Popen[str]:
    """One of `ACTS` in a process of its own; what it prints can be read."""
    module = [sys.executable, "-m", __name__, act.__name__, url or "", str(state_dir)]
    root = Path(__file__).parents[3]
    return subprocess.Popen(module, cwd=root, stdout=subprocess.PIPE, text=True)


if __name__ == "__main__":
    ACTS[sys.argv[1]](open_store(sys.argv[2] or None, Path(sys.argv[3])))
