"""The twin's parts in one place, and the way in to its data."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streak_infor_orchestration.twins.erp import AutomaticInvoices
from streak_infor_orchestration.twins.harness import LateCommits, Violations
from streak_infor_orchestration.twins.ion import Gateway
from streak_infor_orchestration.twins.syteline.business import SytelineBusiness
from streak_infor_orchestration.twins.syteline.company import Company
from streak_infor_orchestration.twins.syteline.refusing import OrderedRefusals
from streak_infor_orchestration.twins.syteline.sessions import Sessions


@dataclass
class Twin:
    """``processing_seconds`` is what the ERP takes for every read and write, before it commits."""

    company: Company
    sessions: Sessions
    gateway: Gateway
    late: LateCommits
    automatic: AutomaticInvoices
    refusals: OrderedRefusals
    violations: Violations
    seed: Callable[[Company], None]
    processing_seconds: float = 0.0

    def reset(self) -> None:
        with self.company.lock:
            self.company.clear()
            for part in (self.sessions, self.gateway, self.late, self.automatic, self.refusals):
                part.clear()
            self.processing_seconds = 0.0
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

    async def process(self) -> None:
        if self.processing_seconds:
            await asyncio.sleep(self.processing_seconds)
