"""The choke point of all writes: what is done once is done once, whatever fails.

An effect is a row in the ledger whose life is `sent -> confirmed`, or `sent -> unknown -> (probe) -> confirmed |
planned`, or `failed`; what is planned is sent (again). The row is the fence: only one inserts it, and every later
transition is a compare-and-set on (effect, attempt), so of several runs only one sends. Three shapes:

- create: at most one record, for ever. After an unknown only a probe tells; a miss counts after the settle time.
- append: as create, and once confirmed never looked for again (a person may delete the comment).
- set: the latest wanted values win; after an unknown they are computed and written again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypedDict, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import (
    Conflict,
    IntegrationError,
    Misconfigured,
    Rejected,
    Stale,
    Transient,
    Unauthorized,
    Unknown,
)
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect, Sending
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.lease import Leases
from streak_infor_orchestration.sync.outcome import Later, LeaseLost
from streak_infor_orchestration.transport.deadline import within

CALL_SECONDS = 20.0
"""Deadline of one write, all its calls together. The lease is stretched over it before the bytes leave."""

ASKED_BY_A_PERSON = "manual"
"""The lane of a deal that somebody wants tried again: what refused it may have been cured in the other system."""

_LEASE_MARGIN = 10.0
_PROBE_AGAIN = 2.0

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Seen(Generic[T]):
    """What a probe found: complete records, or the steps of one left half-way."""

    records: tuple[T, ...] = ()
    steps: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Once(Generic[T]):
    """A write that must happen at most once.

    `call` does it and returns the record; `probe` finds it by exact, immediate reads; `differs` compares a found
    record with the body that was sent ("" when it is the same); `link` and `invoice` are what confirming it proves.
    `repeatable`: doing it twice changes nothing, so nobody looks for a second one.
    `NotYet` from `call` means the other system will do it by itself later: nothing was done.
    """

    key: str
    shape: str
    subject: str
    body: dict[str, Any]
    model: type[T]
    call: Callable[[Steps], T]
    probe: Callable[[], Seen[T]]
    identify: Callable[[T], str]
    settle_seconds: float
    differs: Callable[[T, dict[str, Any]], str] = lambda _record, _body: ""
    link: Callable[[T], Link | None] = lambda _record: None
    invoice: Callable[[T], OrderInvoice | None] = lambda _record: None
    probe_first: bool = True
    repeatable: bool = False


@dataclass(frozen=True)
class Done(Generic[T]):
    """The record, whether this very call made it, and when to look once more for a second one."""

    record: T
    fresh: bool
    verify_at: datetime | None = None


class _What(TypedDict):
    """What is written, the same whether it is planned first or sent at once."""

    shape: str
    body: dict[str, Any]
    subject: str
    correlation_id: str


class NotYet(Exception):
    """A clear answer that nothing was done and need not be asked again soon: the ERP acts by itself."""


class Performer:
    """Runs effects against one ledger. `run_id` is kept with each row; one instance per stage of a run."""

    def __init__(self, store: Store, leases: Leases, clock: Clock, run_id: str) -> None:
        self._store = store
        self._leases = leases
        self._rows = store.effects
        self._clock = clock
        self._run_id = run_id

    # -- create and append ------------------------------------------------------------------------------

    def once(self, claim: Claimed, do: Once[T]) -> Done[T]:
        """Raises `Later` while nobody can know yet, `LeaseLost`, or what the call raised."""
        what = _What(shape=do.shape, body=do.body, subject=do.subject, correlation_id=claim.correlation_id)
        seen = do.probe() if self._probes_first(do) else Seen[T]()
        if not seen.records:
            sent = self._rows.begin(do.key, **what, sending=self._sending(claim, do.settle_seconds))
            if sent is not None:
                return self._answer(sent, do, seen.steps)
        effect = self._rows.plan(do.key, **what, run_id=self._run_id)
        half_made: dict[str, str] = {}
        for _ in range(6):  # each round makes one transition; a lost compare-and-set reads the row again
            match effect.state:
                case "confirmed":
                    return self._confirmed(effect, do)
                case "failed":
                    if effect.body == do.body and claim.lane != ASKED_BY_A_PERSON:
                        raise refusal(effect)
                    effect = self._rows.replan(effect, body=changed(effect, do.body)) or self._again(do.key)
                case "sent":
                    effect = self._abandoned(effect)
                case "unknown":
                    found = self._look(effect, do, effect.body)
                    if isinstance(found, Done):
                        return found
                    half_made = found if effect.body == do.body else {}
                    effect = self._rows.replan(effect, body=changed(effect, do.body)) or self._again(do.key)
                case _:
                    if self._may_exist(effect, do):
                        found = self._look(effect, do, do.body)
                        if isinstance(found, Done):
                            return found
                        half_made = found
                    sent = self._send(claim, effect, do.body, do.settle_seconds)
                    if sent is not None:
                        return self._answer(sent, do, half_made)
                    effect = self._again(do.key)
        raise Later(1.0, f"{do.key} is contended")

    def recover(self, do: Once[T]) -> None:
        """Find out what became of a write that an earlier run began, and send nothing: its answer, that it is not
        there, or the second look at a record that was made anew. Raises `Later` or `Conflict`."""
        effect = self._again(do.key)
        if effect.state == "sent":
            effect = self._abandoned(effect)
        if effect.state == "unknown":
            found = self._look(effect, do, effect.body)
            if not isinstance(
                found, Done
            ):  # a miss that counts: it may be wanted again, or by nobody any more
                if all(effect.steps.get(step, outcome) == outcome for step, outcome in found.items()):
                    for step in found.keys() - effect.steps.keys():
                        self._rows.record_step(effect, step, found[step])
                self._rows.replan(effect)
        elif effect.state == "confirmed":
            self._confirmed(effect, do)

    def _may_exist(self, effect: Effect, do: Once[T]) -> bool:
        """Before the first send, and always when the row may be older than the truth."""
        return (effect.attempt == 0 and self._probes_first(do)) or effect.epoch != self._store.epoch

    def _probes_first(self, do: Once[T]) -> bool:
        """A restored ledger has forgotten what was written after its backup."""
        return do.probe_first or self._store.restored_at is not None

    def _answer(self, sent: Effect, do: Once[T], half_made: dict[str, str]) -> Done[T]:

        def keep(step: str, outcome: str) -> None:
            if not self._rows.record_step(sent, step, outcome):
                raise LeaseLost  # another run has begun anew: what follows would be made twice

        steps = Steps(sent.steps, keep)
        # what the probe saw completes what we know, unless it is of another one that was begun and left
        if all(sent.steps.get(step, outcome) == outcome for step, outcome in half_made.items()):
            for step in half_made.keys() - sent.steps.keys():
                steps.record(step, half_made[step])
        record = self._call(sent, lambda: do.call(steps))
        again = self._verify_at(sent, do) if sent.doubted else None
        self._confirm(sent, do, record, verify_at=again)
        return Done(record, fresh=True, verify_at=again)

    def _verify_at(self, effect: Effect, do: Once[T]) -> datetime | None:
        """A re-created record is looked for once more: the first attempt may commit after its settle time."""
        if effect.shape != "create" or do.repeatable:
            return None
        return self._clock.now() + timedelta(seconds=do.settle_seconds)

    def _look(self, effect: Effect, do: Once[T], body: dict[str, Any]) -> Done[T] | dict[str, str]:
        """Probe for the record. Found: confirm it, if it is what `body` asked for. Missed: the steps of one left
        half-way, once that can be believed; `Later` before."""
        seen = do.probe()
        if len(seen.records) > 1:
            raise _twice(do, seen)
        if seen.records:
            record = seen.records[0]
            difference = do.differs(record, body)
            if difference:
                raise Conflict(
                    f"{do.identify(record)} carries this deal's reference but {difference}",
                    code="differs",
                    existing=do.identify(record),
                )
            again = self._verify_at(effect, do) if effect.doubted and effect.attempt else None
            self._confirm(effect, do, record, verify_at=again)
            return Done(record, fresh=False, verify_at=again)
        if effect.state == "unknown":
            self._wait_for_late_commit(effect)
        return seen.steps

    def _wait_for_late_commit(self, effect: Effect) -> None:
        """A miss counts only after the settle time. Probed again after half as long as we have waited already."""
        assert effect.settle_until is not None and effect.sent_at is not None
        now = self._clock.now()
        left = (effect.settle_until - now).total_seconds()
        if left > 0:
            waited = (now - effect.sent_at).total_seconds()
            pause = min(left, max(_PROBE_AGAIN, waited / 2))
            self._rows.unknown(effect, effect.error or {}, now + timedelta(seconds=pause))
            raise Later(pause, f"no answer to {effect.key}: looking for it")

    def _confirmed(self, effect: Effect, do: Once[T]) -> Done[T]:
        record = do.model.model_validate(effect.result)
        if effect.verify_at is None:
            return Done(record, fresh=False)
        if effect.verify_at > self._clock.now():
            return Done(record, fresh=False, verify_at=effect.verify_at)
        seen = do.probe()
        if any(do.identify(other) != effect.external_id for other in seen.records):
            raise _twice(do, seen)
        self._rows.verified(effect)
        return Done(record, fresh=False)

    def _confirm(self, effect: Effect, do: Once[T], record: T, *, verify_at: datetime | None = None) -> None:
        name = do.identify(record)
        confirmed = self._rows.confirm(
            effect,
            external_id=name,
            result=record.model_dump(mode="json"),
            link=do.link(record),
            invoice=do.invoice(record),
            verify_at=verify_at,
        )
        if confirmed is None:
            self._compare(self._again(effect.key), name)

    def _compare(self, current: Effect, name: str) -> None:
        """Another run was quicker. If it has made or will make a record of its own, ours is one too many: the next
        look at the deal will see both."""
        if current.external_id == name:
            return
        self._rows.verify(current, self._clock.now())
        self._store.inbox.record(
            [Event(source="effects", name="SECOND_RECORD", kind="deal", key=current.subject)]
        )
        raise LeaseLost

    def give_up(self, key: str, why: str) -> None:
        """Nobody can find out any more: what it was to be written on is gone. Raises `Later` while it is under way."""
        effect = self._again(key)
        if effect.state == "sent":
            effect = self._abandoned(effect)
        if effect.state == "unknown":
            self._rows.fail(effect, {"kind": "Gone", "code": "gone", "message": why})

    # -- set --------------------------------------------------------------------------------------------

    def latest(
        self,
        claim: Claimed,
        key: str,
        body: dict[str, Any],
        call: Callable[[], str],
        *,
        settle_seconds: float,
        answer: Callable[[], dict[str, Any]] = dict,
    ) -> str:
        """Write the wanted values; `call` returns the version the other system gave the record, `answer` what else of
        it is to be kept."""
        what = _What(shape="set", body=body, subject=claim.key, correlation_id=claim.correlation_id)
        sent = self._rows.begin(key, **what, sending=self._sending(claim, settle_seconds))
        if sent is None:
            effect = self._again(key)
            if effect.state == "failed" and effect.body == body and claim.lane != ASKED_BY_A_PERSON:
                raise refusal(effect)
            if effect.state == "sent":
                effect = self._abandoned(effect)
            if effect.state != "planned" or effect.body != body:
                effect = self._rows.replan(effect, body=body) or self._again(key)
            sent = self._send(claim, effect, body, settle_seconds)
        if sent is None:
            raise Later(1.0, f"{key} is contended")
        version: str = self._call(sent, call)
        self._rows.confirm(sent, external_id=version, result={"version": version, **answer()})
        return version

    def stands(self, key: str, version: str, answer: dict[str, Any] | None = None) -> None:
        """A read shows that what an unanswered write wanted is there."""
        effect = self._again(key)
        if effect.state == "sent":
            effect = self._abandoned(effect)
        if effect.state == "unknown":
            self._rows.confirm(effect, external_id=version, result={"version": version, **(answer or {})})

    # -- the one way a call is made ---------------------------------------------------------------------

    def _send(self, claim: Claimed, effect: Effect, body: dict[str, Any], settle: float) -> Effect | None:
        """Win the row. None when another run was quicker."""
        if effect.body != body:
            replanned = self._rows.replan(effect, body=body)
            if replanned is None:
                return None
            effect = replanned
        return self._rows.mark_sent(effect, self._sending(claim, settle))

    def _sending(self, claim: Claimed, settle: float) -> Sending:
        """Stretch the lease over the call that begins now. Raises `LeaseLost`."""
        if not self._leases.stretch(claim, life=CALL_SECONDS + _LEASE_MARGIN):
            raise LeaseLost
        deadline = self._clock.now() + timedelta(seconds=CALL_SECONDS)
        return Sending(
            settle_until=deadline + timedelta(seconds=settle),
            call_deadline=deadline,
            token=claim.token,
            run_id=self._run_id,
        )

    def _call(self, sent: Effect, call: Callable[[], Any]) -> Any:
        """The answer is recorded whoever holds the lease by then: it is the truth about what was sent.

        All calls of the write end by the deadline that its row shows to others, who then take the sender for dead;
        a commit that took longer than that leaves no time to send anything.
        """
        try:
            with within(self._time_left(sent)):
                return call()
        except (Transient, Unauthorized, Misconfigured, Stale, NotYet) as certainly_not:
            self._rows.not_done(sent, _as_row(certainly_not))
            raise
        except (Rejected, Conflict) as refused:
            self._rows.fail(sent, _as_row(refused))
            raise
        except Exception as doubt:  # Unknown, and whatever a defect of ours left unsaid
            again = self._clock.now() + timedelta(seconds=_PROBE_AGAIN)
            self._rows.unknown(sent, _as_row(doubt), again)
            # once it is the line; one that was made anew and is unanswered again climbs the ladder to a person
            if isinstance(doubt, Unknown) and not sent.doubted:
                raise Later(_PROBE_AGAIN, f"no answer to {sent.key}: {doubt.message}") from doubt
            raise

    def _time_left(self, sent: Effect) -> float:
        """Seconds. Raises `Transient` when there are none: nothing may be sent any more."""
        assert sent.call_deadline is not None
        left = (sent.call_deadline - self._clock.now()).total_seconds()
        if left <= 0:
            raise Transient(
                f"{sent.key}: the ledger took too long to note it, nothing was sent",
                code="too_late",
                system="ledger",
                retry_after=1.0,
            )
        return min(left, CALL_SECONDS)  # also where the clock was put back meanwhile

    def _abandoned(self, effect: Effect) -> Effect:
        """A sent row whose sender may still be waiting for the answer is left alone until its deadline."""
        now = self._clock.now()
        if effect.call_deadline is not None and now < effect.call_deadline:
            raise Later(1.0, f"{effect.key} is being written by another run")
        return self._rows.unknown(
            effect, {"kind": "Abandoned", "message": "its run died"}, now
        ) or self._again(effect.key)

    def _again(self, key: str) -> Effect:
        effect = self._rows.get(key)
        assert effect is not None, key
        return effect


def changed(effect: Effect, body: dict[str, Any]) -> dict[str, Any] | None:
    """The body if it is another one: only then are steps already done forgotten."""
    return None if effect.body == body else body


def refusal(effect: Effect) -> IntegrationError:
    """The stored refusal of a failed effect, raised again while nothing changed that could cure it."""
    error = effect.error or {}
    return Rejected(
        str(error.get("message", "refused earlier")),
        code=str(error.get("code", "rejected")),
        system=str(error.get("system", "")),
        field=str(error.get("field", "")),
        value=str(error.get("value", "")),
    )


def _twice(do: Once[T], seen: Seen[T]) -> Conflict:
    names = ", ".join(do.identify(record) for record in seen.records)
    return Conflict(f"Several records in the ERP were made for this: {names}.", code="twice", existing=names)


def _as_row(error: Exception) -> dict[str, Any]:
    if isinstance(error, IntegrationError):
        return {
            "kind": error.kind,
            "code": error.code,
            "message": error.message,
            "system": error.system,
            "field": error.field,
            "value": error.value,
        }
    return {"kind": type(error).__name__, "message": str(error)}
