"""What the use cases work with: both systems, the ledger, the mapping and the clock. Built once per process."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.order import SalesOrder
from streak_infor_orchestration.domain.reference import GENERATIONS, reference
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.sync.ports.catalogue import Catalogue
from streak_infor_orchestration.sync.ports.lease import LeaseKeeper
from streak_infor_orchestration.sync.ports.names import Names

if TYPE_CHECKING:  # Dagster loads the phases in every process; what is configured only where it is used
    from streak_infor_orchestration.config.integration import Integration
    from streak_infor_orchestration.mapping.mapping import Mapping
    from streak_infor_orchestration.streak.client import StreakClient

PARALLEL = 8
_LINKED_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Ports:
    """Thread-safe. `owner` names this process in leases; `team_key` and `me` are Streak's keys for us.
    `linked_pipeline_key` is that of the pipeline that lines come from, where they come from linked boxes."""

    streak: "StreakClient"
    erp: Erp
    store: Store
    mapping: "Mapping"
    config: "Integration"
    clock: Clock
    owner: str
    team_key: str
    pipeline_key: str
    leases: LeaseKeeper
    catalogue: Catalogue
    names: Names
    linked_pipeline_key: str = ""
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(PARALLEL, thread_name_prefix="phase")
    )

    def reference(self, streak_key: str, salt: int = 0, generation: int = 1) -> str:
        """The external reference of a box's order, or of a customer by its link key."""
        return self._reference(streak_key, self.erp.traits.reference_length, salt, generation)

    def second_reference(self, box_key: str, generation: int = 1) -> str:
        """The longer reference of a box's order; "" where the product has no place for it."""
        length = self.erp.traits.second_reference_length
        return self._reference(box_key, length, 0, generation) if length else ""

    def generation_of(self, box_key: str, order: SalesOrder) -> int:
        """Which of the box's orders it is: its reference says so, whatever became of the ledger."""
        carried = order.second_reference or order.reference
        for generation in GENERATIONS:
            wanted = self.second_reference(box_key, generation) or self.reference(
                box_key, generation=generation
            )
            if carried == wanted:
                return generation
        return 1  # one that a person linked

    def _reference(self, key: str, length: int, salt: int, generation: int) -> str:
        prefix = self.config.erp.reference_prefix
        return reference(self.team_key, key, length=length, prefix=prefix, salt=salt, generation=generation)

    def linked_again_at(self) -> datetime | None:
        """When a deal that could not be ordered is looked at once more because its lines are on linked boxes: Streak
        tells us of changes of the deal itself only. None where lines come from elsewhere."""
        return self.clock.now() + _LINKED_AGAIN if self.linked_pipeline_key else None

    def close(self) -> None:
        self.leases.close()
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.store.close()
