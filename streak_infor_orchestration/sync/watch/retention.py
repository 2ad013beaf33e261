"""What is kept of old writes: what later looks still compare, and no more of what people are called or write."""

import time

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.registry import kind_of
from streak_infor_orchestration.sync.effects.remains import Remains, whole
from streak_infor_orchestration.sync.watch.alerts import standing


def prune(store: Store, *, seconds: float) -> dict[str, int]:
    """Removes from the ledger what has outlived its life, for so long at most. How many rows of each table."""
    deadline = time.monotonic() + seconds
    names = {
        incident.name for incident in standing(store) if incident.kind not in ("dead_letter", "conflict")
    }
    removed = store.retention.prune(standing=names, deadline=deadline)
    return removed | {"bodies": store.retention.shrink(shrunk, deadline)}


def shrunk(effect: Effect) -> Remains:
    """Body and result of a confirmed write, as its kind keeps them; those of a kind that is not known stay whole."""
    try:
        kind, _parts = kind_of(effect.key)
    except LookupError:
        return whole(effect)
    return kind.remains(effect)
