"""What is worked out of the tables, for whoever does not wait for Dagster's hour."""

from collections.abc import Iterator, Sequence

from streak_infor_orchestration.analytics.derivations import DERIVATIONS
from streak_infor_orchestration.analytics.derived import derive
from streak_infor_orchestration.analytics.tables import TABLES
from streak_infor_orchestration.analytics.warehouse import Published, Warehouse
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.tables.reading import reading_of
from streak_infor_orchestration.sync.tables.tables import publish, read


def read_and_work_out(ports: Ports, warehouse: Warehouse, names: Sequence[str]) -> None:
    """Those of `DERIVATIONS`, in their order, from what both systems hold now: what changed is read first."""
    wanted = [derivation for name, derivation in DERIVATIONS.items() if name in names]
    sources = {source for derivation in wanted for source in derivation.sources}
    for _ in read_anew(ports, warehouse, [name for name in TABLES if name in sources]):
        pass
    for derivation in wanted:
        derive(warehouse, derivation, company=ports.config.company.currency, now=ports.clock.now())


def read_anew(ports: Ports, warehouse: Warehouse, names: Sequence[str]) -> Iterator[tuple[str, Published]]:
    """Each of the tables as it is read: what changed since the last time."""
    for name in names:
        delta = read(reading_of(name, ports), warehouse, name)
        yield name, publish(ports.store, warehouse, delta)
