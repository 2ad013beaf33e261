"""DuckDB, bounded: a connection that spills to disk instead of growing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "256MB"


@contextmanager
def engine(spill: Path, memory: str = MEMORY) -> Iterator["DuckDBPyConnection"]:
    """An empty database in memory; `spill` is the folder for what does not fit. Downloads nothing, ever."""
    import duckdb

    connection = duckdb.connect(
        config={
            "memory_limit": memory,
            "threads": 2,
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would stand in what a command says
        yield connection
    finally:
        connection.close()


def asked(connection: "DuckDBPyConnection", question: str, **values: object) -> list[dict[str, Any]]:
    """The rows of a question's answer, by the names of its columns."""
    found = connection.execute(question, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def quoted(text: object) -> str:
    """As an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
