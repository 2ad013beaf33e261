"""A process configured as an administrator would, and what a run does in it."""

from collections.abc import Callable
from typing import Any

import dagster as dg
import pytest

from streak_infor_orchestration.analytics.handle import TableHandle
from streak_infor_orchestration.analytics.warehouse import Published
from streak_infor_orchestration.sync.tables.tables import publish, read
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.defs.conftest import (
    acme,
    definitions,
    fresh_process,
    make_world,
    process,
    world,
)

__all__ = ["acme", "definitions", "fresh_process", "make_world", "process", "world"]

Materialise = Callable[..., dg.ExecuteInProcessResult]
Refresh = Callable[..., dict[str, Published]]


@pytest.fixture
def materialise(definitions: dg.Definitions, process: Wiring) -> Materialise:
    """`materialise("infor/customers", whole=True)`: the entities named, with their checks; the job's, if none is."""

    def execute(*names: str, whole: bool = False, **options: Any) -> dg.ExecuteInProcessResult:
        system = names[0].split("/")[0]
        job = definitions.resolve_job_def(f"{system}_tables")
        return job.execute_in_process(
            asset_selection=[dg.AssetKey(name.split("/")) for name in names],
            run_config={"ops": {f"{system}_entities": {"config": {"whole": whole}}}},
            **options,
        )

    return execute


@pytest.fixture
def refresh(process: Wiring) -> Refresh:
    """The same without Dagster, which costs more than the rest."""

    def act(*names: str, whole: bool = False) -> dict[str, Published]:
        parts = process
        return {
            name: publish(parts.store, parts.warehouse, read(parts.ports, parts.warehouse, name, whole=whole))
            for name in names
        }

    return act


@pytest.fixture
def table(process: Wiring) -> Callable[[str], TableHandle]:
    def find(name: str) -> TableHandle:
        handle = process.warehouse.handle_of(name)
        assert handle is not None, f"{name} was not written"
        return handle

    return find
