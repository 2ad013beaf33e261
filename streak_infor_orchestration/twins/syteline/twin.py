"""The twin's parts in one place, and the way in to its data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streak_infor_orchestration.twins.erp import AutomaticInvoices, Pace
from streak_infor_orchestration.twins.harness import LateCommits, Violations
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration.twins.syteline.business import SytelineBusiness
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.refusing import OrderedRefusals
from streak_infor_orchestration.twins.syteline.sessions import Sessions


@dataclass
class Twin:
    company: Company
    sessions: Sessions
    gateway: Gateway
    late: LateCommits
    automatic: AutomaticInvoices
    refusals: OrderedRefusals
    violations: Violations
    seed: Callable[[Company], None]
    pace: Pace = field(default_factory=Pace)

    def reset(self) -> None:
        with self.company.lock:
            self.company.clear()
            for part in (self.sessions, self.gateway, self.late, self.automatic, self.refusals):
                part.clear()
            self.pace.seconds = 0.0
            self.seed(self.company)

    @contextmanager
    def opened(self) -> Iterator[Company]:
        """The company, locked and up to date; every look and every commit goes through here."""
        with self.company.lock:
            self.late.settle()
            self.automatic.settle(SytelineBusiness(self.company))
            yield self.company

    @contextmanager
    def business(self) -> Iterator[SytelineBusiness]:
        with self.opened() as company:
            yield SytelineBusiness(company)
