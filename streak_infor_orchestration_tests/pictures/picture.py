"""The picture: phases from left to right, rooms from the top of the house down, and who called whom."""

from dataclasses import dataclass
from pathlib import Path

from streak_infor_orchestration.pages import page
from streak_infor_orchestration_tests.pictures.way import ROOMS, SYSTEMS, Visited

PICTURE = Path(__file__).parents[2] / "docs" / "deal.svg"

LEFT, TOP = 150, 60
COLUMN, ROW = 118, 56
WIDTH, HEIGHT = 74, 30


DOES = {
    "sync/deals": "decides",
    "sync/customers": "decides",
    "sync/watch": "looks again",
    "sync/effects": "writes once",
    "sync/ports": "remembers",
    "mapping": "computes",
    "ledger": "keeps",
}


@dataclass(frozen=True)
class Box:
    """A room in a phase. `x`, `y`: its middle, `says`: what is done there to a system."""

    x: int
    y: int
    says: str
    kind: str


@dataclass(frozen=True)
class Curve:
    """From a room down to one that it called, beside the boxes: the further down, the further out."""

    x: int
    above: int
    below: int

    @property
    def bend(self) -> int:
        return self.x + 4 + (self.below - self.above) // 12


def picture(visited: list[Visited]) -> str:
    columns = {one.phase: LEFT + COLUMN * position + COLUMN // 2 for position, one in enumerate(visited)}
    rows = {room: TOP + ROW * position + ROW // 2 for position, room in enumerate(ROOMS)}
    boxes = [Box(columns[one.phase], rows[room], *_look(one, room)) for one in visited for room in one.rooms]
    curves = [
        Curve(columns[one.phase] + WIDTH // 2, rows[caller], rows[entered])
        for one in visited
        for caller, entered in one.calls
    ]
    size = {"width": LEFT + COLUMN * len(visited), "height": TOP + ROW * len(ROOMS) + 40}
    drawn = page(
        Path(__file__).with_name("deal.svg"),
        columns=columns,
        rows=rows,
        boxes=boxes,
        curves=curves,
        half=(WIDTH // 2, HEIGHT // 2),
        row=ROW,
        **size,
    )
    return drawn + "\n"


def _look(one: Visited, room: str) -> tuple[str, str]:
    if room not in SYSTEMS:
        return DOES[room], "ledger" if room == "ledger" else "room"
    written = ("sync/effects", room) in one.calls
    return ("written to" if written else "asked"), "system"
