"""Writes of shape set: the latest wanted values win, and after an unknown they are computed and written again."""

from collections.abc import Callable
from typing import Any

from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects.early import Later
from streak_infor_orchestration.sync.effects.sending import ASKED_BY_A_PERSON, Sender, refusal


class Sets:
    """Runs writes of values."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._rows = sender.rows

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
        sent = self._sender.begin(
            claim, key, shape="set", subject=claim.key, body=body, settle=settle_seconds
        )
        if sent is None:
            effect = self._sender.again(key)
            if effect.state == "failed" and effect.body == body and claim.lane != ASKED_BY_A_PERSON:
                raise refusal(effect)
            if effect.state == "sent":
                effect = self._sender.abandoned(effect)
            if effect.state != "planned" or effect.body != body:
                effect = self._sender.planned_again(effect, body)
            sent = self._sender.send(claim, effect, body, settle_seconds)
        if sent is None:
            raise Later(1.0, f"{key} is contended")
        version: str = self._sender.call(sent, call)
        self._rows.confirm(sent, external_id=version, result={"version": version, **answer()})
        return version

    def stands(self, key: str, version: str, answer: dict[str, Any] | None = None) -> None:
        """A read shows that what an unanswered write wanted is there."""
        effect = self._sender.taken_over(key)
        if effect.state == "unknown":
            self._rows.confirm(effect, external_id=version, result={"version": version, **(answer or {})})
