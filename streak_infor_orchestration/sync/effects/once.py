"""Writes that happen at most once, for ever: shapes create and append."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from streak_infor_orchestration.domain.errors import Conflict
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.customers import Listed
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.ledger.invoices import OrderInvoice
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON, PROBE_AGAIN, Sender, refusal
from streak_infor_orchestration.sync.effects.steps import KeptSteps

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
    record with the body that was sent ("" when it is the same); `link`, `invoice` and `listed` are what confirming
    it proves.
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
    listed: Callable[[T], Listed | None] = lambda _record: None
    probe_first: bool = True
    repeatable: bool = False


@dataclass(frozen=True)
class Done(Generic[T]):
    """The record, whether this very call made it, and when to look once more for a second one."""

    record: T
    fresh: bool
    verify_at: datetime | None = None


class OnceOnly:
    """Runs what must happen at most once. A probe's miss after an unknown counts when the settle time is over."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._store = sender.store
        self._rows = sender.rows
        self._clock = sender.clock

    def do(self, claim: Claimed, do: Once[T]) -> Done[T]:
        """Raises `Later` while nobody can know yet, `LeaseLost`, or what the call raised."""
        seen = do.probe() if self._probes_first(do) else Seen[T]()
        if not seen.records:
            sent = self._sender.begin(
                claim,
                do.key,
                shape=do.shape,
                subject=do.subject,
                body=do.body,
                settle=do.settle_seconds,
            )
            if sent is not None:
                return self._answer(sent, do, seen.steps)
        effect = self._sender.planned(claim, do.key, shape=do.shape, subject=do.subject, body=do.body)
        half_made: dict[str, str] = {}
        for _ in range(6):  # each round makes one transition; a lost compare-and-set reads the row again
            match effect.state:
                case "confirmed":
                    return self._confirmed(effect, do)
                case "failed":
                    if effect.body == do.body and claim.lane != ASKED_BY_A_PERSON:
                        raise refusal(effect)
                    effect = self._sender.planned_again(effect, do.body)
                case "sent":
                    effect = self._sender.abandoned(effect)
                case "unknown":
                    found = self._look(effect, do, effect.body)
                    if isinstance(found, Done):
                        return found
                    half_made = found if effect.body == do.body else {}
                    effect = self._sender.planned_again(effect, do.body)
                case _:
                    if self._may_exist(effect, do):
                        found = self._look(effect, do, do.body)
                        if isinstance(found, Done):
                            return found
                        half_made = found
                    sent = self._sender.send(claim, effect, do.body, do.settle_seconds)
                    if sent is not None:
                        return self._answer(sent, do, half_made)
                    effect = self._sender.again(do.key)
        raise Later(1.0, f"{do.key} is contended")

    def recover(self, do: Once[T]) -> None:
        """Find out what became of a write that an earlier run began, and send nothing: its answer, that it is not
        there, or the second look at a record that was made anew. Raises `Later` or `Conflict`."""
        effect = self._sender.taken_over(do.key)
        if effect.state == "unknown":
            found = self._look(effect, do, effect.body)
            # a miss that counts: it may be wanted again, or by nobody any more
            if not isinstance(found, Done):
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
        done = dict(sent.steps)
        # what the probe saw completes what we know, unless it is of another one that was begun and left
        if all(done.get(step, outcome) == outcome for step, outcome in half_made.items()):
            for step in half_made.keys() - done.keys():
                if not self._rows.record_step(sent, step, half_made[step]):
                    raise LeaseLost
            done |= half_made
        steps = KeptSteps(self._rows, sent, done)
        record = self._sender.call(sent, lambda: do.call(steps))
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
                    code=DealCode.DIFFERS,
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
            pause = min(left, max(PROBE_AGAIN, waited / 2))
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
            listed=do.listed(record),
            verify_at=verify_at,
        )
        if confirmed is None:
            self._compare(self._sender.again(effect.key), name)

    def _compare(self, current: Effect, name: str) -> None:
        """Another run was quicker. If it has made or will make a record of its own, ours is one too many: the next
        look at the deal will see both."""
        if current.external_id == name:
            return
        self._rows.verify(current, self._clock.now())
        self._store.inbox.record(
            [Event(source="effects", name="SECOND_RECORD", kind=Kind.DEAL, key=current.subject)]
        )
        raise LeaseLost


def _twice(do: Once[T], seen: Seen[T]) -> Conflict:
    names = ", ".join(do.identify(record) for record in seen.records)
    return Conflict(
        f"Several records in the ERP were made for this: {names}.", code=DealCode.TWICE, existing=names
    )
