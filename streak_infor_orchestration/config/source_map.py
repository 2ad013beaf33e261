"""Where everything stands in the file."""

from dataclasses import dataclass
from pathlib import Path

from streak_infor_orchestration.config.faults import Loc


@dataclass(frozen=True)
class Places:
    """Name of the file, the line (from 1) of everything in it, and the folder it is in, where there is one."""

    name: str
    lines: dict[Loc, int]
    folder: Path | None = None

    def line_of(self, loc: Loc) -> int | None:
        """The line of `loc`, or of the nearest thing around it that the file has."""
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.lines:
                return self.lines[loc[:length]]
        return None
