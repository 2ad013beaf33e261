"""A SQLite file for what the processes of one machine have to agree on within a call."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

_LOCK_SECONDS = 5.0


def connect(path: Path, schema: Iterable[str]) -> sqlite3.Connection:
    """A connection that threads may share under a lock of theirs. Its caller says BEGIN IMMEDIATE where it writes."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=_LOCK_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA synchronous=OFF")  # what is lost with the power is of no use anyway
    connection.execute("PRAGMA journal_mode=TRUNCATE")  # WAL: changing to it fails where two do so at once
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in schema:
            connection.execute(statement)
    return connection
