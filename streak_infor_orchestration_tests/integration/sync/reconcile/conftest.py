"""A company whose tables are read anew before each reconciliation, as the schedules do it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from streak_infor_orchestration.analytics.warehouse import Warehouse
from streak_infor_orchestration.sync.reconcile.reconcile import TABLES, Reconciled, reconcile
from streak_infor_orchestration.sync.tables.tables import publish, read
from streak_infor_orchestration_tests.world.world import World

Reconcile = Callable[..., Reconciled]
A_WHILE = 400.0
"""Seconds after which a change is no longer under way."""


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(str(tmp_path / "tables"), tmp_path / "tables.work")


@pytest.fixture
def tables_read(world: World, warehouse: Warehouse) -> Callable[[], None]:
    def act() -> None:
        for name in TABLES:
            publish(world.ports.store, warehouse, read(world.ports, warehouse, name, whole=True))

    return act


@pytest.fixture
def reconciled(world: World, warehouse: Warehouse, tables_read: Callable[[], None]) -> Reconcile:
    def act(*, later: float = A_WHILE, **options: Any) -> Reconciled:
        world.clock.advance(later)
        tables_read()
        return reconcile(world.ports, warehouse, **{"whole": True} | options)

    return act
