"""The tables' place: merges what was read into a new file, and puts it where the old one was."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from streak_infor_orchestration.analytics.delta import Delta
from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.handle import FACTS, TableHandle
from streak_infor_orchestration.analytics.schema import Table
from streak_infor_orchestration.analytics.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from upath import UPath


@dataclass(frozen=True)
class Published:
    """`rows` the table has now, of which `added` are new and `updated` came again, changed or not; `removed` are gone.
    `contradictions`: keys that came twice in one reading, changed at the same instant, with different content."""

    rows: int
    rows_before: int
    added: int
    updated: int
    removed: int
    contradictions: int


class Warehouse:
    """`root`: a folder, or any address fsspec understands (`s3://bucket/tables`). `work`: a local folder for what is
    under way. Writers of one table queue at a lock in `work`, so let one machine write."""

    def __init__(self, root: str, work: Path) -> None:
        self._root = root
        self._work = work

    @property
    def root(self) -> "UPath":
        from upath import UPath

        return UPath(self._root)

    def path(self, table: Table) -> "UPath":
        return self.root / f"{table.name}.parquet"

    def handle(self, table: Table) -> TableHandle | None:
        """None before the table was first written."""
        path = self.path(table)
        return TableHandle(table, path, self._work / "cache") if path.exists() else None

    def handle_of(self, name: str) -> TableHandle | None:
        """As `handle`, by the table's name. Raises KeyError for a name there is no table of."""
        return self.handle(TABLES[name])

    def delta(self, table: Table, **options: Any) -> Delta:
        """See `Delta`: empty, to be filled with what is read."""
        return Delta(table, self._work / "reading", **options)

    def vanished(self, delta: Delta, limit: int) -> list[str]:
        """Up to `limit` keys in the table that this delta, by what it says it knows all about, makes vanish."""
        with self._merging(delta) as (connection, old):
            if old is None:
                return []
            rows = connection.execute(f"SELECT {delta.table.sql_key} FROM lost LIMIT {limit}").fetchall()
            return [str(row[0]) for row in rows]

    def publish(self, delta: Delta) -> Published:
        """The table without what the delta replaces, with what the delta has. A reader sees the old table or the new
        one. Twice is harmless: what is merged again changes nothing."""
        self._work.mkdir(parents=True, exist_ok=True)
        with FileLock(self._work / f"{delta.table.view}.lock"), self._merging(delta) as (connection, old):
            new = delta.folder / "merged.parquet"
            published = self._merge(connection, delta, new, had_table=old is not None)
            self._put(new, self.path(delta.table))
        return published

    @contextmanager
    def _merging(self, delta: Delta) -> Iterator[tuple["DuckDBPyConnection", TableHandle | None]]:
        """With the views `delta`, `old`, `kept` (of the old rows) and `lost` (those neither kept nor read again)."""
        table, old = delta.table, self.handle(delta.table)
        with engine(delta.folder) as connection:
            delta.register(connection)
            if old is None:
                connection.execute("CREATE VIEW old AS SELECT * FROM delta WHERE false")
            else:
                file = quoted(old.local())
                connection.execute(f"CREATE VIEW old AS SELECT {table.sql_columns} FROM read_parquet({file})")
            again = " AND ".join(f'old."{key}" = delta."{key}"' for key in table.key)
            replaced = delta.replaced()
            connection.execute(
                f"CREATE VIEW kept AS SELECT * FROM (FROM old WHERE NOT coalesce({replaced}, false)) AS old"
                f" ANTI JOIN delta ON {again}"
            )
            connection.execute(
                f"CREATE VIEW lost AS SELECT * FROM (FROM old WHERE coalesce({replaced}, false)) AS old"
                f" ANTI JOIN delta ON {again}"
            )
            yield connection, old

    def _merge(
        self, connection: "DuckDBPyConnection", delta: Delta, new: Path, *, had_table: bool
    ) -> Published:
        def count(view: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {view}").fetchall()[0][0])

        arrived, before = count("latest"), count("old") if had_table else 0
        kept, lost = (count("kept"), count("lost")) if had_table else (0, 0)
        updated = before - kept - lost
        published = Published(
            rows=kept + arrived,
            rows_before=before,
            added=arrived - updated,
            updated=updated,
            removed=lost,
            contradictions=_contradictions(connection, delta.table),
        )
        facts = asdict(published) | {"watermark": delta.watermark.isoformat() if delta.watermark else None}
        connection.execute(
            f"COPY (SELECT * FROM kept UNION ALL SELECT * FROM delta) TO {quoted(new)} "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{FACTS}: {quoted(json.dumps(facts))}}})"
        )
        return published

    def _put(self, new: Path, path: "UPath") -> None:
        """By rename where that is possible, else under another name first: never a half-written table."""
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving = path.with_name(path.name + ".arriving")
        path.fs.put_file(str(new), arriving.path)
        if path.protocol in ("", "file"):
            Path(arriving.path).replace(path.path)
        else:
            path.fs.mv(arriving.path, path.path)


def _contradictions(connection: "DuckDBPyConnection", table: Table) -> int:
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
