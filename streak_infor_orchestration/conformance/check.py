"""A check: one promise of a contract, tried on a system that is there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

S = TypeVar("S")


class Breach(Exception):
    """What the system did against its contract. Names records and fields, never values."""


class NotApplicable(Exception):
    """Why a check can say nothing here: the product has no such thing, or there is no record to look at."""


def expect(holds: object, breach: str) -> None:
    if not holds:
        raise Breach(breach)


@dataclass(frozen=True)
class Check(Generic[S]):
    """`contract` names the section that promises it; `cure` says what to do when it fails. `body` raises `Breach`,
    `NotApplicable`, or what the client raised."""

    name: str
    contract: str
    cure: str
    writes: bool
    body: Callable[[S], None]


@dataclass(frozen=True)
class Suite(Generic[S]):
    """Checks of one kind of system, in the order in which they are run. `writes`: they make records."""

    system: str
    contract: str
    writes: bool = False
    checks: list[Check[S]] = field(default_factory=list)

    def add(self, name: str, body: Callable[[S], None], section: str, cure: str) -> None:
        self.checks.append(Check(name, f"{self.contract}, {section}", cure, self.writes, body))

    def check(self, section: str, cure: str) -> Callable[[Callable[[S], None]], Callable[[S], None]]:
        """For a function whose name says what holds."""

        def register(body: Callable[[S], None]) -> Callable[[S], None]:
            self.add(body.__name__.replace("_", " "), body, section, cure)
            return body

        return register
