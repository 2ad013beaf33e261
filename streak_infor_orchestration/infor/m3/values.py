"""What M3 writes as text: padded values, numbers, dates (Infor API contract, B.5)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from streak_infor_orchestration.domain.money import parse_decimal

Row = Mapping[str, str]
"""A record as M3 answers it: values without the blanks they are padded with. A column that is missing is empty."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def text(row: Row, column: str) -> str:
    return row.get(column, "")


def number(row: Row, column: str) -> Decimal:
    """An empty one is zero. Raises ValueError, naming the column, for what is no number."""
    said = row.get(column, "")
    read = parse_decimal(said) if said else Decimal(0)
    if read is None:
        raise ValueError(f"{column} is no number")
    return read


def day(row: Row, column: str) -> date | None:
    """`yyyyMMdd`; "" and 0 are none. Raises ValueError for what is no date."""
    said = row.get(column, "").replace("-", "")
    return datetime.strptime(said, "%Y%m%d").date() if said.strip("0") else None  # noqa: DTZ007  # a day


def written(value: date | None) -> str:
    return "" if value is None else value.strftime("%Y%m%d")


def one_line(value: str) -> str:
    """M3's fields have no lines."""
    return " ".join(value.split())


def milliseconds(moment: datetime) -> str:
    """Since 1970, as the setting `change_stamp` may say that LMTS is."""
    return str(int((moment - _EPOCH).total_seconds() * 1000))
