"""What the tables make suspect: both sides of a kind of record, projected portion by portion and compared by SQL."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from streak_infor_orchestration.analytics.reconciliation.compare import suspects
from streak_infor_orchestration.analytics.reconciliation.records import records
from streak_infor_orchestration.analytics.reconciliation.sides import (
    InErp,
    InStreak,
    SideTable,
    infor_side,
    streak_side,
)
from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.reconcile.reconcilable import Keys, Reconcilable

Progress = Callable[[str, int], None]
"""(what is being done, how many records of it are)."""


def suspected(
    pairs: Reconcilable, ports: Ports, warehouse: Warehouse, since: datetime | None, progress: Progress
) -> tuple[list[Keys], int]:
    """Pairs to be read again, and how many records of either side were compared. Without `since` all are.

    Raises Misconfigured for a table that was not read yet."""
    warehouse.work.mkdir(parents=True, exist_ok=True)
    infor_since = since - ports.config.erp.overlap if since else None
    with TemporaryDirectory(prefix="reconcile-", dir=warehouse.work) as folder:
        place = Path(folder)
        ours, theirs = streak_side(place, pairs.width), infor_side(place, pairs.width)
        with records(warehouse, pairs.tables, since, infor_since) as tabled:
            compared = _fill(ours, pairs.in_streak(tabled), f"{pairs.name} in Streak", progress)
            compared += _fill(theirs, pairs.in_erp(tabled), f"{pairs.name} in the ERP", progress)
        found = suspects(ours.source(), theirs.source(), width=pairs.width, whole=since is None, spill=place)
    return [Keys(one.streak_key, one.erp_key) for one in found], compared


def _fill(
    side: SideTable, portions: Iterable[Sequence[InStreak | InErp]], what: str, progress: Progress
) -> int:
    count = 0
    for rows in portions:
        side.add(rows)
        count += len(rows)
        progress(what, count)
    return count
