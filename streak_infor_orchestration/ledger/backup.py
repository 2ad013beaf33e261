"""A copy of SQLite's two files that is whole, taken while everything runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

FILES = ("inbox.db", "ledger.db")


def backup(state_dir: Path, to: Path) -> list[Path]:
    """By SQLite's own online backup: a file copied while it is written to would be a broken one. Returns the copies.

    Each is whole by itself; what came between the two is found again by `recover`. Raises FileNotFoundError where
    there is no ledger, FileExistsError rather than replace a copy.
    """
    for name in FILES:
        if not (state_dir / name).exists():
            raise FileNotFoundError(f"{state_dir / name} does not exist")
        if (to / name).exists():
            raise FileExistsError(f"{to / name} exists already: every backup gets a folder of its own")
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FILES:
        with closing(sqlite3.connect(state_dir / name)) as live, closing(sqlite3.connect(to / name)) as copy:
            live.backup(copy)
    return [to / name for name in FILES]
