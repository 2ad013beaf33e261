"""A row: one kind of record and the phases it goes through. Another kind of subject is another `Row`, nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.phases import Phase
from streak_infor_orchestration.sync.row.work import Batch


@dataclass(frozen=True)
class Row:
    """`name` is its job's, and the nudge's that asks for a run. The phases work on the first of `kinds`; records of the
    others are resolved to it when it is claimed. `lanes` are those a run takes, by the queue of the workers it goes
    to: the first is where it goes by itself. `limit`: so many records in one run. `phases` by the names of their ops;
    the first claims, the last settles.

    `asked_since` makes due what changed since a moment, where its system can be asked for that.
    """

    name: str
    kinds: tuple[Kind, ...]
    lanes: Mapping[str, tuple[str, ...]]
    limit: int
    phases: tuple[tuple[str, Phase], ...]
    asked_since: Callable[[Ports, datetime], object] | None = None

    @property
    def kind(self) -> Kind:
        return self.kinds[0]

    @property
    def queue(self) -> str:
        return next(iter(self.lanes))

    def nudge(self, queue: str) -> str:
        """The row of the ledger that whoever asks for a run there has to acquire."""
        return self.name if queue == self.queue else f"{self.name}:{queue}"

    def run(self, batch: Batch, ports: Ports) -> Batch:
        """All phases in the foreground."""
        try:
            for _name, phase in self.phases:
                batch = phase(batch, ports)
            return batch
        finally:
            ports.leases.release(batch.run_id)
