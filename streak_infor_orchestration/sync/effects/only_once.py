"""Runs what must happen at most once. A probe's miss after an unknown counts when the settle time is over."""

from datetime import datetime, timedelta
from typing import TypeVar

from streak_infor_orchestration.domain.errors import Conflict, Held
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.model import Model
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed, Event
from streak_infor_orchestration.sync.effects import half_made
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.effects.once import Body, Done, Once, Seen, twice
from streak_infor_orchestration.sync.effects.sending import (
    ASKED_BY_A_PERSON,
    PROBE_AGAIN,
    Sender,
    refusal,
)
from streak_infor_orchestration.sync.effects.steps import KeptSteps

T = TypeVar("T", bound=Model)


class OnceOnly:
    """What was sent once, and may be half-made, pins its request: another one has to wait for it."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._store = sender.store
        self._rows = sender.rows
        self._clock = sender.clock

    def do(self, claim: Claimed, do: Once[T]) -> Done[T]:
        """Raises `Later` while nobody can know yet, `LeaseLost`, `Held`, or what the call raised."""
        seen = self._first_look(do)
        if seen is None or seen.lets_begin:
            sent = self._sender.begin(
                claim,
                do.key,
                shape=do.shape,
                subject=do.subject,
                body=do.body,
                settle=do.settle_seconds,
                steps=seen.steps if seen else None,
            )
            if sent is not None:
                return self._answer(claim, sent, do)
        asked = claim.lane == ASKED_BY_A_PERSON
        effect = self._sender.planned(claim, do.key, shape=do.shape, subject=do.subject, body=do.body)
        known: dict[str, str] | None = None  # what is half-made, as a look has just shown
        for _ in range(6):  # each round makes one transition; a lost compare-and-set reads the row again
            if effect.state == "confirmed":
                return self._confirmed(effect, do)
            if effect.state == "sent":
                effect, known, seen = self._sender.abandoned(effect), None, None
                continue
            if known is None:
                seen = self._look(effect, do, seen, asked)
                found = None if seen is None else self._judged(effect, do, seen, asked)
                if isinstance(found, Done):
                    return found
                known = found
            if not _may_be_sent_again(effect, do, asked):
                raise refusal(effect)
            steps = effect.steps if known is None else known
            body = _asked_for(effect, do) if steps else do.body
            if effect.state != "planned":
                effect = self._sender.planned_again(effect, body, steps)
                continue
            sent = self._sender.send(claim, effect, body, do.settle_seconds, steps)
            if sent is not None:
                return self._answer(claim, sent, do)
            effect, known, seen = self._sender.again(do.key), None, None
        raise Later(1.0, f"{do.key} is contended")

    def recover(self, do: Once[T], *, asked: bool = False) -> None:
        """Find out what became of a write that an earlier run began, and send nothing: its answer, that it is not
        there, or the second look at a record that was made anew. `asked`: by a person. Raises `Later`, `Held` or
        `Conflict`."""
        effect = self._sender.taken_over(do.key)
        if effect.state == "unknown":
            found = self._judged(effect, do, do.probe(effect.body, effect.created_at), asked)
            # its settle time is over and nothing was found, so it may be sent again: by whoever wants it still
            if not isinstance(found, Done):
                self._rows.replan(effect, steps=found)
        elif effect.state == "confirmed":
            self._confirmed(effect, do)

    def left_half_made(self, do: Once[T]) -> dict[str, str]:
        """The steps of what was begun and is wanted no more, as a probe shows them now; none where it was finished,
        which is then known, or is gone. Raises `Later`, `Held` or `Conflict`."""
        effect = self._store.effects.get(do.key)
        if effect is None or effect.state not in ("planned", "failed") or not effect.steps:
            return {}
        found = self._judged(effect, do, do.probe(effect.body, effect.created_at), asked=True)
        if isinstance(found, Done):
            return {}
        if found != effect.steps:
            self._rows.replan(effect, steps=found)
        return found

    # --- looking ---

    def _first_look(self, do: Once[T]) -> Seen[T] | None:
        return do.seen or (do.probe(do.body, None) if self._probes_first(do) else None)

    def _probes_first(self, do: Once[T]) -> bool:
        """A restored ledger has forgotten what was written after its backup."""
        return do.probe_first or self._store.restored_at is not None

    def _look(self, effect: Effect, do: Once[T], seen: Seen[T] | None, asked: bool) -> Seen[T] | None:
        """What the row's own request has come to. The first look does, unless it may be older than what the row tells
        of, or saw something half-made, which is of one request. None where nothing has to be looked for."""
        body = _asked_for(effect, do)
        if effect.state != "unknown" and seen is not None:
            if body == do.body or not (effect.steps or seen.shows_half_made):
                return seen
        elif effect.state != "unknown" and not self._may_exist(effect, do, asked):
            return None
        return do.probe(body, effect.created_at)

    def _may_exist(self, effect: Effect, do: Once[T], asked: bool) -> bool:
        """The row may be older than the truth, or a person has had time to do what was refused."""
        return (
            effect.epoch != self._store.epoch
            or half_made.is_being_dismantled(effect)
            or (half_made.was_refused(effect) and _may_be_sent_again(effect, do, asked))
        )

    def _judged(self, effect: Effect, do: Once[T], seen: Seen[T], asked: bool) -> Done[T] | dict[str, str]:
        """Found: confirmed from whatever state, if it is what was asked for. Missed: the steps of what is half-made,
        once that can be believed; `Later` before."""
        if len(seen.records) > 1:
            raise twice(do, seen)
        if seen.records:
            return self._found(effect, do, seen.records[0], alone=not seen.shows_half_made)
        if seen.foreign:
            raise half_made.foreign(seen.foreign)
        if effect.state == "unknown" and not seen.held:
            self._wait_for_late_commit(effect)
        steps = half_made.steps_to_go_on_with(effect, seen.steps)
        if seen.held:
            raise self._sender.held(effect, Held(seen.held, system="infor"), steps or {})
        if steps is None and not asked:
            missing = half_made.gone(effect)
            self._sender.fail(effect, missing)
            raise missing
        return steps or {}

    def _found(self, effect: Effect, do: Once[T], record: T, *, alone: bool) -> Done[T]:
        """The record that a probe found, confirmed. Where something half-made is there too it is looked at again until
        that is gone: a person might finish it, and make a second record."""
        asked_for = [effect.body, do.body] if effect.sent_at else [do.body]
        differences = [do.differs(record, body) for body in asked_for]
        if all(differences):
            name = do.identify(record)
            raise Conflict(
                f"{name} carries this deal's reference but {differences[0]}",
                code=DealCode.DIFFERS,
                existing=name,
            )
        again = self._verify_at(effect, do) if effect.doubted and effect.attempt else None
        again = again if alone else self._clock.now()
        self._confirm(effect, do, record, again)
        asked_for_this = asked_for[differences.index("")]
        return Done(record, asked_for_this, fresh=False, edited=asked_for_this != do.body, verify_at=again)

    def _wait_for_late_commit(self, effect: Effect) -> None:
        """A miss counts only after the settle time. Probed again after half as long as we have waited already."""
        if effect.settle_until is None or effect.sent_at is None:
            return  # we never sent it: the first probe found it kept by the ERP
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
            return Done(record, effect.body, fresh=False)
        if effect.verify_at > self._clock.now():
            return Done(record, effect.body, fresh=False, verify_at=effect.verify_at)
        seen = do.probe(effect.body, effect.created_at)
        if any(do.identify(other) != effect.external_id for other in seen.records):
            raise twice(do, seen)
        if seen.shows_half_made:
            raise half_made.foreign(seen.foreign or tuple(filter(None, seen.steps.values())))
        self._rows.verified(effect)
        return Done(record, effect.body, fresh=False)

    # --- sending ---

    def _answer(self, claim: Claimed, sent: Effect, do: Once[T]) -> Done[T]:
        steps = KeptSteps(self._sender, claim, sent, do.settle_seconds)
        record = self._sender.call(sent, lambda: do.call(sent.body, steps))
        again = self._verify_at(sent, do) if sent.doubted else None
        self._confirm(sent, do, record, again)
        return Done(record, sent.body, fresh=True, edited=sent.body != do.body, verify_at=again)

    def _verify_at(self, effect: Effect, do: Once[T]) -> datetime | None:
        """A re-created record is looked for once more: the first attempt may commit after its settle time."""
        if effect.shape != "create" or do.repeatable:
            return None
        return self._clock.now() + timedelta(seconds=do.settle_seconds)

    def _confirm(self, effect: Effect, do: Once[T], record: T, verify_at: datetime | None) -> None:
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


def _asked_for(effect: Effect, do: Once[T]) -> Body:
    """What may be half-made is of the request that was sent last."""
    return effect.body if effect.sent_at else do.body


def _may_be_sent_again(effect: Effect, do: Once[T], asked: bool) -> bool:
    """What was refused is, when another request or a person's word may have cured it; what is gone, on a person's
    word alone."""
    if effect.state != "failed" or asked:
        return True
    return effect.body != do.body and not half_made.was_gone(effect)
