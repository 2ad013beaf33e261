"""What ops, assets and sensors borrow of their process, a resource for each: both clients, the ledger, the tables.

A resource holds no configuration and no secret; both come from the environment of the process, when it is used first.
Clients, tokens and metadata live per process and are only borrowed, so a warm run makes no token call. A twin in the
place of one is a subclass, given to Dagster under the same key.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

import dagster as dg

from streak_infor_orchestration.defs.tables import TableIOManager

if TYPE_CHECKING:  # the clients' imports cost more than all of ours
    from streak_infor_orchestration.analytics.warehouse import Warehouse
    from streak_infor_orchestration.infor.port import Erp
    from streak_infor_orchestration.ledger.store import Store
    from streak_infor_orchestration.streak.client import StreakClient
    from streak_infor_orchestration.sync.ports.ports import Ports
    from streak_infor_orchestration.sync.tables.reading import Reading
    from streak_infor_orchestration.wiring import Wiring


class StreakResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # it is its own value
    """`streak`: the CRM."""

    def client(self) -> "StreakClient":
        """Raises Misconfigured, naming what is missing."""
        return here().streak

    def reading(self, store: "Store") -> "Reading":
        """What its tables are read with."""
        return here().streak_reading(self.client(), store)


class InforResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # it is its own value
    """`infor`: the ERP, whichever product it is."""

    def erp(self) -> "Erp":
        """Raises Misconfigured, naming what is missing."""
        return here().erp

    def overlap(self) -> timedelta:
        """So far back its change lists are read again."""
        return here().config.erp.overlap

    def reading(self, store: "Store") -> "Reading":
        """As Streak's."""
        from streak_infor_orchestration.sync.tables.reading import InforReading

        return InforReading(store, here().config, self.erp())

    def keeps_people(self) -> bool:
        """Whether the people at customers are kept the same in both systems."""
        return here().config.contacts is not None

    def makes_organizations(self) -> bool:
        """Whether a customer that is new in the ERP becomes an organization in Streak."""
        return here().config.customer.makes_organizations


class LedgerResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # it is its own value
    """`ledger`: the state database."""

    def store(self) -> "Store":
        return here().store

    def reading(self, store: "Store") -> "Reading":
        """As Streak's: what the ledger knows is kept as tables too."""
        from streak_infor_orchestration.sync.tables.reading import Reading

        return Reading(store, here().config)


class TableStore(dg.ConfigurableIOManagerFactory[TableIOManager]):
    """`tables`: the Parquet files of both systems' entities, as an IO manager and to ask of."""

    ledger: dg.ResourceDependency[LedgerResource]

    def warehouse(self) -> "Warehouse":
        return here().warehouse

    def create_io_manager(self, context: dg.InitResourceContext) -> TableIOManager:
        return TableIOManager(self.warehouse(), self.ledger.store())


def here() -> "Wiring":
    """This process's configuration, and what was opened by it."""
    from streak_infor_orchestration.wiring import wiring

    return wiring()


def ports(streak: StreakResource, infor: InforResource, ledger: LedgerResource) -> "Ports":
    """What the use cases work with: these three, and what the configuration says."""
    return here().ports_of(streak.client(), infor.erp(), ledger.store())


def own_resources() -> dict[str, object]:
    """By the names that ops, assets and sensors ask for. For a code location of your own, and for tests."""
    ledger = LedgerResource()
    return {
        "streak": StreakResource(),
        "infor": InforResource(),
        "ledger": ledger,
        "tables": TableStore(ledger=ledger),
    }


@dg.definitions
def resources() -> dg.Definitions:
    return dg.Definitions(resources={**own_resources(), "in_memory": dg.mem_io_manager})
