"""Rows as they come, kept on disk typed: however many there are, only a portion is in memory."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from streak_infor_orchestration.analytics.engine import engine, quoted

PORTION = 20_000


class RowsOnDisk:
    """`columns`: DuckDB's type of each, by name. A row says every one of them; amounts, dates and instants as text."""

    def __init__(self, folder: Path, columns: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._types = ", ".join(f"{quoted(name)}: {quoted(sql)}" for name, sql in columns.items())
        self._lines = folder / "rows.ndjson"
        self._waiting = 0
        self._parts = 0

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        with self._lines.open("a", encoding="utf-8") as file:
            for row in rows:
                self._waiting += 1
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        if self._waiting >= PORTION:
            self._pack()

    def source(self) -> str:
        """All of them, as what stands behind FROM."""
        if self._waiting or not self._parts:
            self._lines.touch()
            self._pack()
        # each by its name: in a pattern the folder's own name would be one too
        parts = ", ".join(quoted(self._part(number)) for number in range(self._parts))
        return f"read_parquet([{parts}])"

    def _part(self, number: int) -> Path:
        return self._folder / f"part-{number:06d}.parquet"

    def _pack(self) -> None:
        """The lines so far become a Parquet file."""
        source = f"read_json({quoted(self._lines)}, format='newline_delimited', columns={{{self._types}}})"
        with engine(self._folder) as connection:
            connection.execute(
                f"COPY (SELECT * FROM {source}) TO {quoted(self._part(self._parts))} (FORMAT parquet)"
            )
        self._lines.unlink()
        self._parts += 1
        self._waiting = 0
