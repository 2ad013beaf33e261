from collections.abc import Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def lease_clock() -> ManualLeaseClock:
    return ManualLeaseClock()


@pytest.fixture
def store(
    database_url: str | None, tmp_path: Path, clock: ManualClock, lease_clock: ManualLeaseClock
) -> Iterator[Store]:
    """On SQLite and on Postgres, with both clocks standing still."""
    store = Store.open(database_url, tmp_path, clock=clock, lease_clock=lease_clock)
    yield store
    store.close()
