"""Is it the record, or the system? Asked before a deal is blamed for a failed read."""

from dataclasses import replace

from streak_infor_orchestration.domain.errors import IntegrationError, Transient, Unavailable
from streak_infor_orchestration.sync.ports import Ports
from streak_infor_orchestration.sync.work import Status, Verdict


class Health:
    """One cheap call to each system that failed, once per batch."""

    def __init__(self, ports: Ports) -> None:
        self._pings = {"streak": ports.streak.me, "infor": ports.erp.ping}
        self._down: dict[str, bool] = {}

    def acquit(self, verdict: Verdict) -> Verdict:
        """A deal that would burn an attempt waits instead when its system answers nobody."""
        error = verdict.error
        if verdict.status is not Status.RETRY or not isinstance(error, Transient):
            return verdict
        if not self._is_down(error.system):
            return verdict
        down = Unavailable(error.message, code=error.code, system=error.system)
        return replace(verdict, status=Status.WAITING, error=down)

    def _is_down(self, system: str) -> bool:
        if system not in self._pings:
            return False
        if system not in self._down:
            try:
                self._pings[system]()
                self._down[system] = False
            except IntegrationError:
                self._down[system] = True
        return self._down[system]
