"""How a caller wants its answer: lower-case options beside the upper-case fields. Contract, B.1 and B.2."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from streak_infor_orchestration.twins.m3.dates import DATE_FORMATS
from streak_infor_orchestration.twins.m3.sent import Note

DEFAULT_MAXRECS = 100

SILENT = frozenset({"format", "lanc", "locale", "timeZone", "metadata", "_rid"})
"""Taken, and of no effect here."""


@dataclass(frozen=True)
class Options:
    """``maxrecs`` 0: all. ``columns``: those that are answered, none: all."""

    cono: str = ""
    divi: str = ""
    maxrecs: int = DEFAULT_MAXRECS
    dateformat: str = "YMD8"
    excludeempty: bool = False
    righttrim: bool = True
    extendedresult: bool = False
    columns: tuple[str, ...] = ()
    has_maxrecs: bool = False

    def changed(self, given: Iterable[tuple[str, str]], note: Note) -> "Options":
        """With options as they stand in a query, or behind the path. What is none is noted and ignored."""
        options = self
        for name, value in given:
            options = _one(options, name, value, note)
        return options


def _one(options: Options, name: str, value: str, note: Note) -> Options:
    match name:
        case "cono" | "divi":
            return replace(options, **{name: value})  # type: ignore[arg-type]
        case "maxrecs" if value.isdigit():
            return replace(options, maxrecs=int(value), has_maxrecs=True)
        case "dateformat" if value in DATE_FORMATS:
            return replace(options, dateformat=value)
        case "excludeempty" | "excludempty" if value in _BOOLEANS:
            return replace(options, excludeempty=_BOOLEANS[value])
        case "righttrim" | "extendedresult" if value in _BOOLEANS:
            return replace(options, **{name: _BOOLEANS[value]})  # type: ignore[arg-type]
        case "returncols":
            return replace(options, columns=tuple(value.split(",")))
        case _ if name not in SILENT:
            note("unknown_option", f"{name}={value}")
    return options


_BOOLEANS: Mapping[str, bool] = {"true": True, "false": False}
