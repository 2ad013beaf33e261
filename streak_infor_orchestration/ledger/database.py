"""One database behind one pool: how a read and a write transaction begin, on SQLite and on Postgres.

SQLAlchemy's defaults lose updates on SQLite silently, because a transaction that begins with a read is upgraded too
late; here every write begins with `BEGIN IMMEDIATE` and a read is never part of one.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import AdaptedConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from streak_infor_orchestration.domain.errors import Cure, IntegrationError, Misconfigured

BUSY_SECONDS = 30.0
_WRITE = "sio_write"


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

    def __init__(self, engine: Engine) -> None:
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time, and one that finds it taken sleeps longer than the other writes:
        # within a process they queue here instead
        self._turn: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()
        self._engine = engine
        self._durable = engine.execution_options(**{_WRITE: "durable"})
        self._relaxed = engine.execution_options(**{_WRITE: "relaxed"})
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
        engine = self._durable if durable else self._relaxed
        with _availability(), self._turn, engine.begin() as connection:
            yield connection

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

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(_WRITE)
        if mode:
            if connection.info.get(_WRITE) != mode:
                connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if mode == 'durable' else 'NORMAL'}")
                connection.info[_WRITE] = mode
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return Database(engine)


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

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITE) == "relaxed":
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    return Database(engine)


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
