"""The two sides of what is reconciled, and whether a pair of them agrees.

A side is a row per record: who it is, whom it belongs to, and what is compared, as canonical texts in one order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from streak_infor_orchestration.analytics.rows_on_disk import RowsOnDisk
from streak_infor_orchestration.domain.drift import DriftKind


@dataclass(frozen=True, slots=True)
class InStreak:
    """`partner`: the ERP's key it is linked to, "" for none; `reference`: that its partner bears. Not `present`: there
    is only the link. `wanted`: it ought to have a partner. `moved`: it changed since both sides were seen last.
    A value of None expects nothing of the other side."""

    key: str
    partner: str = ""
    reference: str = ""
    present: bool = True
    wanted: bool = False
    moved: bool = False
    values: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class InErp:
    """`reference`: one of ours that it bears, or "". `over`: nothing more is expected of it; `live`: it counts, which
    one that was cancelled does not. A value of None says nothing."""

    key: str
    reference: str = ""
    over: bool = False
    live: bool = True
    values: tuple[str | None, ...] = ()


class Suspect(NamedTuple):
    """Keys of either side, "" where there is none. `kind` None: some value differs."""

    streak_key: str
    erp_key: str
    kind: DriftKind | None = None


def judged(streak: InStreak | None, infor: InErp | None) -> DriftKind | None:
    """What is wrong with a pair besides its values: either is linked to the other, or bears its reference."""
    if streak is None or not streak.present:
        if infor is None:
            return DriftKind.ORPHAN_LINK if streak is not None else None
        theirs = streak is not None or infor.reference
        return DriftKind.MISSING_IN_STREAK if theirs and not infor.over else None
    if infor is None:
        return DriftKind.MISSING_IN_ERP if streak.partner or streak.wanted else None
    if streak.partner == infor.key:
        return None
    if not infor.live or infor.reference != streak.reference:
        return None
    return DriftKind.DUPLICATE if streak.partner else DriftKind.UNLINKED


def differing(streak: InStreak, infor: InErp) -> Iterator[int]:
    """The places of the values on which a linked pair disagrees."""
    for place, (ours, theirs) in enumerate(zip(streak.values, infor.values, strict=True)):
        if ours is not None and theirs is not None and ours != theirs:
            yield place


class SideTable:
    """One side on disk. `width`: how many values each row has."""

    def __init__(self, folder: Path, flags: tuple[str, ...], texts: tuple[str, ...], width: int) -> None:
        self._values = [f"v{place}" for place in range(width)]
        columns = dict.fromkeys(("key", *texts, *self._values), "VARCHAR") | dict.fromkeys(flags, "BOOLEAN")
        self._named = (*flags, *texts)
        self._rows = RowsOnDisk(folder, columns)

    def add(self, records: Iterable[InStreak | InErp]) -> None:
        self._rows.add(map(self._row, records))

    def source(self) -> str:
        return self._rows.source()

    def _row(self, record: InStreak | InErp) -> dict[str, Any]:
        named = {name: getattr(record, name) for name in self._named}
        return {"key": record.key, **named, **dict(zip(self._values, record.values, strict=True))}


def streak_side(folder: Path, width: int) -> SideTable:
    return SideTable(folder / "streak", ("present", "wanted", "moved"), ("partner", "reference"), width)


def infor_side(folder: Path, width: int) -> SideTable:
    return SideTable(folder / "infor", ("over", "live"), ("reference",), width)
