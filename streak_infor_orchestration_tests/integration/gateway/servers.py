"""The gateway's application on other inboxes than the real one: what it is measured against, and what must fail.

python -m streak_infor_orchestration_tests.integration.gateway.servers {durable,forgetful,hasty} STATE_DIR
"""

import os
import queue
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.serve import run
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox_rows import Event
from streak_infor_orchestration_tests.integration.gateway.running import SECRET


class Forgetful:
    """Keeps nothing: the same application without the commit."""

    def record(self, events: Sequence[Event]) -> int:
        return len(events)


class Hasty:
    """Acknowledges at once and commits a little later: the mistake the durability tests have to notice."""

    LATER_SECONDS = 0.05

    def __init__(self, store: Store) -> None:
        self._commit = store.inbox.record
        self._owed: queue.SimpleQueue[Sequence[Event]] = queue.SimpleQueue()
        threading.Thread(target=self._pay, daemon=True).start()

    def record(self, events: Sequence[Event]) -> int:
        self._owed.put(events)
        return len(events)

    def _pay(self) -> None:
        while True:
            events = self._owed.get()
            time.sleep(self.LATER_SECONDS)
            self._commit(events)


def store_with(kind: str, store: Store) -> Store:
    inboxes: dict[str, Any] = {"forgetful": Forgetful, "hasty": lambda: Hasty(store)}
    if kind in inboxes:
        store.inbox = inboxes[kind]()
    return store


def main(kind: str, folder: str) -> None:
    url = os.environ.get("STREAK_INFOR_DATABASE_URL") or None
    store = store_with(kind, Store.open(url, Path(folder), clock=Clock()))
    run(create_app(store, secret=SECRET), "127.0.0.1", 0, lambda address: print(address, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
