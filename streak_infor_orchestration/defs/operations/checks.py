"""What must hold of the ledger. Evaluated by the `ledger_state` sensor, and by hand in the Dagster UI."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import dagster as dg

from streak_infor_orchestration.defs.operations.assets import DEAD_LETTERS, INBOX_LAG, UNSETTLED_WRITES
from streak_infor_orchestration.defs.resources import LedgerResource

if TYPE_CHECKING:
    from streak_infor_orchestration.ledger.dead_letters import DeadLetter
    from streak_infor_orchestration.ledger.effects import Effect
    from streak_infor_orchestration.ledger.store import Store

LAG_LIMIT_SECONDS = 60.0
_GRACE = timedelta(minutes=5)


def dead_letters_result(store: "Store") -> dg.AssetCheckResult:
    open_ = store.dead_letters.listing(open_only=True)
    return dg.AssetCheckResult(
        asset_key=DEAD_LETTERS.key,
        check_name="none_open",
        passed=not open_,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "open": len(open_),
            "first": dg.MetadataValue.json([_waiting(letter) for letter in open_[:10]]),
        },
    )


def _waiting(letter: "DeadLetter") -> str:
    """`dead-letters show` has the rest: what is told here Dagster keeps."""
    return f"{letter.kind} {letter.key}: {letter.code}"


def left_out_result(store: "Store") -> dg.AssetCheckResult:
    counts = store.left_out.counts()
    return dg.AssetCheckResult(
        asset_key=DEAD_LETTERS.key,
        check_name="nothing_left_out",
        passed=not counts,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={f"{system}/{entity}": count for (system, entity), count in sorted(counts.items())},
    )


def unsettled_result(store: "Store") -> dg.AssetCheckResult:
    writes = store.effects.unsettled()
    now = store.clock.now()
    overdue = [
        w for w in writes if w.state != "confirmed" and w.settle_until and now > w.settle_until + _GRACE
    ]
    return dg.AssetCheckResult(
        asset_key=UNSETTLED_WRITES.key,
        check_name="none_overdue",
        passed=not overdue,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "writes": len(writes),
            "overdue": len(overdue),
            "first": dg.MetadataValue.json([_line(write, now) for write in writes[:20]]),
        },
    )


def _line(write: "Effect", now: datetime) -> dict[str, str]:
    age = f"{(now - write.sent_at).total_seconds():.0f} s" if write.sent_at else ""
    return {
        "write": write.key,
        "state": write.state,
        "age": age,
        "next probe": write.next_look.isoformat() if write.next_look else "",
    }


def lag_result(store: "Store") -> dg.AssetCheckResult:
    lag = store.inbox.lag()
    return dg.AssetCheckResult(
        asset_key=INBOX_LAG.key,
        check_name="below_a_minute",
        passed=lag < LAG_LIMIT_SECONDS,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"seconds": lag},
    )


@dg.asset_check(asset=DEAD_LETTERS.key, description="Nothing waits for a person.")
def none_open(ledger: LedgerResource) -> dg.AssetCheckResult:
    return dead_letters_result(ledger.store())


@dg.asset_check(
    asset=DEAD_LETTERS.key, description="No record of either system is left out because it cannot be read."
)
def nothing_left_out(ledger: LedgerResource) -> dg.AssetCheckResult:
    return left_out_result(ledger.store())


@dg.asset_check(asset=UNSETTLED_WRITES.key, description="Every write without an answer was settled in time.")
def none_overdue(ledger: LedgerResource) -> dg.AssetCheckResult:
    return unsettled_result(ledger.store())


@dg.asset_check(asset=INBOX_LAG.key, description="No due deal has been waiting for a minute.")
def below_a_minute(ledger: LedgerResource) -> dg.AssetCheckResult:
    return lag_result(ledger.store())
