"""Leases kept alive: one heartbeat thread per process for whatever its runs have claimed."""

import threading
from collections.abc import Iterable

from streak_infor_orchestration.ledger.inbox import Claimed, Inbox

LIFE_SECONDS = 20.0
BEAT_SECONDS = 5.0


class Leases:
    """`keep` while a run works, `release` when it ended however it ended. A dead process simply stops beating."""

    def __init__(self, inbox: Inbox, *, beat: float = BEAT_SECONDS) -> None:
        self._inbox = inbox
        self._beat = beat
        self._kept: dict[str, tuple[Claimed, ...]] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def keep(self, run_id: str, claims: Iterable[Claimed]) -> None:
        with self._lock:
            self._kept[run_id] = (*self._kept.get(run_id, ()), *claims)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="lease-heartbeat", daemon=True)
                self._thread.start()

    def release(self, run_id: str) -> None:
        with self._lock:
            self._kept.pop(run_id, None)

    def close(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._beat):
            with self._lock:
                claims = [claim for kept in self._kept.values() for claim in kept]
            if claims:
                # a failing renewal is noticed by whoever needs the lease: it is checked before every write
                try:
                    self._inbox.renew(claims, life=LIFE_SECONDS)
                except Exception:  # noqa: S112  # the database is away for a moment; the next beat tries again
                    continue
