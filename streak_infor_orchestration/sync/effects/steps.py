"""The steps of a write in several calls, each kept in its row before the next call leaves."""

from collections.abc import Callable, Mapping

from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect, Effects
from streak_infor_orchestration.sync.effects.early import LeaseLost


class KeptSteps(Steps):
    """Of `sent`. Raises `LeaseLost` between two steps when another run has begun anew: what follows would be made
    twice."""

    def __init__(self, rows: Effects, sent: Effect, done: Mapping[str, str]) -> None:
        super().__init__(done)
        self._rows = rows
        self._sent = sent

    def take(self, step: str, call: Callable[[], str], *, settle_seconds: float | None = None) -> str:
        if step in self._done:
            return self._done[step]
        outcome = super().take(step, call)
        if not self._rows.record_step(self._sent, step, outcome):
            raise LeaseLost
        return outcome
