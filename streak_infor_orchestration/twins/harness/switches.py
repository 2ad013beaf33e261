"""Switches kept in a dataclass and changed by JSON: each keeps the type of its default."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Switches = TypeVar("Switches", bound="DataclassInstance")


def switched(switches: Switches, members: Any) -> Switches:
    """A copy with these members. Raises ValueError naming what is no switch, or of another type."""
    if not isinstance(members, dict):
        raise ValueError("switches are a JSON object")
    names = {field.name for field in fields(switches)}
    for name, value in members.items():
        if name not in names:
            raise ValueError(f"unknown switch {name!r}; known: {sorted(names)}")
        if not _is_like(value, getattr(switches, name)):
            raise ValueError(f"{name} is like {getattr(switches, name)!r}, not {value!r}")
    return replace(switches, **members)


def _is_like(value: Any, known: Any) -> bool:
    """Whole numbers do for a number."""
    if isinstance(known, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(known)
