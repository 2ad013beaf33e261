"""Opens the two groups of tables, migrated: one Postgres database, or two SQLite files in the state folder."""

from pathlib import Path
from typing import NamedTuple

from filelock import FileLock
from sqlalchemy import text

from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.ledger.database import Database, postgres_database, sqlite_database
from streak_infor_orchestration.ledger.migrate import migrate, revision

# any number will do, as long as no other program that shares the database takes the same
_ADVISORY_LOCK = 7_305_531_042


class Databases(NamedTuple):
    """On Postgres both are the same one."""

    inbox: Database
    ledger: Database


def open_databases(url: str | None, state_dir: Path) -> Databases:
    """`url` None means SQLite. Safe to call from many processes at once: one migrates, the others wait."""
    return _sqlite(state_dir) if url is None else _postgres(url)


def is_begun(url: str | None, state_dir: Path) -> bool:
    """Whether there are tables already; makes nothing."""
    if url is None:
        return (state_dir / "ledger.db").exists()
    database = postgres_database(url)
    try:
        with database.read() as connection:
            return revision(connection, "ledger") is not None
    finally:
        database.close()


def _sqlite(state_dir: Path) -> Databases:
    claimed(state_dir)
    databases = Databases(sqlite_database(state_dir / "inbox.db"), sqlite_database(state_dir / "ledger.db"))
    with FileLock(state_dir / "migrate.lock", timeout=60):
        for history, database in databases._asdict().items():
            with database.read() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")  # kept in the file from then on
            with database.write() as connection:
                migrate(connection, history)
    return databases


def _postgres(url: str) -> Databases:
    database = postgres_database(url)
    with database.write() as connection:
        # processes that open the ledger at the same time wait here for the one that migrates
        for limit in ("statement_timeout", "lock_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        for history in Databases._fields:
            migrate(connection, history)
    return Databases(database, database)
