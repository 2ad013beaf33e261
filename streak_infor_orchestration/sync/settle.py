"""Stage 8: close what is done, reschedule what waits, open a dead letter for what a person must decide."""

from datetime import datetime

from streak_infor_orchestration.domain.errors import Unauthorized, Unavailable
from streak_infor_orchestration.sync.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Batch, Status, Verdict, Work


def settle(batch: Batch, ports: Ports) -> Batch:
    """Never fails for one deal; a lease lost meanwhile closes nothing."""
    if batch.dry_run:
        return batch
    for work in batch.items:
        verdict = work.verdict or Verdict(Status.CONVERGED, "", due_at=work.recheck_at)
        held = _close(work, verdict, ports)
        _remember(batch, work, verdict if held else Verdict(Status.LOST, "settled by another run"), ports)
    ports.leases.release(batch.run_id)
    return batch


def _close(work: Work, verdict: Verdict, ports: Ports) -> bool:
    claim, store = work.claim, ports.store
    match verdict.status:
        case Status.CONVERGED:
            store.dead_letters.resolve("deal", claim.key, by="streak-infor", how="converged")
            for system in _reached(work):
                if store.pauses.state(system) is not None:
                    store.pauses.resume(system)
            return store.inbox.settle(claim, due_at=verdict.due_at, attempts=0)
        case Status.WAITING:
            return store.inbox.settle(claim, due_at=_after_pause(verdict, ports), attempts=claim.attempts)
        case Status.RETRY:
            return store.inbox.settle(claim, due_at=verdict.due_at, attempts=claim.attempts + 1)
        case Status.PERSON | Status.ADMINISTRATOR:
            error = verdict.error
            store.dead_letters.open(
                "deal",
                claim.key,
                error_class=error.kind if error else "Problem",
                code=error.code if error else verdict.problems[0].code if verdict.problems else "decide",
                message=verdict.reason,
                diagnosis={"problems": [problem.model_dump(mode="json") for problem in verdict.problems]},
                attempts=claim.attempts,
                correlation_id=claim.correlation_id,
            )
            # due again only when telling it on the box has to be tried again
            return store.inbox.settle(claim, due_at=verdict.due_at, attempts=claim.attempts + 1)
        case Status.LOST:
            return False


def _reached(work: Work) -> tuple[str, ...]:
    """The systems a converged deal has proved to be up."""
    asked_erp = work.order is not None or work.draft is not None
    return ("streak", *(("infor",) if asked_erp else ()))


def _after_pause(verdict: Verdict, ports: Ports) -> datetime | None:
    if isinstance(verdict.error, Unavailable | Unauthorized):
        paused = ports.store.pauses.pause(verdict.error.system, verdict.reason, PAUSE_SECONDS)
        return paused.until
    return verdict.due_at


def _remember(batch: Batch, work: Work, verdict: Verdict, ports: Ports) -> None:
    ports.store.outcomes.append(
        "deal",
        work.claim.key,
        run_id=batch.run_id,
        correlation_id=work.claim.correlation_id,
        status=verdict.status.value,
        started_at=work.claim.first_due_at or ports.clock.now(),
        finished_at=ports.clock.now(),
        summary={
            "reason": verdict.reason,
            "trail": list(work.trail),
            "order": work.order.id if work.order else "",
            "invoices": [invoice.id for invoice in work.invoices],
        },
    )
