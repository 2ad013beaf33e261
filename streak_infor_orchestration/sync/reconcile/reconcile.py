"""One reconciliation: what the tables make suspect is read again by key on both sides, and counts only then.

What counts is put into the inbox once. What that look did not cure, or none can, is a person's, and an alarm.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.domain.drift import Drift, DriftKind
from streak_infor_orchestration.ledger.drifts import StandingDrift
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.confirming import Confirmed, confirmed
from streak_infor_orchestration.sync.reconcile.contacts import ContactPairs
from streak_infor_orchestration.sync.reconcile.customers import CustomerPairs
from streak_infor_orchestration.sync.reconcile.deals import DealPairs
from streak_infor_orchestration.sync.reconcile.invoices import InvoicePairs
from streak_infor_orchestration.sync.reconcile.reconcilable import Keys, Reconcilable, Subject
from streak_infor_orchestration.sync.reconcile.suspicion import Progress, suspected

WATERMARK = "reconcile"
OVERLAP = timedelta(hours=1)
"""Looked at again each time: the tables are read every half hour, one after the other."""

SOURCE = "reconcile"
_FEW = 200  # more than these are a backlog, which must not delay what comes in live

KINDS_OF_PAIRS: tuple[Callable[[Ports], Reconcilable], ...] = (
    DealPairs,
    CustomerPairs,
    ContactPairs,
    InvoicePairs,
)
TABLES = tuple(
    dict.fromkeys(
        name for pairs in (DealPairs, CustomerPairs, ContactPairs, InvoicePairs) for name in pairs.tables
    )
)
"""All that it asks, each after those that its records refer to."""


class Whose(StrEnum):
    """Who sees to a drift."""

    INBOX = "inbox"  # its record is looked at once more, and that may cure it
    WAITING = "waiting"  # for its turn, or for the end of what is under way
    PERSON = "person"


@dataclass(frozen=True)
class FoundDrift:
    """`subject`: whose look may cure it. `healed`: how often it was looked at for it, counting the look that is asked
    for now."""

    drift: Drift
    subject: Subject | None
    whose: Whose
    first_seen: datetime
    healed: int
    alarm: bool


@dataclass(frozen=True)
class Reconciled:
    """`compared`: records of both sides, by entity. `unfinished` suspects have something under way, `unread` could not
    be read again, `left` wait for the next run."""

    at: datetime
    whole: bool
    compared: Mapping[str, int]
    drifts: tuple[FoundDrift, ...]
    unfinished: int
    unread: int
    left: int

    @property
    def alarms(self) -> tuple[FoundDrift, ...]:
        return tuple(found for found in self.drifts if found.alarm)


def reconcile(
    ports: Ports,
    warehouse: Warehouse,
    *,
    whole: bool = False,
    since: datetime | None = None,
    heal: bool = True,
    progress: Progress = lambda _what, _done: None,
) -> Reconciled:
    """`whole`: every record; else what changed since the last run, or `since`. What stands from earlier runs is read
    again in any case. Without `heal` nothing is put into the inbox.

    Raises Misconfigured where a table was not read yet, and what the systems' reads raise.
    """
    store, began = ports.store, ports.clock.now()
    last = store.watermarks.get(WATERMARK)
    after = None if whole else since or (last and last - OVERLAP)
    standing = store.drifts.standing()
    compared: dict[str, int] = {}
    drifts: list[FoundDrift] = []
    cured: list[str] = []
    unfinished = unread = left = 0
    for kind in KINDS_OF_PAIRS:
        pairs = kind(ports)
        known = {mark: one for mark, one in standing.items() if one.drift.entity == pairs.name}
        keys, compared[pairs.name] = suspected(pairs, ports, warehouse, after, progress)
        before = [Keys(one.drift.streak_key, one.drift.erp_key) for one in known.values()]
        made = confirmed(pairs, list(dict.fromkeys([*before, *keys])), ports, progress)
        found = _judged(made, known, store, began, heal=heal)
        again = {one.drift.fingerprint for one in found}
        for mark, one in known.items():
            if mark not in again and Keys(one.drift.streak_key, one.drift.erp_key) in made.settled:
                cured.append(mark)
            elif mark not in again:
                found.append(
                    FoundDrift(one.drift, None, Whose.WAITING, one.first_seen, one.healed, one.alarm)
                )
        drifts += found
        unfinished, unread, left = unfinished + made.unfinished, unread + made.unread, left + made.left
    _remember(drifts, cured, compared, store, began)
    # enqueued after everything is compared: a record that is due is not compared
    asked = {one.subject for one in drifts if one.whose is Whose.INBOX and one.subject}
    lane = "live" if len(asked) <= _FEW else "bulk"
    store.inbox.record([Event(SOURCE, "DRIFT", kind, key, lane=lane) for kind, key in sorted(asked)])
    if since is None:
        store.watermarks.set(WATERMARK, began)
    return Reconciled(began, after is None, compared, tuple(drifts), unfinished, unread, left)


def _judged(
    made: Confirmed, known: Mapping[str, StandingDrift], store: Store, now: datetime, *, heal: bool
) -> list[FoundDrift]:
    letters = _with_letters({subject for _, subject in made.drifts if subject}, store)
    found = []
    for drift, subject in made.drifts:
        before = known.get(drift.fingerprint) or StandingDrift(drift, now)
        if subject in letters:  # which is an alarm already
            found.append(
                FoundDrift(drift, subject, Whose.PERSON, before.first_seen, before.healed, alarm=False)
            )
        elif subject is None or drift.kind.is_a_persons or before.healed:
            alarm = drift.kind is not DriftKind.ORPHAN_LINK
            found.append(FoundDrift(drift, subject, Whose.PERSON, before.first_seen, before.healed, alarm))
        elif heal:
            found.append(
                FoundDrift(drift, subject, Whose.INBOX, before.first_seen, before.healed + 1, alarm=False)
            )
        else:
            found.append(
                FoundDrift(drift, subject, Whose.WAITING, before.first_seen, before.healed, alarm=False)
            )
    return found


def _with_letters(subjects: set[Subject], store: Store) -> set[Subject]:
    """Those that wait for a person already."""
    kinds = {subject.kind for subject in subjects}
    return {
        Subject(kind, key)
        for kind in kinds
        for key in store.dead_letters.open_among(kind, [s.key for s in subjects if s.kind == kind])
    }


def _remember(
    drifts: list[FoundDrift], cured: list[str], compared: Mapping[str, int], store: Store, began: datetime
) -> None:
    store.drifts.keep([StandingDrift(one.drift, one.first_seen, one.healed, one.alarm) for one in drifts])
    store.drifts.forget(cured)
    counts = Counter((one.drift.entity, one.drift.kind.value) for one in drifts)
    store.drifts.counted(began, {**counts, **{(name, ""): number for name, number in compared.items()}})
