"""Suspects are read again by their keys, on both sides; what is under way is left alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from streak_infor_orchestration.domain.drift import Drift
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.reconcilable import Keys, Reconcilable, Subject
from streak_infor_orchestration.sync.reconcile.suspicion import Progress

UNDER_WAY = timedelta(minutes=5)
"""A change as young as this is left to its event."""

MOST_READ = 500
"""Pairs of a kind that one run reads again, a handful of calls each; the rest waits for the next."""

MOST_CONSIDERED = 4 * MOST_READ
"""Of which those are left out that have something under way."""


@dataclass
class Confirmed:
    """`drifts` with whose look may cure them. `settled`: pairs that were read again, and of which nothing was under
    way. `unfinished` have something under way, `unread` could not be read, `left` wait for the next run."""

    drifts: list[tuple[Drift, Subject | None]] = field(default_factory=list)
    settled: set[Keys] = field(default_factory=set)
    unfinished: int = 0
    unread: int = 0
    left: int = 0


def confirmed(pairs: Reconcilable, wanted: Sequence[Keys], ports: Ports, progress: Progress) -> Confirmed:
    subjects = {keys: pairs.subject(*keys) for keys in wanted[:MOST_CONSIDERED]}
    busy = _busy(subjects.values(), ports.store)
    calm = [keys for keys, subject in subjects.items() if subject not in busy]
    left = len(wanted) - len(subjects) + max(0, len(calm) - MOST_READ)
    made = Confirmed(unfinished=len(subjects) - len(calm), left=left)
    for done, keys in enumerate(calm[:MOST_READ], 1):
        progress(f"{pairs.name} read again", done)
        try:
            reread = pairs.read(*keys)
        except IntegrationError:
            made.unread += 1
            continue
        young = reread.changed is not None and ports.clock.now() - reread.changed < UNDER_WAY
        # what was told of while it was read is under way too
        if reread.drifts and (young or _busy([subjects[keys]], ports.store)):
            made.unfinished += 1
            continue
        made.settled.add(keys)
        made.drifts += [(drift, subjects[keys]) for drift in reread.drifts]
    return made


def _busy(subjects: Collection[Subject | None], store: Store) -> set[Subject | None]:
    """Those that are to be looked at, or have a write that is not over."""
    by_kind: dict[Kind, list[str]] = {}
    for subject in subjects:
        if subject is not None:
            by_kind.setdefault(subject.kind, []).append(subject.key)
    busy: set[Subject | None] = set()
    for kind, keys in by_kind.items():
        waiting = store.inbox.waiting_among(kind, keys) | store.effects.open_among(keys)
        busy |= {Subject(kind, key) for key in waiting}
    return busy
