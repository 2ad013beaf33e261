"""A row: one kind of record and the phases it goes through. Another kind of subject is another `Row`, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from streak_infor_orchestration.domain.kinds import Kind

if TYPE_CHECKING:  # whoever asks for a run of it needs none of these
    from streak_infor_orchestration.sync.ports.ports import Ports
    from streak_infor_orchestration.sync.row.phases import Phase
    from streak_infor_orchestration.sync.row.work import Batch


@dataclass(frozen=True)
class Row:
    """`name` is its job's, and the nudge's that asks for a run. The phases work on the first of `kinds`; records of the
    others are resolved to it when it is claimed. `lanes` are those a run takes, by the queue of the workers it goes
    to: the first is where it goes by itself. `limit`: so many records in one run. `phases` are the names of its ops:
    the first claims, the last settles. `since`: it can be asked for what changed since a moment.

    `home` is the module whose `PHASES` they are, in the same order. It is named and not imported: the gateway and
    Dagster's definitions only ask for runs, and what runs need costs them more than all the rest.
    """

    name: str
    kinds: tuple[Kind, ...]
    lanes: Mapping[str, tuple[str, ...]]
    limit: int
    phases: tuple[str, ...]
    home: str
    since: bool = False

    @property
    def kind(self) -> Kind:
        return self.kinds[0]

    @property
    def queue(self) -> str:
        return next(iter(self.lanes))

    def nudge(self, queue: str) -> str:
        """The row of the ledger that whoever asks for a run there has to acquire."""
        return self.name if queue == self.queue else f"{self.name}:{queue}"

    @cached_property
    def loaded(self) -> "Mapping[str, Phase]":
        """What is done in each of its phases."""
        return dict(zip(self.phases, import_module(self.home).PHASES, strict=True))

    def run(self, batch: "Batch", ports: "Ports") -> "Batch":
        """All phases in the foreground."""
        try:
            for phase in self.loaded.values():
                batch = phase(batch, ports)
            return batch
        finally:
            ports.leases.release(batch.run_id)
