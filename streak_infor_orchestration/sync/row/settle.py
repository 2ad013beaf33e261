"""The last phase of every row: close what is done, reschedule what waits, open letters for what a person decides."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Unauthorized, Unavailable
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.inbox import UNKNOWN, Claimed
from streak_infor_orchestration.ledger.outcomes import Outcome
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.health import Health
from streak_infor_orchestration.sync.row.outcome import PAUSE_SECONDS
from streak_infor_orchestration.sync.row.work import Batch, Status, Verdict, Work


def settle(batch: Batch, ports: Ports) -> Batch:
    """Never fails for one deal; a lease lost meanwhile closes nothing."""
    if batch.dry_run:
        return batch
    health = Health(ports)
    left = [(work, _judged(work, batch, health)) for work in batch.items]
    # durably, and before any record is closed: what this run wrote is then durable too
    ports.store.outcomes.append([_outcome(batch, work, verdict, ports) for work, verdict in left])
    _cure([work for work, verdict in left if verdict.status is Status.CONVERGED], ports)
    read = [work.claim.key for work in batch.items if work.claim.lane == UNKNOWN and work.box is not None]
    if read:
        ports.store.inbox.recognize(Kind.DEAL, read)
    alike: defaultdict[_Leaving, list[Claimed]] = defaultdict(list)
    gone = [work.claim for work, verdict in left if verdict.gone and work.recheck_at is None]
    for work, verdict in left:
        leaving = None if work.claim in gone else _leaving(work, verdict, batch, ports)
        if leaving is not None:
            alike[leaving].append(work.claim)
    for (due_at, attempts), claims in alike.items():
        ports.store.inbox.settle_all(claims, due_at=due_at, attempts=attempts)
    if gone:
        ports.store.inbox.forget(gone)
    ports.leases.release(batch.run_id)
    return batch


_Leaving = tuple[datetime | None, int]
"""When the record is due again, and the attempts burnt by then."""


def _cure(converged: list[Work], ports: Ports) -> None:
    """What these deals prove to be well again: the deals themselves, and the systems they needed."""
    store = ports.store
    for kind in {work.claim.kind for work in converged}:
        keys = [work.claim.key for work in converged if work.claim.kind == kind]
        for key in store.dead_letters.open_among(kind, keys):
            store.dead_letters.resolve(kind, key, by="streak-infor", how="converged")
    reached = {system for work in converged for system in _reached(work)}
    for pause in store.pauses.all():
        if pause.system in reached:
            store.pauses.resume(pause.system)


def _judged(work: Work, batch: Batch, health: Health) -> Verdict:
    verdict = work.verdict or Verdict(Status.CONVERGED, "")
    return verdict if _refused_here(verdict, batch) else health.judge(verdict, work.claim)


def _refused_here(verdict: Verdict, batch: Batch) -> bool:
    """Only this command is refused: the record is left to whoever comes next, and no system is paused."""
    return batch.foreground and isinstance(verdict.error, Unauthorized)


def _leaving(work: Work, verdict: Verdict, batch: Batch, ports: Ports) -> _Leaving | None:
    """When the record is due again; None where another run has it now, and it is left alone."""
    claim = work.claim
    match verdict.status:
        case Status.CONVERGED:
            return work.recheck_at, 0
        case Status.WAITING:
            if verdict.held_by:
                ports.store.held.add(claim.kind, claim.key, verdict.held_by)
            due_at = verdict.due_at if _refused_here(verdict, batch) else _after_pause(verdict, ports)
            return due_at, claim.attempts
        case Status.RETRY:
            return verdict.due_at, claim.attempts + 1
        case Status.PERSON | Status.ADMINISTRATOR:
            # a run that has lost its lease opens no letter: the one that has it may have cured the record by now
            if not ports.store.inbox.holds(claim):
                return None
            _open_dead_letter(work, verdict, ports)
            # due again only to verify a record, or when telling it on the box has to be tried again
            return work.again_at(verdict.due_at).recheck_at, claim.attempts + 1
        case Status.LOST:
            return None


def _open_dead_letter(work: Work, verdict: Verdict, ports: Ports) -> None:
    error = verdict.error
    ports.store.dead_letters.open(
        work.claim.kind,
        work.claim.key,
        error_class=error.kind if error else "Problem",
        code=error.code if error else verdict.problems[0].code if verdict.problems else DealCode.DECIDE,
        message=verdict.reason,
        diagnosis=_diagnosis(work, verdict),
        attempts=work.claim.attempts,
        correlation_id=work.claim.correlation_id,
    )


def _diagnosis(work: Work, verdict: Verdict) -> dict[str, Any]:
    problems = [problem.model_dump(mode="json") for problem in verdict.problems]
    candidates = [candidate.model_dump(mode="json") for candidate in verdict.candidates]
    choice = {"party": verdict.party, "candidates": candidates} if verdict.party else {}
    return {"name": work.name, "problems": problems, **choice}


def _reached(work: Work) -> tuple[str, ...]:
    """The systems a converged record has proved to be up."""
    asked_erp = work.order is not None or work.draft is not None or work.customer is not None
    asked_streak = work.claim.kind == Kind.DEAL or work.deal is not None
    return (*(("streak",) if asked_streak else ()), *(("infor",) if asked_erp else ()))


def _after_pause(verdict: Verdict, ports: Ports) -> datetime | None:
    if isinstance(verdict.error, Unavailable | Unauthorized):
        seconds = max(PAUSE_SECONDS, getattr(verdict.error, "retry_after", None) or 0)
        paused = ports.store.pauses.pause(verdict.error.system, verdict.reason, seconds)
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
            "name": work.name,
            "reason": verdict.reason,
            "trail": list(work.trail),
            "order": work.order.id if work.order else "",
            "invoices": [invoice.id for invoice in work.invoices],
        },
    )
