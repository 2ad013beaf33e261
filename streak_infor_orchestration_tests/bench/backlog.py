"""How long a live deal's claim takes beside a bulk backlog, in multiples of the same claim without one."""

import tempfile
import time
from pathlib import Path
from statistics import median

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration_tests.bench.row import Row

BACKLOG = 50_000
LIVE = 40
TIMES_IDLE = 2.0


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(None, Path(folder), clock=Clock())
        idle, _ = _claims(store, "idle")
        store.inbox.record([Event("sweep", "SEEN", "deal", f"bulk{n}", lane="bulk") for n in range(BACKLOG)])
        beside, late = _claims(store, "beside")
        store.close()
    return [
        Row(
            f"claiming a live deal beside {BACKLOG:,} bulk ones, times idle",
            beside / idle,
            at_most=TIMES_IDLE,
        ),
        Row("live deals claimed after a bulk one", late, at_most=0),
    ]


def _claims(store: Store, prefix: str) -> tuple[float, int]:
    """Median seconds from the commit of a live event to its lease, and how often something else came first."""
    took, late = [], 0
    for n in range(LIVE):
        store.inbox.record([Event("streak", "BOX_EDIT", "deal", f"{prefix}{n}")])
        began = time.perf_counter()
        (claim,) = store.inbox.claim(kinds=("deal",), owner="bench", limit=1)
        took.append(time.perf_counter() - began)
        late += claim.key != f"{prefix}{n}"
        store.inbox.settle(claim)
    return median(took), late
