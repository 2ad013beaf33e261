"""What a phase of a row is, and how one made for a single record is applied to a whole batch."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import timedelta

from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS, Sender
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.outcome import verdict_of
from streak_infor_orchestration.sync.row.work import Batch, Status, Verdict, Work
from streak_infor_orchestration.transport.hold import about

PHASE_SECONDS = CALL_SECONDS
"""A deal that takes longer in one phase leaves the batch; its call is recorded when it ends."""

Phase = Callable[[Batch, Ports], Batch]
PerRecord = Callable[[Work, Ports, Writes], Work]


def each(per_record: PerRecord, *, first: Phase | None = None, stopped_too: bool = False) -> Phase:
    """A phase that applies `per_record` to every open item, in parallel; one item's failure never stops another.

    `first` is done for all items at once before. `stopped_too` also passes items that already have a verdict (to
    tell people about it).
    """

    def phase(batch: Batch, ports: Ports) -> Batch:
        ports.leases.goes_on(batch.run_id)
        batch = first(batch, ports) if first else batch
        writes = Writes(ports, Sender(ports.store, ports.leases, ports.clock, batch.run_id))

        def one(work: Work) -> Work:
            try:
                with about(work.claim.key):
                    return per_record(work, ports, writes)
            except Exception as error:
                verdict = verdict_of(error, attempts=work.claim.attempts, now=ports.clock.now())
                if work.verdict is None:
                    return work.stop(verdict)
                # it was stopped before and could not be told why: the first reason stands, telling is tried again
                again = verdict.due_at if verdict.status in (Status.WAITING, Status.RETRY) else None
                told = work.did(f"could not be told on the box: {verdict.reason}")
                return told.stop(replace(work.verdict, due_at=again))

        chosen = [w for w in batch.items if stopped_too or w.verdict is None]
        calls: dict[str, Future[Work]] = {w.claim.key: ports.pool.submit(one, w) for w in chosen}
        wait(calls.values(), timeout=PHASE_SECONDS + 5)
        return replace(batch, items=tuple(_result(w, calls.get(w.claim.key), ports) for w in batch.items))

    phase.__name__ = per_record.__name__
    phase.__doc__ = per_record.__doc__
    return phase


def _result(work: Work, call: Future[Work] | None, ports: Ports) -> Work:
    if call is None:
        return work
    if call.done():
        return call.result()
    call.cancel()
    later = ports.clock.now() + timedelta(seconds=5)
    return work.stop(Verdict(Status.WAITING, "a call is taking too long", due_at=later))
