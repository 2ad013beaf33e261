"""What the use cases work with: both systems, the ledger, the mapping and the clock. Built once per process."""

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.product import Product
from streak_infor_orchestration.domain.reference import reference
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.ledger.store import Store
from streak_infor_orchestration.mapping.mapping import Mapping
from streak_infor_orchestration.sync.lease import Leases

if TYPE_CHECKING:  # Dagster loads the stages in every process; the clients only where they are used
    from streak_infor_orchestration.streak.client import StreakClient

PARALLEL = 8
_PRODUCT_LIFE = timedelta(minutes=5)


class Catalogue:
    """Products of the ERP, remembered for five minutes per process. A missing SKU is asked for every time."""

    def __init__(self, erp: Erp, clock: Clock) -> None:
        self._erp = erp
        self._clock = clock
        self._known: dict[str, tuple[datetime, Product]] = {}
        self._lock = threading.Lock()

    def products(self, skus: Collection[str]) -> dict[str, Product]:
        fresh = self._clock.now() - _PRODUCT_LIFE
        with self._lock:
            known = {s: self._known[s][1] for s in skus if s in self._known and self._known[s][0] > fresh}
        missing = [sku for sku in skus if sku not in known]
        if missing:
            asked = self._erp.products(missing)
            with self._lock:
                self._known.update({sku: (self._clock.now(), product) for sku, product in asked.items()})
            known |= asked
        return known


@dataclass(frozen=True)
class Ports:
    """Thread-safe. `owner` names this process in leases; `team_key` and `me` are Streak's keys for us."""

    streak: "StreakClient"
    erp: Erp
    store: Store
    mapping: Mapping
    config: Integration
    clock: Clock
    owner: str
    team_key: str
    pipeline_key: str
    leases: Leases
    catalogue: Catalogue
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(PARALLEL, thread_name_prefix="stage")
    )

    def reference(self, streak_key: str) -> str:
        """The external reference of a box, or of a customer by its link key."""
        length, prefix = self.erp.traits.reference_length, self.config.erp.reference_prefix
        return reference(self.team_key, streak_key, length=length, prefix=prefix)

    def close(self) -> None:
        self.leases.close()
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.store.close()
