"""The backfill as a job, in parts: each looks at the deals whose keys fall to it, and may be run again alone."""

from decimal import Decimal
from hashlib import sha256

import dagster as dg

from streak_infor_orchestration.defs.resources import InforResource, LedgerResource, StreakResource, ports

PARTS = dg.StaticPartitionsDefinition([f"part {number} of 8" for number in range(1, 9)])


class BackfillConfig(dg.Config):
    """`dry_run` only counts. `create` makes the orders that are missing, where `count` and `sums` (by currency) are
    what a dry run of the same part has shown. `purchase_field`: the box's field with the customer's own order
    number."""

    dry_run: bool = True
    create: bool = False
    count: int = 0
    sums: dict[str, str] = {}
    purchase_field: str = ""


@dg.op
def backfill_deals(
    context: dg.OpExecutionContext,
    config: BackfillConfig,
    streak: StreakResource,
    infor: InforResource,
    ledger: LedgerResource,
) -> None:
    """Customers and orders are linked where that is certain; the deals are then looked at in the bulk lane."""
    from streak_infor_orchestration.sync.backfill.deals import Prior, awaiting_orders, prior_deals
    from streak_infor_orchestration.sync.backfill.decisions import confirm, decide, sums
    from streak_infor_orchestration.sync.backfill.known_orders import known_orders
    from streak_infor_orchestration.sync.customers.directory import refresh
    from streak_infor_orchestration.sync.customers.existing import link_existing

    opened = ports(streak, infor, ledger)
    refresh(opened.erp, opened.store, tell_new=opened.config.customer.makes_organizations)
    for _customer in link_existing(opened, dry_run=config.dry_run):
        pass
    orders = known_orders(opened.erp, opened.store.links, lambda _read: None)
    part = PARTS.get_partition_keys().index(context.partition_key)
    boxes = [box for box in awaiting_orders(opened, lambda _looked: None) if _part_of(box.key) == part]
    deals = list(prior_deals(opened, boxes, orders, purchase_field=config.purchase_field))
    if not config.dry_run:
        if config.create:
            confirm(deals, config.count, {code: Decimal(amount) for code, amount in config.sums.items()})
        decide(deals, opened, create=config.create, actor="dagster")
    context.add_output_metadata(
        {
            **{prior.value: sum(deal.prior is prior for deal in deals) for prior in Prior},
            "missing": dg.MetadataValue.json({code: str(total) for code, total in sums(deals).items()}),
            "for a person": dg.MetadataValue.json(
                [
                    {"deal": d.key, "orders": list(d.orders), "why": d.why}
                    for d in deals
                    if d.prior is Prior.UNSURE
                ][:50]
            ),
        }
    )


def _part_of(box_key: str) -> int:
    """The same for ever, and alike many in each: by the key's hash."""
    return int.from_bytes(sha256(box_key.encode()).digest()[:4], "big") % len(PARTS.get_partition_keys())


@dg.job(
    partitions_def=PARTS,
    tags={"dagster-celery/queue": "bulk", "dagster/max_runtime": "3000"},
    executor_def=dg.in_process_executor,
    description="Links the customers and orders that are there in both systems, before anything is made.",
)
def backfill() -> None:
    backfill_deals()


@dg.definitions
def jobs() -> dg.Definitions:
    return dg.Definitions(jobs=[backfill])
