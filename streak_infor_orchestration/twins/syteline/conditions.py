"""What a filter demands of a row, in SQL's logic of three values: true, false, and None for unknown."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

Value = Callable[[str], Any]
"""A property's name to the row's value in its sortable form; None where there is none."""

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Condition(Protocol):
    def holds(self, value: Value) -> bool | None: ...

    def wanted(self) -> dict[str, list[Any]]:
        """Values one of which a property must have for the condition to hold: what an index can look up."""
        ...


@dataclass(frozen=True)
class Compare:
    name: str
    sign: str
    literal: Any

    def holds(self, value: Value) -> bool | None:
        found = value(self.name)
        return None if found is None else OPERATORS[self.sign](found, self.literal)

    def wanted(self) -> dict[str, list[Any]]:
        return {self.name: [self.literal]} if self.sign == "=" else {}


@dataclass(frozen=True)
class OneOf:
    name: str
    literals: tuple[Any, ...]

    def holds(self, value: Value) -> bool | None:
        found = value(self.name)
        return None if found is None else found in self.literals

    def wanted(self) -> dict[str, list[Any]]:
        return {self.name: list(self.literals)}


@dataclass(frozen=True)
class Like:
    name: str
    pattern: str

    def holds(self, value: Value) -> bool | None:
        found = value(self.name)
        return None if found is None else bool(re.fullmatch(_expression(self.pattern), str(found), re.DOTALL))

    def wanted(self) -> dict[str, list[Any]]:
        return {}


@dataclass(frozen=True)
class IsNull:
    name: str

    def holds(self, value: Value) -> bool | None:
        return value(self.name) is None

    def wanted(self) -> dict[str, list[Any]]:
        return {}


@dataclass(frozen=True)
class Not:
    of: Condition

    def holds(self, value: Value) -> bool | None:
        found = self.of.holds(value)
        return None if found is None else not found

    def wanted(self) -> dict[str, list[Any]]:
        return {}


@dataclass(frozen=True)
class Every:
    of: tuple[Condition, ...]

    def holds(self, value: Value) -> bool | None:
        found = [condition.holds(value) for condition in self.of]
        return False if False in found else None if None in found else True

    def wanted(self) -> dict[str, list[Any]]:
        return {name: values for condition in self.of for name, values in condition.wanted().items()}


@dataclass(frozen=True)
class AnyOf:
    of: tuple[Condition, ...]

    def holds(self, value: Value) -> bool | None:
        found = [condition.holds(value) for condition in self.of]
        return True if True in found else None if None in found else False

    def wanted(self) -> dict[str, list[Any]]:
        return {}


def _expression(pattern: str) -> str:
    """LIKE's ``%``, ``_`` and ``[abc]``."""
    parts = re.findall(r"\[[^\]]+\]|.", pattern.casefold(), re.DOTALL)
    signs = {"%": ".*", "_": "."}
    return "".join(part if len(part) > 1 else signs.get(part, re.escape(part)) for part in parts)
