"""Is it the record, or the system? Asked before a record is blamed for a failed read, and before a whole system is
paused for the sake of one record."""

from dataclasses import replace
from datetime import timedelta

from streak_infor_orchestration.domain.errors import (
    IntegrationError,
    Misconfigured,
    Transient,
    Unauthorized,
    Unavailable,
)
from streak_infor_orchestration.domain.problems.names import NameCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.inbox import Claimed
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.outcome import LADDER, PAUSE_SECONDS, diagnose, ladder
from streak_infor_orchestration.sync.row.work import Status, Verdict

_FLAPPING = 2
"""Fewer refusals in a row than these may be a passing trouble of the login server's."""


def is_down(erp: Erp) -> bool:
    """Whether nobody is answered: one list may be closed to us, or broken by itself."""
    try:
        erp.ping()
    except IntegrationError:
        return True
    return False


def reach_streak(ports: Ports) -> None:
    """Raises what the reads raise, and `Unauthorized` where our pipeline is not among those we may see: to us a share
    that was withdrawn looks like the deletion of all its boxes."""
    ports.streak.me()
    try:
        is_visible = any(pipeline.key == ports.pipeline_key for pipeline in ports.streak.pipelines())
    except Misconfigured:  # not even the list is there
        is_visible = False
    if not is_visible:
        raise Unauthorized(
            f"our user may no longer see the pipeline {ports.config.streak.pipeline!r}: share it with it again",
            code=NameCode.PIPELINE_HIDDEN,
            system="streak",
        )


class Health:
    """One cheap call to each system that failed, once per batch."""

    def __init__(self, ports: Ports) -> None:
        self._clock = ports.clock
        self._pauses = ports.store.pauses
        self._pings = {"streak": lambda: reach_streak(ports), "infor": ports.erp.ping}
        self._down: dict[str, bool] = {}

    def judge(self, verdict: Verdict, claim: Claimed) -> Verdict:
        """A record that would burn an attempt waits instead when its system answers nobody; one that would have the
        system paused waits by itself when the system answers others."""
        error = verdict.error
        if verdict.status is Status.RETRY and isinstance(error, Transient) and self._is_down(error.system):
            down = Unavailable(error.message, code=error.code, system=error.system)
            return replace(verdict, status=Status.WAITING, error=down)
        pauses = verdict.status is Status.WAITING and isinstance(error, Unavailable | Unauthorized)
        if pauses and error is not None and not self.is_the_systems(error):
            return self._alone(error, claim)
        return verdict

    def is_the_systems(self, error: IntegrationError) -> bool:
        """Whether everybody would be answered so."""
        if error.code == SystemCode.NO_CONNECTION or error.system not in self._pings:
            return True
        return self._is_down(error.system)

    def _alone(self, error: IntegrationError, claim: Claimed) -> Verdict:
        """A system that answers one in two has such records too: they wait like for a pause, and for no longer than
        the ladder lasts. Our user's rights do not come and go."""
        now, attempts = self._clock.now(), claim.attempts
        if isinstance(error, Unauthorized):
            if attempts < _FLAPPING:
                return ladder(error, error.message, attempts, now)
            return Verdict(Status.ADMINISTRATOR, error.message, problems=(diagnose(error),), error=error)
        if claim.first_due_at is not None and now - claim.first_due_at > sum(LADDER, timedelta()):
            return ladder(error, error.message, len(LADDER), now)
        return Verdict(Status.WAITING, error.message, due_at=now + timedelta(seconds=PAUSE_SECONDS))

    def _is_down(self, system: str) -> bool:
        if system not in self._pings:
            return False
        if system not in self._down:
            try:
                self._pings[system]()
                self._down[system] = False
                if self._pauses.state(system) is not None:  # asked by a record that has a trouble of its own
                    self._pauses.resume(system)
            except IntegrationError:
                self._down[system] = True
        return self._down[system]
