"""The choke point of all writes: what is done once is done once, whatever fails.

An effect is a row in the ledger whose life is `sent -> confirmed`, or `sent -> unknown -> (probe) -> confirmed |
planned`, or `failed`; what is planned is sent (again). The row is the fence: only one inserts it, and every later
transition is a compare-and-set on (effect, attempt), so of several runs only one sends: under a lease, after its row
was won, and before its deadline. Three shapes:

- create: at most one record, for ever (`once`). After an unknown only a probe tells.
- append: as create, and once confirmed never looked for again (a person may delete the comment).
- set: the latest wanted values win (`sets`); after an unknown they are computed and written again.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import (
    Conflict,
    Held,
    IntegrationError,
    Misconfigured,
    Rejected,
    Stale,
    Transient,
    Unauthorized,
    Unknown,
)
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.ledger.effects import Effect, Sending
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.ports.lease import LeaseKeeper
from streak_infor_orchestration.transport.deadline import anew, within

CALL_SECONDS = 20.0
"""Deadline of one write, or of each of its steps, all calls together. The lease is stretched over it before the bytes
leave."""

ASKED_BY_A_PERSON = "manual"
"""The lane of a deal that somebody wants tried again: what refused it may have been cured in the other system."""

PROBE_AGAIN = 2.0
HELD_AGAIN = timedelta(minutes=15)
"""What a person has to act upon in the other system is looked at so often."""

_LEASE_MARGIN = 10.0


class NotYet(Exception):
    """A clear answer that nothing was done and need not be asked again soon: the ERP acts by itself."""


class Sender:
    """Sends what a run wants written, against one ledger. `run_id` is kept with each row."""

    def __init__(self, store: Store, leases: LeaseKeeper, clock: Clock, run_id: str) -> None:
        self.store = store
        self.rows = store.effects
        self.clock = clock
        self._leases = leases
        self._run_id = run_id

    def begin(
        self,
        claim: Claimed,
        key: str,
        *,
        shape: str,
        subject: str,
        body: dict[str, Any],
        settle: float,
        steps: Mapping[str, str] | None = None,
    ) -> Effect | None:
        """Win the row of what nobody has planned yet, of which these `steps` are done. None when there is one. Raises
        `LeaseLost`."""
        return self.rows.begin(
            key,
            shape=shape,
            body=body,
            subject=subject,
            correlation_id=claim.correlation_id,
            sending=self._sending(claim, settle),
            steps=steps,
        )

    def planned(self, claim: Claimed, key: str, *, shape: str, subject: str, body: dict[str, Any]) -> Effect:
        """The row of this key, made if there is none."""
        return self.rows.plan(
            key,
            shape=shape,
            body=body,
            subject=subject,
            correlation_id=claim.correlation_id,
            run_id=self._run_id,
        )

    def planned_again(
        self, effect: Effect, body: dict[str, Any], steps: Mapping[str, str] | None = None
    ) -> Effect:
        """The effect, planned with this body, of which these `steps` are done; where another run has moved it
        meanwhile, as it is now."""
        other = None if effect.body == body else body
        return self.rows.replan(effect, body=other, steps=steps) or self.again(effect.key)

    def send(
        self,
        claim: Claimed,
        effect: Effect,
        body: dict[str, Any],
        settle: float,
        steps: Mapping[str, str] | None = None,
    ) -> Effect | None:
        """Win a planned row. None when another run was quicker. Raises `LeaseLost`."""
        if effect.body != body or effect.steps != (steps or {}):
            other = None if effect.body == body else body
            replanned = self.rows.replan(effect, body=other, steps=steps or {})
            if replanned is None:
                return None
            effect = replanned
        return self.rows.mark_sent(effect, self._sending(claim, settle))

    def keep(self, claim: Claimed, sent: Effect, done: Mapping[str, str], settle: float) -> bool:
        """Note what is done of a write in several calls, and give the call that follows its own time. False when none
        may follow, because another run has the record by now."""
        try:
            sending = self._sending(claim, settle)
        except LeaseLost:
            sending = None
        if sending is not None and self.rows.record_steps(sent, done, sending):
            self._leases.goes_on(self._run_id)
            anew(CALL_SECONDS)
            return True
        self.rows.record_steps(sent, done)
        return False

    def _sending(self, claim: Claimed, settle: float) -> Sending:
        """Stretch the lease over the call that begins now. Raises `LeaseLost`."""
        if not self._leases.stretch(claim, life=CALL_SECONDS + _LEASE_MARGIN):
            raise LeaseLost
        deadline = self.clock.now() + timedelta(seconds=CALL_SECONDS)
        return Sending(
            settle_until=deadline + timedelta(seconds=settle),
            call_deadline=deadline,
            run_id=self._run_id,
        )

    def call(self, sent: Effect, call: Callable[[], Any]) -> Any:
        """The answer is recorded whoever holds the lease by then: it is the truth about what was sent.

        All calls of the write, or of its step, end by the deadline that its row shows to others, who then take the
        sender for dead; a commit that took longer than that leaves no time to send anything.
        """
        try:
            with within(self._time_left(sent)):
                return call()
        except (Transient, Unauthorized, Misconfigured, Stale, NotYet, Later, LeaseLost) as certainly_not:
            self.rows.not_done(sent, _as_row(certainly_not))
            raise
        except Held as kept:
            self.held(sent, kept)
            raise
        except (Rejected, Conflict) as refused:
            self.rows.fail(sent, _as_row(refused))
            raise
        except Exception as doubt:  # `Unknown`, or a defect of ours after which nobody knows either
            again = self.clock.now() + timedelta(seconds=PROBE_AGAIN)
            self.rows.unknown(sent, _as_row(doubt), again)
            # the first time the line may be to blame: look again soon. A write that was repeated and is
            # unanswered again goes the way of every error, up the ladder to a person
            if isinstance(doubt, Unknown) and not sent.doubted:
                raise Later(PROBE_AGAIN, f"no answer to {sent.key}: {doubt.message}") from doubt
            raise

    def held(self, effect: Effect, why: Held, steps: Mapping[str, str] | None = None) -> Held:
        """Noted, and looked for again by itself."""
        again = self.clock.now() + HELD_AGAIN
        self.rows.hold(effect, _as_row(why), again, steps)
        return why

    def fail(self, effect: Effect, why: IntegrationError) -> None:
        self.rows.fail(effect, _as_row(why))

    def _time_left(self, sent: Effect) -> float:
        """Seconds. Raises `Transient` when there are none: nothing may be sent any more."""
        assert sent.call_deadline is not None
        left = (sent.call_deadline - self.clock.now()).total_seconds()
        if left <= 0:
            raise Transient(
                f"{sent.key}: the ledger took too long to note it, nothing was sent",
                code=SystemCode.TOO_LATE,
                system="ledger",
                retry_after=1.0,
            )
        return min(left, CALL_SECONDS)  # also where the clock was put back meanwhile

    def abandoned(self, effect: Effect) -> Effect:
        """A sent row whose sender may still be waiting for the answer is left alone until its deadline."""
        now = self.clock.now()
        if effect.call_deadline is not None and now < effect.call_deadline:
            raise Later(1.0, f"{effect.key} is being written by another run")
        return self.rows.unknown(effect, {"kind": "Abandoned", "message": "its run died"}, now) or self.again(
            effect.key
        )

    def taken_over(self, key: str) -> Effect:
        """The row of this key; of a sender that died, no longer its own. Raises `Later` while it is under way."""
        effect = self.again(key)
        return self.abandoned(effect) if effect.state == "sent" else effect

    def give_up(self, key: str, why: str) -> None:
        """Nobody can find out any more: what it was to be written on is gone. Raises `Later` while it is under way."""
        effect = self.taken_over(key)
        if effect.state == "unknown":
            self.rows.fail(effect, {"kind": "Gone", "code": DealCode.GONE, "message": why})

    def again(self, key: str) -> Effect:
        effect = self.rows.get(key)
        assert effect is not None, key
        return effect


def refusal(effect: Effect) -> IntegrationError:
    """The stored refusal of a failed effect, raised again while nothing changed that could cure it."""
    error = effect.error or {}
    return Rejected(
        str(error.get("message", "refused earlier")),
        code=str(error.get("code", SystemCode.REJECTED)),
        system=str(error.get("system", "")),
        field=str(error.get("field", "")),
        value=str(error.get("value", "")),
    )


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
