"""What a supervisor needs to know of a service, and how it sees that one is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from streak_infor_orchestration.stack.signs import answers

Readiness = str | Callable[[int], bool]


@dataclass(frozen=True)
class Service:
    """A program to keep running.

    argv: a command; or, with `module` set, that module's arguments, started warm (`python -m module argv...`).
    env: added to the stack's environment.
    ready: a URL that answers below 500, or a predicate of the process id; None is ready once started.
    after: names of the services that must have been ready once before this one is started.
    preload: modules the warm process imports before it forks this one.
    once: it does its work and ends with exit code 0, then counts as ready.
    critical: the stack does not come up without it.
    patience: seconds from start to ready before it is started anew.
    health: asked again and again, with the seconds it may take; a service that has shown no sign of life for
        `hangs_after` seconds is started anew.
    """

    name: str
    argv: tuple[str, ...] = ()
    module: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Readiness | None = None
    after: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    once: bool = False
    critical: bool = True
    patience: float = 90.0
    health: Callable[[float], bool] | None = None
    hangs_after: float = 30.0

    def is_ready(self, pid: int) -> bool:
        if self.ready is None:
            return not self.once
        if callable(self.ready):
            return self.ready(pid)
        return answers(self.ready)
