"""What must hold of the ledger. Evaluated by the `ledger_state` sensor, and by hand in the Dagster UI."""

import dagster as dg

from streak_infor_orchestration.defs.operations.assets import DEAD_LETTERS, INBOX_LAG
from streak_infor_orchestration.defs.order_to_cash.resources import IntegrationResource
from streak_infor_orchestration.ledger.store import Store

LAG_LIMIT_SECONDS = 60.0


def dead_letters_result(store: Store) -> dg.AssetCheckResult:
    open_ = store.dead_letters.listing(open_only=True)
    return dg.AssetCheckResult(
        asset_key=DEAD_LETTERS.key,
        check_name="none_open",
        passed=not open_,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "open": len(open_),
            "first": dg.MetadataValue.json([f"{letter.key}: {letter.message}" for letter in open_[:10]]),
        },
    )


def lag_result(store: Store) -> dg.AssetCheckResult:
    lag = store.inbox.lag()
    return dg.AssetCheckResult(
        asset_key=INBOX_LAG.key,
        check_name="below_a_minute",
        passed=lag < LAG_LIMIT_SECONDS,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"seconds": lag},
    )


@dg.asset_check(asset=DEAD_LETTERS.key, description="No deal waits for a person.")
def none_open(integration: IntegrationResource) -> dg.AssetCheckResult:
    return dead_letters_result(integration.parts().store)


@dg.asset_check(asset=INBOX_LAG.key, description="No due deal has been waiting for a minute.")
def below_a_minute(integration: IntegrationResource) -> dg.AssetCheckResult:
    return lag_result(integration.parts().store)
