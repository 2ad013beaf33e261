"""What Dagster is told of a batch after each phase."""

from collections import Counter
from typing import TYPE_CHECKING

import dagster as dg

from streak_infor_orchestration.domain.shown import visible

if TYPE_CHECKING:
    from streak_infor_orchestration.domain.kinds import Kind
    from streak_infor_orchestration.sync.row.work import Batch, Verdict, Work

SHOWN_WHILE_FEW = 20
_SCHEMA = dg.TableSchema(columns=[dg.TableColumn(name) for name in ("record", "in the ERP", "status", "did")])


def summary(batch: "Batch", kind: "Kind") -> dict[str, dg.MetadataValue]:
    """Counts by status, and a table while there are few, of the stopped ones when there are many. Dagster keeps it for
    weeks: names and what people typed stay in the ledger (`streak-infor status KEY`)."""
    what = f"{kind}s"
    statuses = Counter(w.verdict.status.value if w.verdict else "open" for w in batch.items)
    shown = batch.items if len(batch.items) <= SHOWN_WHILE_FEW else [w for w in batch.items if w.verdict]
    return {
        what: dg.MetadataValue.int(len(batch.items)),
        **{f"{what} {status}": dg.MetadataValue.int(count) for status, count in sorted(statuses.items())},
        "table": dg.MetadataValue.table([_row(work) for work in shown[:50]], schema=_SCHEMA),
    }


def _row(work: "Work") -> dg.TableRecord:
    return dg.TableRecord(
        {
            "record": work.claim.key,
            "in the ERP": work.order.id if work.order else work.customer_id,
            "status": _status(work.verdict) if work.verdict else "open",
            # only what stands before a colon: behind it are names and texts, which are people's data
            "did": visible("; ".join(step.partition(":")[0] for step in work.trail)),
        }
    )


def _status(verdict: "Verdict") -> str:
    """With the codes of what is wrong."""
    codes = dict.fromkeys(problem.code for problem in verdict.problems)
    if not codes and verdict.error is not None:
        codes[verdict.error.code] = None
    return f"{verdict.status.value}: {', '.join(codes)}" if codes else verdict.status.value
