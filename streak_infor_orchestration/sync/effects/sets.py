"""Writes of shape set: the latest wanted values win, and after an unknown they are computed and written again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON, Sender, refusal

T = TypeVar("T")


@dataclass(frozen=True)
class Wanted(Generic[T]):
    """Values to be written. `call` writes them and returns the record as the other system has it then, `version` is
    the one it gave it, `kept` what else of it is to be remembered."""

    key: str
    body: dict[str, Any]
    call: Callable[[], T]
    version: Callable[[T], str]
    settle_seconds: float
    kept: Callable[[T], dict[str, Any]] = lambda _record: {}


class Sets:
    """Runs writes of values."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._rows = sender.rows

    def write(self, claim: Claimed, wanted: Wanted[T]) -> T:
        """The record as it is then. Raises `Later`, `LeaseLost`, or what the call raised."""
        key, body = wanted.key, wanted.body
        sent = self._sender.begin(
            claim, key, shape="set", subject=claim.key, body=body, settle=wanted.settle_seconds
        )
        if sent is None:
            effect = self._sender.again(key)
            if effect.state == "failed" and effect.body == body and claim.lane != ASKED_BY_A_PERSON:
                raise refusal(effect)
            if effect.state == "sent":
                effect = self._sender.abandoned(effect)
            if effect.state != "planned" or effect.body != body:
                effect = self._sender.planned_again(effect, body)
            sent = self._sender.send(claim, effect, body, wanted.settle_seconds)
        if sent is None:
            raise Later(1.0, f"{key} is contended")
        record: T = self._sender.call(sent, wanted.call)
        version = wanted.version(record)
        self._rows.confirm(sent, external_id=version, result={"version": version, **wanted.kept(record)})
        return record

    def lapse(self, key: str) -> datetime | None:
        """An unanswered write that nobody wants again is in doubt no more when its settle time is over: as if it had
        not been sent. When that will be, None where it is so. Raises `Later` while it is under way."""
        effect = self._sender.taken_over(key)
        if effect.state != "unknown":
            return None
        if effect.settle_until is not None and effect.settle_until > self._sender.clock.now():
            return effect.settle_until
        self._rows.replan(effect)
        return None

    def stands(self, key: str, version: str, kept: dict[str, Any] | None = None) -> None:
        """A read shows that what an unanswered write wanted is there. Nothing where none is unanswered."""
        effect = self._rows.get(key)
        if effect is None or effect.state not in ("sent", "unknown"):
            return
        effect = self._sender.taken_over(key)
        if effect.state == "unknown":
            self._rows.confirm(effect, external_id=version, result={"version": version, **(kept or {})})
