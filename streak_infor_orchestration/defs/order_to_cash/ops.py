"""Ops: one per stage of `sync.deals.stages.STAGES`, each over the whole batch. Truth per deal is in the ledger."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import dagster as dg

from streak_infor_orchestration.defs.order_to_cash.resources import IntegrationResource
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.sync.deals.stages import STAGES
from streak_infor_orchestration.sync.row.claim import enqueue
from streak_infor_orchestration.sync.row.settle import settle
from streak_infor_orchestration.sync.row.stages import Stage
from streak_infor_orchestration.sync.row.work import Batch, Status, Verdict, Work
from streak_infor_orchestration.sync.watch.sweep import enqueue_since

SHOWN_WHILE_FEW = 20
ATTENTION_TAG = "streak-infor/attention"


class ClaimConfig(dg.Config):
    """What a person may ask of a run. Without `only` or `since` it takes what is due."""

    only: list[str] = []
    since: str | None = None
    limit: int = 40
    lanes: list[str] = ["live", "manual", "unknown"]
    dry_run: bool = False


def stage_op(name: str, stage: Stage, what: str = "deals") -> dg.OpDefinition:
    """An op around one stage: runs it, and tells Dagster one summary of so many deals, or whatever `what` is."""

    @dg.op(name=name, ins={"batch": dg.In(Batch)}, out=dg.Out(Batch, io_manager_key="in_memory"))
    def op(context: dg.OpExecutionContext, integration: IntegrationResource, batch: Batch) -> Batch:
        ports = integration.parts().ports
        try:
            after = stage(batch, ports)
        except BaseException:
            ports.leases.release(batch.run_id)  # the batch as such broke: its deals are free again in 20 s
            raise
        context.add_output_metadata(summary(after, what))
        if stage is settle:
            _tag(context, after)
        return after

    return op


@dg.op(name="claim", out=dg.Out(Batch, io_manager_key="in_memory", is_required=False))
def claim_op(
    context: dg.OpExecutionContext, config: ClaimConfig, integration: IntegrationResource
) -> Iterator[dg.Output[Batch]]:
    """Take what is due. A run that finds nothing ends here."""
    ports = integration.parts().ports
    if config.since and not config.dry_run:
        enqueue_since(ports, datetime.fromisoformat(config.since))
    if config.only and not config.dry_run:
        enqueue(ports, config.only)
    batch = STAGES[0][1](
        Batch(
            run_id=context.run_id,
            limit=config.limit,
            only=tuple(config.only),
            lanes=tuple(config.lanes),
            dry_run=config.dry_run,
        ),
        ports,
    )
    if batch.items:
        yield dg.Output(batch, metadata=summary(batch, "deals"))


STAGE_OPS = tuple(stage_op(name, stage) for name, stage in STAGES[1:])


def summary(batch: Batch, what: str) -> dict[str, dg.MetadataValue]:
    """Counts by status, and a table while there are few, of the stopped ones when there are many. Dagster keeps it for
    weeks: names and what people typed stay in the ledger (`streak-infor status KEY`)."""
    statuses = Counter(w.verdict.status.value if w.verdict else "open" for w in batch.items)
    shown = batch.items if len(batch.items) <= SHOWN_WHILE_FEW else [w for w in batch.items if w.verdict]
    return {
        what: dg.MetadataValue.int(len(batch.items)),
        **{f"{what} {status}": dg.MetadataValue.int(count) for status, count in sorted(statuses.items())},
        "table": dg.MetadataValue.table([_row(work) for work in shown[:50]], schema=_SCHEMA),
    }


_SCHEMA = dg.TableSchema(columns=[dg.TableColumn(name) for name in ("record", "in the ERP", "status", "did")])


def _row(work: Work) -> dg.TableRecord:
    return dg.TableRecord(
        {
            "record": work.claim.key,
            "in the ERP": work.order.id if work.order else work.customer_id,
            "status": _status(work.verdict) if work.verdict else "open",
            # which record was made or changed stands before the colon, names and texts behind it
            "did": visible("; ".join(step.partition(":")[0] for step in work.trail)),
        }
    )


def _status(verdict: Verdict) -> str:
    """With the codes of what is wrong."""
    codes = dict.fromkeys(problem.code for problem in verdict.problems)
    if not codes and verdict.error is not None:
        codes[verdict.error.code] = None
    return f"{verdict.status.value}: {', '.join(codes)}" if codes else verdict.status.value


def _tag(context: dg.OpExecutionContext, batch: Batch) -> None:
    attention = sum(
        w.verdict is not None and w.verdict.status in (Status.PERSON, Status.ADMINISTRATOR)
        for w in batch.items
    )
    if attention:
        context.instance.add_run_tags(context.run_id, {ATTENTION_TAG: str(attention)})
