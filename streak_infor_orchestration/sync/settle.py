"""Stage 8: close what is done, reschedule what waits, open a dead letter for what a person must decide."""

from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Unauthorized, Unavailable
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration.sync.health import Health
from streak_infor_orchestration.sync.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Batch, Status, Verdict, Work


def settle(batch: Batch, ports: Ports) -> Batch:
    """Never fails for one deal; a lease lost meanwhile closes nothing."""
    if batch.dry_run:
        return batch
    health = Health(ports)
    left = [(work, health.acquit(work.verdict or Verdict(Status.CONVERGED, ""))) for work in batch.items]
    # durably, and before any record is closed: what this run wrote is then durable too
    ports.store.outcomes.append_all([_outcome(batch, work, verdict, ports) for work, verdict in left])
    for work, verdict in left:
        _close(work, verdict, ports)
    ports.leases.release(batch.run_id)
    return batch


def _close(work: Work, verdict: Verdict, ports: Ports) -> None:
    claim, store = work.claim, ports.store
    match verdict.status:
        case Status.CONVERGED:
            if store.dead_letters.of(claim.kind, claim.key):
                store.dead_letters.resolve(claim.kind, claim.key, by="streak-infor", how="converged")
            for system in _reached(work):
                if store.pauses.state(system) is not None:
                    store.pauses.resume(system)
            store.inbox.settle(claim, due_at=work.recheck_at, attempts=0)
        case Status.WAITING:
            store.inbox.settle(claim, due_at=_after_pause(verdict, ports), attempts=claim.attempts)
        case Status.RETRY:
            store.inbox.settle(claim, due_at=verdict.due_at, attempts=claim.attempts + 1)
        case Status.PERSON | Status.ADMINISTRATOR:
            # only by whoever still holds the deal: another run may just have cured it, or will find out itself
            if store.inbox.holds(claim):
                _open_dead_letter(work, verdict, ports)
                # due again only to verify a record, or when telling it on the box has to be tried again
                again = work.again_at(verdict.due_at).recheck_at
                store.inbox.settle(claim, due_at=again, attempts=claim.attempts + 1)
        case Status.LOST:
            pass


def _open_dead_letter(work: Work, verdict: Verdict, ports: Ports) -> None:
    error = verdict.error
    ports.store.dead_letters.open(
        work.claim.kind,
        work.claim.key,
        error_class=error.kind if error else "Problem",
        code=error.code if error else verdict.problems[0].code if verdict.problems else "decide",
        message=verdict.reason,
        diagnosis=_diagnosis(verdict),
        attempts=work.claim.attempts,
        correlation_id=work.claim.correlation_id,
    )


def _diagnosis(verdict: Verdict) -> dict[str, Any]:
    problems = [problem.model_dump(mode="json") for problem in verdict.problems]
    candidates = [candidate.model_dump(mode="json") for candidate in verdict.candidates]
    choice = {"party": verdict.party, "candidates": candidates} if verdict.party else {}
    return {"problems": problems, **choice}


def _reached(work: Work) -> tuple[str, ...]:
    """The systems a converged deal has proved to be up."""
    asked_erp = work.order is not None or work.draft is not None
    return ("streak", *(("infor",) if asked_erp else ()))


def _after_pause(verdict: Verdict, ports: Ports) -> datetime | None:
    if isinstance(verdict.error, Unavailable | Unauthorized):
        paused = ports.store.pauses.pause(verdict.error.system, verdict.reason, PAUSE_SECONDS)
        return paused.until
    return verdict.due_at


def _outcome(batch: Batch, work: Work, verdict: Verdict, ports: Ports) -> Outcome:
    return Outcome(
        kind=work.claim.kind,
        key=work.claim.key,
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
