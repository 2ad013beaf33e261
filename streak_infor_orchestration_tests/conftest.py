"""Fixtures for every test: the two databases the product runs on, and a ledger whose clocks stand still."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from streak_infor_orchestration.domain.clock import ManualClock
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.ledger.lease_clock import ManualLeaseClock
from streak_infor_orchestration_tests.databases import PostgresServer


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("filterwarnings", "ignore:XDG_RUNTIME_DIR is not set")  # the wheel asks for it


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One real server for the session, shared by its xdist workers: they all know the session's name."""
    session = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    server = PostgresServer(Path(tempfile.gettempdir(), f"sio-{session[:12]}"))
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A fresh, migrated Postgres database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """What `Store.open` takes, once for each database: None (SQLite in its state folder), then Postgres."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def lease_clock() -> ManualLeaseClock:
    return ManualLeaseClock()


@pytest.fixture
def store(store_on_sqlite: Store) -> Store:
    """Where nothing depends on the database. Folders in which something does override it by `store_on_both`."""
    return store_on_sqlite


@pytest.fixture
def store_on_sqlite(tmp_path: Path, clock: ManualClock, lease_clock: ManualLeaseClock) -> Iterator[Store]:
    with closing(Store.open(None, tmp_path, clock=clock, lease_clock=lease_clock)) as store:
        yield store


@pytest.fixture
def store_on_both(
    database_url: str | None, tmp_path: Path, clock: ManualClock, lease_clock: ManualLeaseClock
) -> Iterator[Store]:
    with closing(Store.open(database_url, tmp_path, clock=clock, lease_clock=lease_clock)) as store:
        yield store
