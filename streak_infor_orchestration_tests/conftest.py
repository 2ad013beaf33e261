"""Fixtures for every test: the two databases the product runs on."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

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
