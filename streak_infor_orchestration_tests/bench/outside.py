"""Both systems in processes of their own, filled with deals that are ready to be ordered, and their CPU time."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import psutil

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration_tests.world.company import USERS, Company

ERP_SECONDS = 0.02
_START_SECONDS = 20.0


@dataclass(frozen=True)
class Outside:
    """`company` is Acme at real URLs; its clock is not asked: the twins go by the machine's."""

    company: Company
    processes: tuple[psutil.Process, ...]

    def deals(self, config: Integration, count: int) -> list[str]:
        """Empties both systems and opens `count` deals of one organization at a stage that wants an order."""
        self.company.open_for_business(config)
        buyer = self.company.organization("Northwind Ltd", domains=["northwind.example"])
        boxes = [
            self.company.deal(f"Deal {n}", organization=buyer, stage=config.stages.order[0])
            for n in range(count)
        ]
        self.company.erp("/processing", {"seconds": ERP_SECONDS})
        return boxes

    def cpu_seconds(self) -> float:
        """What both have used since they were started."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes)


@contextmanager
def outside() -> Iterator[Outside]:
    """Both twins on free ports; killed at the end."""
    with ExitStack() as stack:
        users = [option for key, mail in USERS.items() for option in ("--user", f"{key}={mail}")]
        streak, streak_url = stack.enter_context(_twin("streak", *users))
        infor, infor_url = stack.enter_context(_twin("infor"))
        opened = Company(streak_url, infor_url, ManualClock())
        stack.callback(opened.close)
        yield Outside(opened, (streak, infor))


@contextmanager
def _twin(name: str, *options: str) -> Iterator[tuple[psutil.Process, str]]:
    command = [sys.executable, "-m", f"streak_infor_orchestration.twins.{name}", "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[-1]
            _await(url)
            yield psutil.Process(process.pid), url
        finally:
            process.kill()


def _await(url: str) -> None:
    """The address is announced when it is bound; the first answer comes a moment later."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/__twin__/faults", timeout=_START_SECONDS)
            return
        except httpx.ConnectError:
            time.sleep(0.05)
    raise TimeoutError(f"nobody answers at {url}")
