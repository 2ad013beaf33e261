"""A `Row` of `sync/` as a job: an op per phase, each over the whole batch. Truth per record is in the ledger."""

from collections.abc import Iterator
from datetime import datetime

import dagster as dg

from streak_infor_orchestration.defs.resources import InforResource, LedgerResource, StreakResource, ports
from streak_infor_orchestration.defs.summary import needing_attention, summary
from streak_infor_orchestration.sync.row.claim import enqueue
from streak_infor_orchestration.sync.row.phases import Phase
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.settle import settle
from streak_infor_orchestration.sync.row.work import Batch

ATTENTION_TAG = "streak-infor/attention"


def row_job(row: Row, *, description: str, keys: str) -> dg.JobDefinition:
    """`keys` says what its records are asked for by."""
    claim = _claim_op(row, keys)
    ops = [_phase_op(row, name, phase) for name, phase in row.phases[1:]]

    @dg.job(
        name=row.name,
        description=description,
        tags={"dagster-celery/queue": row.queue},
        executor_def=dg.in_process_executor,
    )
    def job() -> None:
        batch = claim()
        for op in ops:
            batch = op(batch)

    return job


def _asked(row: Row, keys: str) -> dict[str, dg.Field]:
    """What a person may ask of a run. Unless it is asked for certain records it takes what is due."""
    asked = {
        "only": dg.Field([dg.StringSource], default_value=[], description=keys),
        "limit": dg.Field(dg.IntSource, default_value=row.limit),
        "lanes": dg.Field([dg.StringSource], default_value=list(row.lanes[row.queue])),
        "dry_run": dg.Field(dg.BoolSource, default_value=False),
    }
    if row.asked_since is not None:
        asked["since"] = dg.Field(
            dg.Noneable(dg.StringSource), default_value=None, description="an instant, ISO 8601"
        )
    return asked


def _claim_op(row: Row, keys: str) -> dg.OpDefinition:
    name, claim = row.phases[0]

    @dg.op(
        name=name,
        config_schema=_asked(row, keys),
        out=dg.Out(Batch, io_manager_key="in_memory", is_required=False),
    )
    def op(
        context: dg.OpExecutionContext, streak: StreakResource, infor: InforResource, ledger: LedgerResource
    ) -> Iterator[dg.Output[Batch]]:
        """Take what is due. A run that finds nothing ends here."""
        opened, asked = ports(streak, infor, ledger), context.op_config
        only, dry_run = tuple(asked["only"]), asked["dry_run"]
        if row.asked_since and asked["since"] and not dry_run:
            row.asked_since(opened, datetime.fromisoformat(asked["since"]))
        if only and not dry_run:
            enqueue(opened, only, kind=row.kind)
        wanted = Batch(
            run_id=context.run_id,
            limit=asked["limit"],
            only=only,
            lanes=tuple(asked["lanes"]),
            dry_run=dry_run,
        )
        batch = claim(wanted, opened)
        if batch.items:
            yield dg.Output(batch, metadata=summary(batch, row.kind))

    return op


def _phase_op(row: Row, name: str, phase: Phase) -> dg.OpDefinition:
    """Runs the phase, and tells Dagster one summary of all its records."""

    @dg.op(name=name, ins={"batch": dg.In(Batch)}, out=dg.Out(Batch, io_manager_key="in_memory"))
    def op(
        context: dg.OpExecutionContext,
        streak: StreakResource,
        infor: InforResource,
        ledger: LedgerResource,
        batch: Batch,
    ) -> Batch:
        opened = ports(streak, infor, ledger)
        try:
            after = phase(batch, opened)
        except BaseException:
            opened.leases.release(batch.run_id)  # the batch as such broke: its records are free again in 20 s
            raise
        context.add_output_metadata(summary(after, row.kind))
        if phase is settle and (attention := needing_attention(after)):
            context.instance.add_run_tags(context.run_id, {ATTENTION_TAG: str(attention)})
        return after

    return op
