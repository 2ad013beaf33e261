"""Fixtures for every test: the two databases the product runs on."""

import os
from collections.abc import Iterator

import pytest

from streak_infor_orchestration_tests.databases import PostgresServer


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("filterwarnings", "ignore:XDG_RUNTIME_DIR is not set")  # the wheel asks for it


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One real server for the session, also across xdist workers (each of them has a folder in a shared one)."""
    folder = tmp_path_factory.getbasetemp()
    server = PostgresServer(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)
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
