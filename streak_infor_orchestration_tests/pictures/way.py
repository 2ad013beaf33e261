"""One deal goes through the phases, and each room that is called on its way is noted."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch
from streak_infor_orchestration_tests.world.company import company
from streak_infor_orchestration_tests.world.world import World, connections

PACKAGE = "streak_infor_orchestration."
SYSTEMS = ("streak", "infor")
ROOMS = (
    "sync/deals",
    "sync/customers",
    "sync/watch",
    "sync/effects",
    "sync/ports",
    "mapping",
    *SYSTEMS,
    "ledger",
)
"""From the top of the house down, those that do something by themselves: `sync/row` only hands the deal to the phases,
`domain` and `config` are words and settings that all of them use, and `transport` is how the systems are asked."""
TOOLS = ("sync/effects", "sync/ports")
"""What `sync/row` hands to a phase, which is no visit."""
THREADS = ("MainThread", "phase")
"""Of a run: its own, and those in which a phase works on a record. Simulators and leases have others."""


@dataclass
class Visited:
    """During a phase: which rooms the deal was in, and from which one each was entered, "" for the phase itself. A
    system's room counts when the system is asked for something, not when a value of its is looked at."""

    phase: str
    entries: set[tuple[str, str]] = field(default_factory=set)

    @property
    def rooms(self) -> list[str]:
        return [room for room in ROOMS if any(room == entered for _, entered in self.entries)]

    @property
    def calls(self) -> list[tuple[str, str]]:
        """From one of these rooms to another."""
        return sorted((caller, entered) for caller, entered in self.entries if caller in self.rooms)


def follow() -> list[Visited]:
    """A deal of a new customer that is accepted, from claim to settle, against both simulators."""
    visited: list[Visited] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event != "call" or not visited or not threading.current_thread().name.startswith(THREADS):
            return
        room = _room(frame)
        if room == "transport" or (room in ROOMS and room not in SYSTEMS):
            way = [there for there in _upwards(frame) if there in ROOMS]
            if room == "transport" and not (way and way[0] in SYSTEMS):
                return
            entered, *rest = way
            caller = next((there for there in rest if there != entered), "")
            if caller or entered not in TOOLS:
                visited[-1].entries.add((caller, entered))

    with TemporaryDirectory() as folder, _world(Path(folder)) as world:
        world.webhook(world.company.deal("Northwind", stage="Proposal Accepted"))
        batch = Batch("way")
        threading.setprofile(note)  # the threads of the pool are started by the first phase that needs them
        sys.setprofile(note)
        try:
            for name, phase in ORDER_TO_CASH.loaded.items():
                visited.append(Visited(name))
                batch = phase(batch, world.ports)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
            world.ports.leases.release(batch.run_id)
        assert len(world.company.found_in_erp("salesorders")) == 1
    return visited


@contextmanager
def _world(folder: Path) -> Iterator[World]:
    with company(ManualClock()) as opened, connections(opened) as ours:
        world = World(opened, ours, folder)
        try:
            yield world
        finally:
            world.close()


def _room(frame: FrameType) -> str:
    """ "" for what is not ours."""
    name: str = frame.f_globals.get("__name__", "")
    if not name.startswith(PACKAGE):
        return ""
    first, *rest = name.removeprefix(PACKAGE).split(".")
    return f"{first}/{rest[0]}" if first == "sync" and rest else first


def _upwards(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield _room(frame)
        frame = frame.f_back
