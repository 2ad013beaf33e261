"""Ops: one per stage of `sync.customers.stages.CUSTOMER_STAGES`, each over the whole batch."""

from collections.abc import Iterator

import dagster as dg

from streak_infor_orchestration.defs.order_to_cash.ops import stage_op, summary
from streak_infor_orchestration.defs.order_to_cash.resources import IntegrationResource
from streak_infor_orchestration.sync.customers.stages import CUSTOMER_STAGES, KIND
from streak_infor_orchestration.sync.row.claim import enqueue
from streak_infor_orchestration.sync.row.work import Batch


class CustomersConfig(dg.Config):
    """What a person may ask of a run. `only` are link keys: `organization:KEY`; without, what is due."""

    only: list[str] = []
    limit: int = 20
    lanes: list[str] = ["live", "manual", "bulk"]
    dry_run: bool = False


@dg.op(name="claim_customers", out=dg.Out(Batch, io_manager_key="in_memory", is_required=False))
def claim_op(
    context: dg.OpExecutionContext, config: CustomersConfig, integration: IntegrationResource
) -> Iterator[dg.Output[Batch]]:
    """Take what is due. A run that finds nothing ends here."""
    ports = integration.parts().ports
    if config.only and not config.dry_run:
        enqueue(ports, config.only, kind=KIND)
    asked = Batch(
        run_id=context.run_id,
        limit=config.limit,
        only=tuple(config.only),
        lanes=tuple(config.lanes),
        dry_run=config.dry_run,
    )
    batch = CUSTOMER_STAGES[0][1](asked, ports)
    if batch.items:
        yield dg.Output(batch, metadata=summary(batch, "customers"))


STAGE_OPS = tuple(stage_op(name, stage, "customers") for name, stage in CUSTOMER_STAGES[1:])
