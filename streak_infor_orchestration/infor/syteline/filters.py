"""The filters of a load: T-SQL-like, quotes doubled, without functions or sub-queries (Infor API contract C.3)."""

from collections.abc import Iterable
from datetime import datetime

from streak_infor_orchestration.infor.syteline.internal import moment


def quoted(value: str) -> str:
    return "N'" + value.replace("'", "''") + "'"


def equal(name: str, value: str) -> str:
    return f"{name} = {quoted(value)}"


def one_of(name: str, values: Iterable[str]) -> str:
    listed = ", ".join(quoted(value) for value in dict.fromkeys(values))
    return f"{name} IN ({listed})"


def not_empty(name: str) -> str:
    return f"{name} <> N''"


def at_least(name: str, value: datetime) -> str:
    return f"{name} >= '{moment(value)}'"


def both(*conditions: str) -> str:
    """All of those that say something."""
    return " AND ".join(condition for condition in conditions if condition)


def either(*conditions: str) -> str:
    return "(" + " OR ".join(conditions) + ")" if len(conditions) > 1 else conditions[0]
