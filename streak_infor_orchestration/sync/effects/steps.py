"""The steps of a write in several calls: each under the lease, in its own time, and kept before the next one leaves."""

from collections.abc import Callable
from datetime import timedelta

from streak_infor_orchestration.infor.port import Steps
from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.effects.early import Later, LeaseLost
from streak_infor_orchestration.sync.effects.half_made import DISMANTLING
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS, Sender

TOGETHER_SECONDS = CALL_SECONDS
"""So long after the first one a step may still begin: no deal keeps the others of its run waiting. The next look goes
on where this one stopped."""


class KeptSteps(Steps):
    """Of `sent`, whose row shows the first step already. Only the step in flight can be left without an answer: what
    ends the run between two, `Later` or `LeaseLost`, leaves nothing in doubt."""

    def __init__(self, sender: Sender, claim: Claimed, sent: Effect, settle: float) -> None:
        super().__init__(sent.steps)
        self._sender = sender
        self._claim = claim
        self._sent = sent
        self._settle = self._shown = settle
        self._until = sender.clock.now() + timedelta(seconds=TOGETHER_SECONDS)
        self._begun = False
        self._over = False

    def take(self, step: str, call: Callable[[], str], *, settle_seconds: float | None = None) -> str:
        if step not in self._done:
            self._begin(self._settle if settle_seconds is None else settle_seconds)
            self._done[step] = call()
            self._keep()
        return self._done[step]

    def dismantle(self, call: Callable[[], None]) -> None:
        self._begin(self._settle)
        self._done[DISMANTLING] = ""
        self._keep()
        self._go_on()
        call()
        self._done.clear()
        self._keep()

    def _begin(self, settle: float) -> None:
        """The row shows when the step that leaves now is over."""
        self._go_on()
        if self._begun and self._sender.clock.now() >= self._until:
            raise Later(1.0, f"{self._sent.key}: {len(self._done)} steps are done, the rest follows")
        self._begun = True
        if settle != self._shown:
            self._keep(settle)
            self._go_on()

    def _go_on(self) -> None:
        """Raises `LeaseLost` when another run has the record by now: what follows would be made twice."""
        if self._over:
            raise LeaseLost

    def _keep(self, settle: float | None = None) -> None:
        """What is done, and how long the next step has. What a late sender was answered is the truth all the same."""
        self._shown = self._settle if settle is None else settle
        self._over = not self._sender.keep(self._claim, self._sent, self._done, self._shown)
