"""One database behind one pool: how a read and a write transaction begin, on SQLite and on Postgres.

SQLAlchemy's defaults lose updates on SQLite silently, because a transaction that begins with a read is upgraded too
late; here every write begins with `BEGIN IMMEDIATE` and a read is never part of one.
"""

import json
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import AdaptedConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from streak_infor_orchestration.domain.errors import Cure, IntegrationError, Misconfigured

BUSY_SECONDS = 30.0


class LedgerUnavailable(IntegrationError):
    """The state database does not answer, or stayed locked for 30 s. Nothing is known about the last commit.

    Deliberately not `Transient`: that would read as "this call to the ERP was certainly not done".
    """

    cure = Cure.TIME


def canonical(document: Any) -> str:
    """JSON with one spelling per value: sorted keys, no spaces. What hashes are taken of."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class Database:
    """`read()` and `write()` yield a connection; the block of a `write()` is one transaction."""

    def __init__(self, engine: Engine, begin: Callable[[Connection, bool], None]) -> None:
        """`begin(connection, durable)` begins a writing transaction."""
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._begin = begin
        self._queues: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)
        self._engine = engine
        # each statement of a read stands alone: no snapshot is held, no transaction stays open
        self._reading = engine if self.is_sqlite else engine.execution_options(isolation_level="AUTOCOMMIT")
        event.listen(engine, "connect", _note_process)
        event.listen(engine, "checkout", _refuse_inherited_connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with _availability(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """`durable=False` survives the death of any process but not a power cut: for what is redone or probed anyway.

        A later durable write of the same database makes it durable too (both logs are flushed in order).
        """
        with _availability(), self._turn(), self._engine.begin() as connection:
            self._begin(connection, durable)
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer at a time, and one that finds it taken sleeps longer than the other writes: within
        a process they queue here instead. A forked process has a queue of its own: nobody would release the parent's.
        """
        if not self.is_sqlite:
            yield
            return
        queue = self._queues[os.getpid()]
        if not queue.acquire(timeout=BUSY_SECONDS):
            raise exc.TimeoutError("another thread did not finish writing")
        try:
            yield
        finally:
            queue.release()

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that knows ON CONFLICT: the same methods in both dialects, two classes in SQLAlchemy."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def close(self) -> None:
        self._engine.dispose()


def sqlite_database(path: Path) -> Database:
    """Autocommit at the driver, so that the only BEGIN is ours. WAL is switched on when the file is migrated."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        pool_size=10,
        max_overflow=20,
        **_COMMON,
    )

    def begin(connection: Connection, durable: bool) -> None:
        mode = "FULL" if durable else "NORMAL"
        if connection.info.get("synchronous") != mode:
            connection.exec_driver_sql(f"PRAGMA synchronous={mode}")
            connection.info["synchronous"] = mode
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Database(engine, begin)


def postgres_database(url: str) -> Database:
    """Always psycopg2: it is the driver dagster-postgres brings, and a bare `postgresql://` means another one
    from SQLAlchemy 2.1 on."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.get_backend_name() != "postgresql":
        raise Misconfigured(
            "the database address has to begin with postgresql://; without one, SQLite in the state folder is used",
            code="database_url",
        )
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg2"),
        connect_args={"connect_timeout": 10, "application_name": "streak-infor"},
        pool_size=5,
        max_overflow=15,
        pool_pre_ping=True,
        **_COMMON,
    )

    def begin(connection: Connection, durable: bool) -> None:
        if not durable:
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    return Database(engine, begin)


# a statement's parameters are business data: they stay out of error messages
_COMMON: dict[str, Any] = {"hide_parameters": True, "json_serializer": canonical}


@contextmanager
def _availability() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise LedgerUnavailable(
            "the state database does not answer", code="ledger_unavailable", system="ledger"
        ) from error


def _note_process(_: AdaptedConnection, entry: ConnectionPoolEntry) -> None:
    entry.info["process"] = os.getpid()


def _refuse_inherited_connection(
    _: AdaptedConnection, entry: ConnectionPoolEntry, proxy: PoolProxiedConnection
) -> None:
    """A forked worker must not share its parent's connection: the pool opens a new one instead."""
    if entry.info["process"] != os.getpid():
        entry.dbapi_connection = proxy.dbapi_connection = None  # type: ignore[misc]  # SQLAlchemy's recipe
        raise exc.DisconnectionError("this connection belongs to the process that forked")
