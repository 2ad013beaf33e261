"""What a table is: typed columns, a key, and the instant its records were last changed at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from streak_infor_orchestration.domain.errors import Rejected
from streak_infor_orchestration.domain.problems.setup import SetupCode

AMOUNT = "DECIMAL(18,6)"
"""Money and quantities: twelve digits before the point and six after it, which is all that the ERPs' APIs can say."""

RATE = "DECIMAL(38,18)"
"""An exchange rate: one that is quoted the other way round has as many digits as it was worked out to."""

LINES = (
    f"STRUCT(number INTEGER, sku VARCHAR, quantity {AMOUNT}, price {AMOUNT}, discount {AMOUNT}, tax {AMOUNT}, "
    f"total {AMOUNT}, delivered {AMOUNT}, invoiced {AMOUNT}, description VARCHAR, gl_account VARCHAR)[]"
)
_LINE_AMOUNTS = ("quantity", "price", "discount", "tax", "total", "delivered", "invoiced")
ADDRESS = (
    "STRUCT(line1 VARCHAR, line2 VARCHAR, city VARCHAR, region VARCHAR, postal_code VARCHAR, country VARCHAR)"
)
_TYPES = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "named": "MAP(VARCHAR, VARCHAR)",
    "flag": "BOOLEAN",
    "whole": "BIGINT",
    "amount": AMOUNT,
    "rate": RATE,
    "day": "DATE",
    "instant": "TIMESTAMP WITH TIME ZONE",
    "lines": LINES,
    "rates": f'STRUCT(base VARCHAR, quote VARCHAR, "day" DATE, rate {RATE})[]',
    "address": ADDRESS,
}
_EXACT = {
    "amount": (
        re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6}0*)?"),
        "twelve digits before the point or six after it",
    ),
    "rate": (re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,18}0*)?"), "twenty digits before the point or 18 after it"),
}


@dataclass(frozen=True)
class Column:
    """`type` is one of our words above; `sql` is DuckDB's."""

    name: str
    type: str
    description: str

    @property
    def sql(self) -> str:
        return _TYPES[self.type]

    @property
    def is_impersonal(self) -> bool:
        """Not what somebody typed: a number, a day, another record's key, or a word of the system's own."""
        return (
            self.type in ("flag", "whole", "amount", "rate", "day", "instant")
            or self.name in ("status", "payment_status", "currency", "kind", "type")
            or self.refers
        )

    @property
    def refers(self) -> bool:
        """To another record, by its key. A tax number is no key: it may be a person's."""
        return self.name.endswith(("_key", "_id")) and self.name != "tax_id"


@dataclass(frozen=True)
class EntityTable:
    """`name` is also its path and asset key: `infor/invoices`. `key` columns are unique together. `changed`: the column
    with the instant of the record's last change; None where the system does not say. `scope`: the column by whose
    values parts of the table are read at once;
    `parent`: the table whose only key column these values are. `windows`: a stretch of time of the last changes can be
    read alone. `refers_to`: the tables whose records this one's name by their keys; they are read before it."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    changed: str | None = None
    scope: str | None = None
    parent: str | None = None
    windows: bool = False
    refers_to: tuple[str, ...] = ()

    @property
    def view(self) -> str:
        """The name under which SQL finds it: `infor.invoices`."""
        return self.name.replace("/", ".")

    @property
    def impersonal(self) -> tuple[Column, ...]:
        """Those that never hold what people are called, or how they are reached."""
        return tuple(column for column in self.columns if self.has_key(column) or column.is_impersonal)

    def has_key(self, column: Column) -> bool:
        """Whether the column has a record's key: this one's or another's."""
        return column.name in self.key or column.refers

    @property
    def sql_columns(self) -> str:
        return ", ".join(f'"{column.name}"' for column in self.columns)

    @property
    def sql_typed(self) -> str:
        """The columns, each made what it should be; what cannot be is empty."""
        return ", ".join(
            f'TRY_CAST("{column.name}" AS {column.sql}) AS "{column.name}"' for column in self.columns
        )

    @property
    def sql_key(self) -> str:
        return ", ".join(f'"{name}"' for name in self.key)

    def check(self, row: dict[str, Any]) -> None:
        """Raises Rejected for a row with other columns, or an amount that would not be kept to the last digit."""
        if row.keys() != {column.name for column in self.columns}:
            odd = ", ".join(sorted(row.keys() ^ {column.name for column in self.columns}))
            raise Rejected(
                f"{self.name}: a row differs from its table in {odd}", code=SetupCode.OTHER_COLUMNS
            )
        for name, kind, holder, key in self.numbers(row):
            self._exact(name, kind, holder[key])

    def numbers(self, row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], str]]:
        """Its amounts and rates, those of lines too: what each is called, its type, and what holds it by which name."""
        for column in self.columns:
            value = row[column.name]
            if column.type in _EXACT and value is not None:
                yield column.name, column.type, row, column.name
            elif column.type == "lines":
                for line in value:
                    for part in _LINE_AMOUNTS:
                        if line.get(part) is not None:
                            yield f"{column.name}.{part}", "amount", line, part

    def _exact(self, column: str, kind: str, value: object) -> None:
        pattern, most = _EXACT[kind]
        if not (isinstance(value, str) and pattern.fullmatch(value)):
            raise Rejected(
                f"{self.name}: the {kind} in {column} has more than {most}",
                code=SetupCode.NOT_EXACT,
                field=column,
            )


@dataclass(frozen=True)
class Window:
    """Records last changed at or after `start` and before `end`."""

    start: datetime
    end: datetime


def table(
    name: str,
    description: str,
    columns: str,
    *,
    key: str = "id",
    changed: str | None = None,
    scope: str | None = None,
    parent: str | None = None,
    windows: bool = False,
    refers_to: str = "",
) -> EntityTable:
    """`columns`: one a line, `name type description`. `refers_to`: names, separated by blanks."""
    parsed = [Column(*line.split(maxsplit=2)) for line in columns.splitlines() if line.strip()]
    return EntityTable(
        name,
        description,
        tuple(parsed),
        key=tuple(key.split()),
        changed=changed,
        scope=scope,
        parent=parent,
        windows=windows,
        refers_to=tuple(refers_to.split()),
    )
