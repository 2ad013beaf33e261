"""The sweep as an asset: what it finds says how well the webhook path works."""

import dagster as dg

from streak_infor_orchestration.defs.resources import InforResource, LedgerResource, StreakResource, ports
from streak_infor_orchestration.domain.kinds import ALL_OF_INFOR, Kind

WEBHOOKS_WORK = dg.AssetCheckSpec(
    name="webhooks_work",
    asset=dg.AssetKey(["sync", "sweep"]),
    description="Everything that changed in Streak since the last sweep was announced by a webhook.",
)
PUSH_WORKS = dg.AssetCheckSpec(
    name="push_works",
    asset=dg.AssetKey(["sync", "sweep"]),
    description="Everything of ours that changed in the ERP since the last sweep was told by it, where it is set up to "
    "tell (`erp.push`).",
)


class SweepConfig(dg.Config):
    """`full`: all boxes, which ordered ones are gone, and what the ERP showed late; else back to the last sweep, with
    overlap."""

    full: bool = False


@dg.asset(
    key=["sync", "sweep"],
    description="Deals that changed in Streak without a webhook, found by looking and put into the inbox.",
    group_name="sync",
    owners=["team:integration"],
    check_specs=[WEBHOOKS_WORK, PUSH_WORKS],
)
def sweep_streak(
    config: SweepConfig, streak: StreakResource, infor: InforResource, ledger: LedgerResource
) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster reads the bare name
    """A gateway that could not read what it was sent asks for this too, by an inbox row of its own."""
    from streak_infor_orchestration.sync.customers.sweep import sweep_customers
    from streak_infor_orchestration.sync.watch.left_out import look_again_everywhere
    from streak_infor_orchestration.sync.watch.sweep import sweep
    from streak_infor_orchestration.sync.watch.unlinked import look_for_unlinked
    from streak_infor_orchestration.sync.watch.untold import untold

    opened = ports(streak, infor, ledger)
    asked = opened.store.inbox.claim(kinds=(Kind.SWEEP,), owner=opened.owner, limit=2)
    swept = sweep(opened, full=config.full, erp=any(row.key == ALL_OF_INFOR for row in asked))
    customers = sweep_customers(opened, full=config.full)
    readable = look_again_everywhere(opened)
    typed = look_for_unlinked(opened)
    for row in asked:
        opened.store.inbox.settle(row)
    silent = untold(opened)
    found = [*swept.repaired, *swept.gone, *swept.late]
    return dg.MaterializeResult(
        metadata={
            "looked at": swept.looked,
            "repaired": len(swept.repaired),
            "gone": len(swept.gone),
            "late in the ERP": len(swept.late),
            "customers": len(customers),
            "readable again": readable,
            "typed in the ERP": typed,
            "not told by the ERP": len(silent),
            "first": dg.MetadataValue.json(found[:20]),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=WEBHOOKS_WORK.name,
                passed=not swept.repaired,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"repaired": len(swept.repaired)},
            ),
            dg.AssetCheckResult(
                check_name=PUSH_WORKS.name,
                passed=not silent,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"set up": opened.config.erp.push is not None, "not told": len(silent)},
            ),
        ],
    )
