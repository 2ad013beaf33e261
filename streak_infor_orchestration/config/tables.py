"""Tables for value lookups: in the file itself, or in a CSV file beside it."""

import csv
import io
from pathlib import Path, PurePosixPath
from typing import Any, Self

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from streak_infor_orchestration.config.faults import fault, one_of
from streak_infor_orchestration.config.source_map import Places
from streak_infor_orchestration.domain.model import Model


class Table(Model):
    """What stands for a value. Case and surrounding space of the value do not matter.

    Either `rows`, or `csv` with the names of its columns (UTF-8; commas, semicolons or tabs; the first row names the
    columns).
    """

    rows: dict[str, str] = Field(default={}, description="Value: what stands for it")
    csv: str | None = Field(default=None, description="Name of a file in the same folder or below")
    key: str = Field(default="", description="With csv: the column of the value")
    value: str = Field(default="", description="With csv: the column of what stands for it")

    _by_folded: dict[str, str] = PrivateAttr(default={})

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("csv"), str) or data.get("rows"):
            return data
        folder = info.context.folder if isinstance(info.context, Places) else None
        key, value = data.get("key"), data.get("value")
        if not isinstance(key, str) or not isinstance(value, str):
            return data
        return {**data, "rows": _rows(folder, data["csv"], key, value)}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.csv is not None and not (self.key and self.value):
            raise fault("a csv needs the names of two of its columns", fix="add key: and value:")
        if self.csv is None and (self.key or self.value):
            raise fault("key and value name columns of a csv", fix="add csv:, or write rows: {A: B}")
        if not self.rows:
            raise fault("the table is empty", fix="write rows: {A: B}, or csv: with key: and value:")
        for name, stands_for in self.rows.items():
            if self._by_folded.setdefault(_folded(name), stands_for) != stands_for:
                raise fault(f'"{name}" stands twice in the table with different values', fix="remove one")
        return self

    def find(self, value: str) -> str | None:
        return self._by_folded.get(_folded(value))


def _folded(value: str) -> str:
    return " ".join(value.casefold().split())


def _rows(folder: Path | None, name: str, key: str, value: str) -> dict[str, str]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise fault(f'"{name}" is not in the folder of this file', at=("csv",), fix="put the table there")
    if folder is None:
        raise fault("a csv is read from beside a file", at=("csv",), fix="write rows: {A: B}")
    try:
        text = (folder / path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "cannot be read"
        raise fault(f'"{name}" {reason}', at=("csv",), fix="check its name; save it as UTF-8") from None
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    columns = reader.fieldnames or []
    for at, column in (("key", key), ("value", value)):
        if column not in columns:
            raise fault(f'"{name}" has no column "{column}"', at=(at,), fix=one_of(column, columns))
    rows: dict[str, str] = {}
    for row in reader:
        known, stands_for = (row[key] or "").strip(), (row[value] or "").strip()
        if known and rows.setdefault(known, stands_for) != stands_for:
            raise fault(
                f'"{known}" stands twice in "{name}" with different values (line {reader.line_num})',
                at=("csv",),
                fix="remove one of them",
            )
    return rows
