"""The wire of a small ERP: where answers get lost. Each write is numbered, and may be told to fail."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import Unavailable, Unknown

T = TypeVar("T")


class Killed(BaseException):
    """The caller's process ended during the call. No `except Exception` may survive it."""


@dataclass
class Wire:
    """`faults` maps the number of a write (1, 2, …) to what happens to it, once.

    "before": cut before it reached the server; "after": done, but the answer was lost; "refused": never connected;
    "late": the answer is lost, and it is done only after `late_seconds`; "killed before", "killed after": whoever calls
    is no more. `arrives`: what happens meanwhile when a write
    of that name arrives, once. `sent` names them all.
    """

    clock: Clock = field(default_factory=Clock)
    faults: dict[int, str] = field(default_factory=dict)
    late_seconds: float = 0.0
    arrives: dict[str, Callable[[], object]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    _late: list[tuple[datetime, Callable[[], Any]]] = field(default_factory=list)

    def lose(self, nth: int, fault: str) -> None:
        """The `nth` write from now on."""
        self.faults[len(self.sent) + nth] = fault

    def write(self, name: str, serve: Callable[[], T]) -> T:
        self._catch_up()
        self.sent.append(name)
        self.arrives.pop(name, lambda: None)()
        match self.faults.pop(len(self.sent), None):
            case "refused":
                raise Unavailable(f"{name}: no connection", system="infor")
            case "before":
                raise Unknown(f"{name}: connection cut", system="infor")
            case "after":
                serve()
                raise Unknown(f"{name}: connection cut", system="infor")
            case "late":
                self._late.append((self.clock.now() + timedelta(seconds=self.late_seconds), serve))
                raise Unknown(f"{name}: no answer in time", system="infor")
            case "killed before":
                raise Killed(name)
            case "killed after":
                serve()
                raise Killed(name)
            case _:
                return serve()

    def read(self, serve: Callable[[], T]) -> T:
        self._catch_up()
        return serve()

    def _catch_up(self) -> None:
        """What was late and is due by now is done before anybody can look."""
        now = self.clock.now()
        due = [serve for at, serve in self._late if at <= now]
        self._late = [(at, serve) for at, serve in self._late if at > now]
        for serve in due:
            serve()
