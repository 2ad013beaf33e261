"""What was read of a system and is not in the table yet: rows on disk, page by page, never all in memory."""

import json
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.analytics.engine import quoted
from streak_infor_orchestration.analytics.rows_on_disk import RowsOnDisk
from streak_infor_orchestration.analytics.schema import EntityTable, Window

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ARRIVAL = "_arrival"


class Delta:
    """`whole`: everything there is was read, what is missing is gone. `window`: everything within it was. `scopes`:
    everything of these values of the table's scope column was. None of them: only what changed.

    `watermark`: the latest change that was read, by the clock of the system it comes from; None to leave it alone.
    Rows are numbered as they arrive; of several with one key the last counts, since it was read last.
    """

    def __init__(
        self, table: EntityTable, folder: Path, *, whole: bool = False, window: Window | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.table = table
        self.whole = whole
        self.window = window
        self.watermark: datetime | None = None
        self.rows = 0
        self.folder = Path(mkdtemp(prefix=f"{table.name.replace('/', '-')}-", dir=folder))
        columns = {column.name: column.sql for column in table.columns}
        self._rows = RowsOnDisk(self.folder, columns | {ARRIVAL: "BIGINT"})
        self._scopes = self.folder / "scopes.ndjson"
        self._scoped = False

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Amounts, dates and instants as text: they go from text to DECIMAL, never through a float.

        Raises Rejected for a row that is not one of this table."""
        self._rows.add(map(self._arrived, rows))

    def add_scopes(self, values: Iterable[str]) -> None:
        """All rows with these values in the scope column were read; there may be none."""
        self._scoped = True
        with self._scopes.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps({"value": value}) + "\n" for value in values)

    def seen(self, moment: datetime) -> None:
        """A change of this instant was read."""
        self.watermark = moment if self.watermark is None else max(self.watermark, moment)

    def register(self, connection: "DuckDBPyConnection") -> None:
        """As the views `arrived` (every row that came) and `delta` (the last of each key)."""
        connection.execute(f"CREATE VIEW arrived AS SELECT * FROM {self._rows.source()}")
        key, columns = self.table.sql_key, self.table.sql_columns
        connection.execute(
            f"CREATE TABLE latest AS SELECT max({ARRIVAL}) AS n, count(*) AS times FROM arrived GROUP BY {key}"
        )
        connection.execute(
            f"CREATE VIEW delta AS SELECT {columns} FROM arrived SEMI JOIN latest ON arrived.{ARRIVAL} = latest.n"
        )

    def replaced(self) -> str:
        """The condition for rows of the old table that this delta knows all about."""
        if self.whole:
            return "true"
        conditions = []
        if self.window is not None:
            start, end = (quoted(moment.isoformat()) for moment in (self.window.start, self.window.end))
            conditions.append(f'"{self.table.changed}" >= {start} AND "{self.table.changed}" < {end}')
        if self._scoped:
            scopes = (
                f"read_json({quoted(self._scopes)}, format='newline_delimited', columns={{value: 'VARCHAR'}})"
            )
            conditions.append(f'"{self.table.scope}" IN (SELECT value FROM {scopes})')
        return " OR ".join(f"({condition})" for condition in conditions) or "false"

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _arrived(self, row: dict[str, Any]) -> dict[str, Any]:
        self.table.check(row)
        self.rows += 1
        return {**row, ARRIVAL: self.rows}
