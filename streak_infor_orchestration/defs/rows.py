"""A `Row` of `sync/` as a job: an op per phase, each over the whole batch. Truth per record is in the ledger."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

import dagster as dg

from streak_infor_orchestration.defs.resources import InforResource, LedgerResource, StreakResource, ports
from streak_infor_orchestration.defs.summary import summary
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.rows import ROWS

ATTENTION_TAG = "streak-infor/attention"


def row_job(row: Row, *, description: str, keys: str) -> dg.JobDefinition:
    """`keys` says what its records are asked for by."""
    claim = _claim_op(row, keys)
    ops = [_phase_op(row, name) for name in row.phases[1:]]

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


def warm() -> None:
    """Loads what runs need and the definitions do without: more than a second of CPU, which no worker's child then pays
    with its first run."""
    for module in ("streak_infor_orchestration.wiring", *(row.home for row in ROWS)):
        import_module(module)


def _asked(row: Row, keys: str) -> dict[str, dg.Field]:
    """What a person may ask of a run. Unless it is asked for certain records it takes what is due."""
    asked = {
        "only": dg.Field([dg.StringSource], default_value=[], description=keys),
        "limit": dg.Field(dg.IntSource, default_value=row.limit),
        "lanes": dg.Field([dg.StringSource], default_value=list(row.lanes[row.queue])),
        "dry_run": dg.Field(dg.BoolSource, default_value=False),
    }
    if row.since:
        asked["since"] = dg.Field(
            dg.Noneable(dg.StringSource), default_value=None, description="an instant, ISO 8601"
        )
    return asked


def _claim_op(row: Row, keys: str) -> dg.OpDefinition:
    name = row.phases[0]

    @dg.op(
        name=name,
        config_schema=_asked(row, keys),
        out=dg.Out(io_manager_key="in_memory", is_required=False),
    )
    def op(
        context: dg.OpExecutionContext, streak: StreakResource, infor: InforResource, ledger: LedgerResource
    ) -> Iterator[Any]:
        """Take what is due. A run that finds nothing ends here."""
        from streak_infor_orchestration.sync.desk.asked import ask, ask_since
        from streak_infor_orchestration.sync.row.work import Batch

        opened, asked = ports(streak, infor, ledger), context.op_config
        only, dry_run, actor = tuple(asked["only"]), asked["dry_run"], f"Dagster run {context.run_id}"
        if row.since and asked["since"] and not dry_run:
            ask_since(datetime.fromisoformat(asked["since"]), actor=actor, ports=opened)
        if only and not dry_run:
            ask(row, only, actor=actor, ports=opened)
        wanted = Batch(
            run_id=context.run_id,
            limit=asked["limit"],
            only=only,
            lanes=tuple(asked["lanes"]),
            dry_run=dry_run,
        )
        batch = row.loaded[name](wanted, opened)
        if batch.items:
            yield dg.Output(batch, metadata=summary(batch, row.kind))

    return op


def _phase_op(row: Row, name: str) -> dg.OpDefinition:
    """Runs the phase, and tells Dagster one summary of all its records."""

    @dg.op(name=name, out=dg.Out(io_manager_key="in_memory"))
    def op(
        context: dg.OpExecutionContext,
        streak: StreakResource,
        infor: InforResource,
        ledger: LedgerResource,
        batch: Any,
    ) -> Any:
        opened = ports(streak, infor, ledger)
        try:
            after = row.loaded[name](batch, opened)
        except BaseException:
            opened.leases.release(batch.run_id)  # the batch as such broke: its records are free again in 20 s
            raise
        context.add_output_metadata(summary(after, row.kind))
        if name == row.phases[-1] and (attention := after.needing_attention):
            context.instance.add_run_tags(context.run_id, {ATTENTION_TAG: str(attention)})
        return after

    return op
