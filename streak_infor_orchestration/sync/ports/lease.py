"""Leases kept alive: one heartbeat thread per process for whatever its runs have claimed."""

import threading
import time
from collections.abc import Iterable

from streak_infor_orchestration.ledger.inbox import Claimed, Inbox

LIFE_SECONDS = 20.0
BEAT_SECONDS = 5.0
FRESH_SECONDS = 2.0
"""For so long an answer of the ledger about the leases of a run serves all its deals. It has to be less than the time
by which a send's lease outlives its call."""

SILENCE_SECONDS = 60.0
"""A run that has begun no phase for so long has ended without a word: no phase takes half of it."""


class LeaseKeeper:
    """`keep` when a run has claimed, `goes_on` with each of its phases, `release` at its end. A dead process simply
    stops beating; a run that breaks between two phases, where nobody of ours is asked, is forgotten by its silence.
    """

    def __init__(self, inbox: Inbox, *, beat: float = BEAT_SECONDS, silence: float = SILENCE_SECONDS) -> None:
        self._inbox = inbox
        self._beat = beat
        self._silence = silence
        self._kept: dict[str, tuple[Claimed, ...]] = {}
        self._heard: dict[str, float] = {}
        self._stretched: dict[str, tuple[float, set[str]]] = {}
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def keep(self, run_id: str, claims: Iterable[Claimed]) -> None:
        with self._lock:
            self._kept[run_id] = (*self._kept.get(run_id, ()), *claims)
            self._heard[run_id] = time.monotonic()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="lease-heartbeat", daemon=True)
                self._thread.start()

    def goes_on(self, run_id: str) -> None:
        with self._lock:
            if run_id in self._kept:
                self._heard[run_id] = time.monotonic()

    def release(self, run_id: str) -> None:
        with self._lock:
            self._forget(run_id)

    def _forget(self, run_id: str) -> None:
        self._heard.pop(run_id, None)
        for claim in self._kept.pop(run_id, ()):
            self._stretched.pop(claim.token, None)

    def stretch(self, claim: Claimed, life: float) -> bool:
        """Whether the deal is still ours, now for `life` seconds more. Asked for all deals of its run at once, because
        they are about to send too."""
        with self._asking:
            asked, held = self._stretched.get(claim.token, (float("-inf"), set()))
            now = self._inbox.moment()
            if now - asked < FRESH_SECONDS:
                return claim.key in held
            with self._lock:
                kept = [one for claims in self._kept.values() for one in claims if one.token == claim.token]
            held = self._inbox.renew(kept or [claim], life=life)
            if kept:
                self._stretched[claim.token] = now, held
            return claim.key in held

    def close(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._beat):
            with self._lock:
                silent = time.monotonic() - self._silence
                for run_id in [run_id for run_id, heard in self._heard.items() if heard < silent]:
                    self._forget(run_id)
                claims = [claim for kept in self._kept.values() for claim in kept]
            if claims:
                # a failing renewal is noticed by whoever needs the lease: it is checked before every write
                try:
                    self._inbox.renew(claims, life=LIFE_SECONDS)
                except Exception:  # noqa: S112  # the database is away for a moment; the next beat tries again
                    continue
