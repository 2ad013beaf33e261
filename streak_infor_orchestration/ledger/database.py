"""One database: how a read and a write transaction begin, on SQLite and on Postgres.

Both drivers commit each statement by itself, so that the only BEGIN is ours. SQLAlchemy's defaults lose updates on
SQLite silently, because a transaction that begins with a read is upgraded too late; here every write begins with
`BEGIN IMMEDIATE` and a read is never part of one.
"""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import AdaptedConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from streak_infor_orchestration.domain.errors import IntegrationError, Misconfigured
from streak_infor_orchestration.domain.problems.code import Cure
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.domain.problems.systems import SystemCode

BUSY_SECONDS = 30.0
POOL_SIZE = 10
"""SQLite's connections kept: no fewer than threads use them at a time, for one beyond it is opened and closed at every
use."""

DURABLE, RELAXED = 4, 6
CONNECTIONS = DURABLE + RELAXED
"""The most that one process has to Postgres. A thread that finds all of them taken waits for one, for the few
milliseconds that a statement takes."""

ONE_MACHINE, EACH_MORE = 90, 40
"""Connections that a whole stack may need, and each machine that only executes runs besides, Dagster's own included:
docs/operations.md adds them up."""

UNUSED_SECONDS = 60
"""A connection that nobody used for so long is given back: the server closes it (from Postgres 14 on)."""

_LIMITS = {
    "statement_timeout": 60_000,
    "lock_timeout": 30_000,
    "idle_in_transaction_session_timeout": 60_000,
}
"""Milliseconds: no hung statement holds a run for ever, and no stopped process holds a row."""

IDLE_SECONDS = 1.0
"""A connection unused for longer is asked whether it lives before it is used."""


class LedgerUnavailable(IntegrationError):
    """The state database does not answer, or stayed locked for 30 s. Nothing is known about the last commit.

    Deliberately not `Transient`: that would read as "this call to the ERP was certainly not done".
    """

    cure = Cure.TIME


def canonical(document: Any) -> str:
    """JSON with one spelling per value: sorted keys, no spaces. What hashes are taken of."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class Database:
    """`read()` and `write()` yield a connection; the block of a `write()` is one transaction.

    Two engines on the same data: what `durable` commits is on the disk, what `relaxed` commits survives the death of
    any process but not a power cut, until the next durable commit (both logs are flushed in order).
    """

    def __init__(self, durable: Engine, relaxed: Engine) -> None:
        self.is_sqlite = durable.dialect.name == "sqlite"
        self._engines = {True: durable, False: relaxed}
        self._begin = "BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN"
        self._queue = threading.Lock()
        _open.add(self)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Each statement stands alone: no snapshot is held, no transaction stays open."""
        with _availability(), self._engines[False].connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, durable: bool = True, alone: bool = False) -> Iterator[Connection]:
        """`durable=False` for what is redone or probed anyway. `alone`: the block executes one statement, which is a
        transaction by itself; on Postgres that is one round trip instead of three.
        """
        with _availability(), self._turn(), self._engines[durable].connect() as connection:
            if alone:
                yield connection
                return
            try:
                connection.exec_driver_sql(self._begin)
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer at a time, and one that finds it taken sleeps longer than the other writes: within
        a process they queue here instead.
        """
        if not self.is_sqlite:
            yield
            return
        if not self._queue.acquire(timeout=BUSY_SECONDS):
            raise exc.TimeoutError("another thread did not finish writing")
        try:
            yield
        finally:
            self._queue.release()

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that knows ON CONFLICT: the same methods in both dialects, two classes in SQLAlchemy."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def close(self) -> None:
        for engine in self._engines.values():
            engine.dispose()

    def begin_anew(self) -> None:
        """In a process just forked: its parent's connections are not its own, and nobody would release the queue."""
        self._queue = threading.Lock()
        for engine in self._engines.values():
            engine.dispose(close=False)


_open: WeakSet[Database] = WeakSet()


def _forked() -> None:
    for database in _open:
        database.begin_anew()


os.register_at_fork(after_in_child=_forked)


def sqlite_database(path: Path) -> Database:
    """WAL is switched on when the file is migrated."""

    def engine(synchronous: str) -> Engine:
        made = create_engine(
            URL.create("sqlite", database=str(path)),
            connect_args={"timeout": BUSY_SECONDS},
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            **_COMMON,
        )

        @event.listens_for(made, "connect")
        def synchronize(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
            connection.execute(f"PRAGMA synchronous={synchronous}")

        return made

    return Database(durable=engine("FULL"), relaxed=engine("NORMAL"))


def postgres_database(url: str) -> Database:
    """Always psycopg2: it is the driver dagster-postgres brings, and a bare `postgresql://` means another one
    from SQLAlchemy 2.1 on."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.get_backend_name() != "postgresql":
        raise Misconfigured(
            "the database address has to begin with postgresql://; without one, SQLite in the state folder is used",
            code=SetupCode.DATABASE_URL,
        )
    limits = " ".join(f"-c {name}={milliseconds}" for name, milliseconds in _LIMITS.items())
    # where an option stands twice, Postgres takes the last
    options = f"{limits} {parsed.query.get('options', '')}"

    def engine(synchronous_commit: str, connections: int) -> Engine:
        made = create_engine(
            parsed.set(drivername="postgresql+psycopg2"),
            connect_args={
                "connect_timeout": 10,
                "application_name": "streak-infor",
                "options": f"{options} -c synchronous_commit={synchronous_commit}",
            },
            pool_size=connections,
            max_overflow=0,
            # the connection used last is taken first, so that those too many stay unused and are closed
            pool_use_lifo=True,
            **_COMMON,
        )
        event.listen(made, "connect", _give_back_unused)
        for moment in ("connect", "checkin"):
            event.listen(made, moment, _note_use)

        @event.listens_for(made, "checkout")
        def ping(connection: Any, entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
            # a server that was restarted has closed the connection. Asked at every checkout, this would be
            # half of all round trips
            if time.monotonic() - entry.info["used"] > IDLE_SECONDS and not _lives(made.dialect, connection):
                raise exc.InvalidatePoolError

        return made

    return Database(durable=engine("on", DURABLE), relaxed=engine("off", RELAXED))


# a statement's parameters are business data: they stay out of error messages
_COMMON: dict[str, Any] = {
    "hide_parameters": True,
    "json_serializer": canonical,
    # every transaction is ended by whoever began it: nothing is left for the pool to roll back
    "isolation_level": "AUTOCOMMIT",
    "pool_reset_on_return": None,
    "skip_autocommit_rollback": True,
}


def _roll_back(connection: Connection) -> None:
    """Ends the transaction; a connection that is lost, or cannot do even that, is closed, which ends it too."""
    if connection.invalidated:
        return
    try:
        connection.exec_driver_sql("ROLLBACK")
    except exc.DBAPIError:
        connection.invalidate()


@contextmanager
def _availability() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise LedgerUnavailable(
            "the state database does not answer", code=SystemCode.LEDGER_UNAVAILABLE, system="ledger"
        ) from error


def _give_back_unused(connection: Any, _: ConnectionPoolEntry) -> None:
    if connection.server_version >= 140_000:
        with connection.cursor() as cursor:
            cursor.execute(f"SET idle_session_timeout = {1000 * UNUSED_SECONDS}")
        connection.commit()


def _note_use(_: AdaptedConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info["used"] = time.monotonic()


def _lives(dialect: Dialect, connection: Any) -> bool:
    try:
        return dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error:
        return False
