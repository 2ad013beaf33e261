"""The tables' place: merges what was read into a new file, and puts it where the old one was."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from streak_infor_orchestration.analytics.delta import Delta
from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.handle import FACTS, TableHandle
from streak_infor_orchestration.analytics.readers import let_in
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.analytics.tables import DERIVED, RECONCILED, TABLES
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from upath import UPath


_ABANDONED_SECONDS = 86_400.0
"""What was read so long ago and not merged belongs to a process that died."""


@dataclass(frozen=True)
class Published:
    """`rows` the table has now, of which `added` are new and `updated` differ from before; `removed` are gone.
    `contradictions`: keys that came twice in one reading, changed at the same instant, with different content."""

    rows: int
    rows_before: int
    added: int
    updated: int
    removed: int
    contradictions: int

    @property
    def differs(self) -> bool:
        return bool(self.added or self.updated or self.removed or self.contradictions)


class Warehouse:
    """`root`: a folder, or any address fsspec understands (`s3://bucket/tables`). `work`: a local folder for what is
    under way. Writers of one table queue at a lock in `work`, so let one machine write. `group`: the group of this
    machine that may read the files, "" for none."""

    def __init__(self, root: str, work: Path, *, group: str = "") -> None:
        self._root = root
        self.work = work
        self._group = group

    @property
    def root(self) -> "UPath":
        from upath import UPath

        return UPath(self._root)

    def path(self, table: EntityTable) -> "UPath":
        return self.root / f"{table.name}.parquet"

    def handle(self, table: EntityTable) -> TableHandle | None:
        """None before the table was first written."""
        path = self.path(table)
        return TableHandle(table, path, self.work / "cache") if path.exists() else None

    def handle_of(self, name: str) -> TableHandle | None:
        """As `handle`, by the table's name. Raises KeyError for a name there is no table of."""
        return self.handle(self.table_of(name))

    def needed(self, name: str) -> TableHandle:
        """As `handle_of`. Raises Misconfigured for a table that is not there yet."""
        handle = self.handle_of(name)
        if handle is None:
            raise Misconfigured(f"not read yet: {name}", code=SetupCode.UNREAD_TABLE, value=name)
        return handle

    def table_of(self, name: str) -> EntityTable:
        """Read or worked out. Raises KeyError for a name there is no table of."""
        return (TABLES | DERIVED | RECONCILED)[name]

    def is_outdated(self, table: EntityTable) -> bool:
        """Whether an older release wrote it, with other columns: only a whole reading makes it good."""
        handle = self.handle(table)
        if handle is None:
            return False
        with engine(self.work) as connection:
            return not handle.is_current(connection)

    def delta(self, table: EntityTable, **options: Any) -> Delta:
        """See `Delta`: empty, to be filled with what is read."""
        reading = self.work / "reading"
        for left in reading.iterdir() if reading.is_dir() else ():
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        return Delta(table, reading, **options)

    def vanished(self, delta: Delta, limit: int) -> list[str]:
        """Up to `limit` keys in the table that this delta, by what it says it knows all about, makes vanish."""
        with self._merging(delta) as (connection, old):
            if old is None:
                return []
            rows = connection.execute(f"SELECT {delta.table.sql_key} FROM lost LIMIT {limit}").fetchall()
            return [str(row[0]) for row in rows]

    def publish(self, delta: Delta) -> Published:
        """The table without what the delta replaces, with what the delta has. A reader sees the old table or the new
        one. Twice is harmless: what is merged again changes nothing, and where nothing changes nothing is written."""
        self.work.mkdir(parents=True, exist_ok=True)
        with FileLock(self.work / f"{delta.table.view}.lock"), self._merging(delta) as (connection, old):
            published = self._compared(connection, delta, had_table=old is not None)
            if old is None or published.differs:
                new = delta.folder / "merged.parquet"
                self._copy(connection, "SELECT * FROM kept UNION ALL SELECT * FROM delta", new, published)
                self._put(new, self.path(delta.table))
        return published

    def replace(self, connection: "DuckDBPyConnection", table: EntityTable, query: str) -> Published:
        """The table as `query` has it of what `connection` knows. Where nothing changed nothing is written."""
        self.work.mkdir(parents=True, exist_ok=True)
        connection.execute(f"CREATE OR REPLACE TABLE fresh AS SELECT {table.sql_typed} FROM ({query})")
        with FileLock(self.work / f"{table.view}.lock"):
            old = self.handle(table)
            if old is not None and old.is_current(connection):
                old.relation(connection).create_view("replaced", replace=True)
            else:
                connection.execute("CREATE OR REPLACE VIEW replaced AS FROM fresh WHERE false")
            published = _differences(connection, table)
            if old is None or published.differs:
                new = self.work / f"{table.view}.parquet"
                self._copy(connection, "FROM fresh", new, published)
                self._put(new, self.path(table))
                new.unlink()
        return published

    @contextmanager
    def _merging(self, delta: Delta) -> Iterator[tuple["DuckDBPyConnection", TableHandle | None]]:
        """With the views `delta`, `old`, `kept` (of the old rows) and `lost` (those neither kept nor read again)."""
        table, old = delta.table, self.handle(delta.table)
        with engine(delta.folder) as connection:
            delta.register(connection)
            if old is not None and not old.is_current(connection):
                old = None  # its rows lack what newer columns say; such a table is read whole
            if old is None:
                connection.execute("CREATE VIEW old AS SELECT * FROM delta WHERE false")
            else:
                file = quoted(old.local())
                connection.execute(f"CREATE VIEW old AS SELECT {table.sql_columns} FROM read_parquet({file})")
            again = " AND ".join(f'old."{key}" = delta."{key}"' for key in table.key)
            replaced = delta.replaced()
            if table.parent is not None and (parent := self.handle_of(table.parent)) is not None:
                parent.relation(connection).create_view("parent")
                (key,) = parent.table.key
                replaced += f' OR "{table.scope}" NOT IN (SELECT "{key}" FROM parent)'
            connection.execute(
                f"CREATE VIEW kept AS SELECT * FROM (FROM old WHERE NOT coalesce({replaced}, false)) AS old"
                f" ANTI JOIN delta ON {again}"
            )
            connection.execute(
                f"CREATE VIEW lost AS SELECT * FROM (FROM old WHERE coalesce({replaced}, false)) AS old"
                f" ANTI JOIN delta ON {again}"
            )
            yield connection, old

    def _compared(self, connection: "DuckDBPyConnection", delta: Delta, *, had_table: bool) -> Published:
        def count(source: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0])

        arrived, contradictions = count("latest"), _contradictions(connection, delta.table)
        if not had_table:
            return Published(arrived, 0, arrived, 0, 0, contradictions)
        before, kept, lost = count("old"), count("kept"), count("lost")
        again = before - kept - lost
        same = count("(FROM delta INTERSECT FROM old)")
        return Published(kept + arrived, before, arrived - again, again - same, lost, contradictions)

    def _copy(self, connection: "DuckDBPyConnection", query: str, target: Path, published: Published) -> None:
        facts = quoted(json.dumps(asdict(published)))
        connection.execute(
            f"COPY ({query}) TO {quoted(target)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480, KV_METADATA {{{FACTS}: {facts}}})"
        )

    def _put(self, new: Path, path: "UPath") -> None:
        """By rename where that is possible, else under another name first: never a half-written table. Raises
        Misconfigured where the group cannot be let in."""
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving = path.with_name(path.name + ".arriving")
        path.fs.put_file(str(new), arriving.path)
        if path.protocol in ("", "file"):
            if self._group:
                let_in(
                    self._group, folders=(Path(self._root), Path(path.parent.path)), file=Path(arriving.path)
                )
            Path(arriving.path).replace(path.path)
        else:
            path.fs.mv(arriving.path, path.path)


def _differences(connection: "DuckDBPyConnection", table: EntityTable) -> Published:
    """How the rows of `fresh` differ from those they replace."""

    def count(source: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0])

    rows, before = count("fresh"), count("replaced")
    again = count(f"fresh SEMI JOIN replaced USING ({table.sql_key})")
    same = count("(FROM fresh INTERSECT FROM replaced)")
    return Published(rows, before, rows - again, again - same, before - again, 0)


def _contradictions(connection: "DuckDBPyConnection", table: EntityTable) -> int:
    """How many keys a system gave twice, as two different records."""
    (repeated,) = connection.execute("SELECT count(*) FROM latest WHERE times > 1").fetchall()[0]
    if not repeated:
        return 0
    same_moment = f'{table.sql_key}, "{table.changed}"' if table.changed else table.sql_key
    key = table.sql_key
    often = f"SELECT {key} FROM arrived GROUP BY {key} HAVING count(*) > 1"
    distinct = f"SELECT DISTINCT {table.sql_columns} FROM arrived WHERE ({key}) IN ({often})"
    groups = f"SELECT 1 FROM ({distinct}) GROUP BY {same_moment} HAVING count(*) > 1"
    return int(connection.execute(f"SELECT count(*) FROM ({groups})").fetchall()[0][0])
