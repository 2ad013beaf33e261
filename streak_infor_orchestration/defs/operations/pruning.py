"""What the ledger need not remember any more goes, every night."""

import dagster as dg

from streak_infor_orchestration.defs.resources import LedgerResource, here

_AT_MOST_SECONDS = 600.0


@dg.op
def prune_ledger(context: dg.OpExecutionContext, ledger: LedgerResource) -> None:
    """What takes too long goes on the next night."""
    from streak_infor_orchestration.sync.watch.retention import prune

    if here().configured:
        context.add_output_metadata({**prune(ledger.store(), seconds=_AT_MOST_SECONDS)})


@dg.job(
    description="Removes from the ledger what has outlived its life: docs/operations.md says what is kept how long.",
    tags={"dagster-celery/queue": "bulk"},
    executor_def=dg.in_process_executor,
)
def ledger_retention() -> None:
    prune_ledger()


ledger_retention_nightly = dg.ScheduleDefinition(
    name="ledger_retention_nightly",
    job=ledger_retention,
    cron_schedule="11 1 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
