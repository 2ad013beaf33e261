from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration_tests.integration.gateway.running import SECRET, in_thread


@pytest.fixture
def store(database_url: str | None, tmp_path: Path) -> Iterator[Store]:
    """On SQLite and on Postgres, with the machine's clocks: the gateway's threads wait by them."""
    store = Store.open(database_url, tmp_path, clock=Clock())
    yield store
    store.close()


@pytest.fixture
def gateway(store: Store) -> Iterator[httpx.Client]:
    """A client of a running gateway that nudges nobody."""
    with in_thread(create_app(store, secret=SECRET)) as client:
        yield client
