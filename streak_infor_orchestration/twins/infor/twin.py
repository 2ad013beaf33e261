"""The twin's parts in one place, and the way in to its data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streak_infor_orchestration.twins.erp import AutomaticInvoices, Pace
from streak_infor_orchestration.twins.harness import LateCommits, Violations
from streak_infor_orchestration.twins.infor.access import AccessControl
from streak_infor_orchestration.twins.infor.business import FacadeBusiness
from streak_infor_orchestration.twins.infor.company import Company


@dataclass
class Twin:
    company: Company
    access: AccessControl
    late: LateCommits
    automatic: AutomaticInvoices
    violations: Violations
    seed: Callable[[Company], None]
    pace: Pace = field(default_factory=Pace)

    def reset(self) -> None:
        with self.company.lock:
            self.company.clear()
            self.access.clear()
            self.late.clear()
            self.automatic.clear()
            self.pace.seconds = 0.0
            self.seed(self.company)

    @contextmanager
    def opened(self) -> Iterator[Company]:
        """The company, locked and up to date; every look and every commit goes through here."""
        with self.company.lock:
            self.late.settle()
            self.automatic.settle(FacadeBusiness(self.company))
            yield self.company

    @contextmanager
    def business(self) -> Iterator[FacadeBusiness]:
        """What the control surface acts upon."""
        with self.opened() as company:
            yield FacadeBusiness(company)
