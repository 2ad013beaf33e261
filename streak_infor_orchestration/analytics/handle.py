"""A table as it is handed around: where it is, never its rows."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.shown import visible

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection, DuckDBPyRelation
    from upath import UPath

FACTS = "streak_infor"
LONGEST = 60
"""Characters of a word that is shown."""


@dataclass(frozen=True)
class TableHandle:
    """`path` may be anywhere fsspec reaches; what is elsewhere is fetched into `cache` to be read."""

    table: EntityTable
    path: "UPath"
    cache: Path

    def local(self) -> Path:
        """A file on this machine with the table as it is now."""
        if self.path.protocol in ("", "file"):
            return Path(self.path.path)
        stat = self.path.stat()
        mark = f"{stat.st_mtime}-{stat.st_size}"
        target = self.cache / f"{self.table.view}-{mark}.parquet"
        if not target.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            self.path.fs.get_file(self.path.path, str(target))
            for older in self.cache.glob(f"{self.table.view}-*.parquet"):
                if older != target:
                    older.unlink(missing_ok=True)
        return target

    def is_current(self, connection: "DuckDBPyConnection") -> bool:
        """Whether the file has this release's columns: one that an older release wrote may have others."""
        there = connection.execute(f"DESCRIBE FROM read_parquet({quoted(self.local())})").fetchall()
        nothing = ", ".join(f'NULL::{column.sql} AS "{column.name}"' for column in self.table.columns)
        wanted = connection.execute(f"DESCRIBE SELECT {nothing}").fetchall()
        return [column[:2] for column in there] == [column[:2] for column in wanted]

    def relation(self, connection: "DuckDBPyConnection | None" = None) -> "DuckDBPyRelation":
        """For questions in SQL: nothing is read until one is asked. Amounts are DECIMAL."""
        import duckdb

        return duckdb.read_parquet(str(self.local()), connection=connection or duckdb.connect())

    def pandas(self, limit: int | None = None) -> "pandas.DataFrame":
        """For people who explore: all rows, or the first `limit`. Amounts are `decimal.Decimal` objects, since a
        frame's own numbers are floats and lose cents."""
        import pandas

        relation = self.relation()
        rows = (relation if limit is None else relation.limit(limit)).fetchall()
        return pandas.DataFrame.from_records(rows, columns=relation.columns, coerce_float=False)

    def facts(self, connection: "DuckDBPyConnection") -> dict[str, Any]:
        """What was written into the file beside its rows: see `Published`."""
        file = quoted(self.local())
        key = f"decode(key) = '{FACTS}'"
        found = connection.execute(f"SELECT decode(value) FROM parquet_kv_metadata({file}) WHERE {key}")
        (kept,) = found.fetchall()
        return dict(json.loads(kept[0]))

    def preview(self, rows: int = 5) -> list[dict[str, str]]:
        """The records changed last, as text; without what may be about a person. Keys are whole, so that they can be
        looked for; words of the systems are shortened."""
        by = f'"{self.table.changed}" DESC' if self.table.changed else self.table.sql_key
        with engine(self.cache) as connection:
            columns = self.table.impersonal
            shown = ", ".join(f'"{column.name}"' for column in columns)
            found = self.relation(connection).order(by).limit(rows).select(shown)
            return [
                {
                    column.name: _told(value, whole=self.table.has_key(column))
                    for column, value in zip(columns, row, strict=True)
                }
                for row in found.fetchall()
            ]


def _told(value: object, *, whole: bool) -> str:
    if isinstance(value, Decimal):
        return _figure(value)
    text = "" if value is None else visible(str(value))
    return text if whole or len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _figure(value: Decimal) -> str:
    """Without the zeros that only the column's type adds, but two digits after the point."""
    units, _, rest = plain(value).partition(".")
    return f"{units}.{rest.rstrip('0'):0<2}"
