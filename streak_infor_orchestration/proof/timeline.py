"""A round as a picture: disturbances in lanes above the deals asked for and the orders and invoices that came.

Here is where everything stands, in pixels from the upper left; `report.html` draws it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from streak_infor_orchestration.proof.diary import Result

WIDTH, LEFT, RIGHT = 1180, 90, 20
LANE, CHART = 26, 190
LANES = {"kill": "#c62828", "stop": "#ef6c00", "fault": "#6a1b9a", "webhook": "#00838f", "people": "#4e342e"}
LINES = (("asked for", "#9e9e9e"), ("orders", "#1565c0"), ("invoices", "#2e7d32"))
CHART_TOP = LANE * len(LANES) + 15


@dataclass(frozen=True)
class Happening:
    """Something that happened; `tells` is shown on hover."""

    x: float
    tells: str


@dataclass(frozen=True)
class LaneOfMarks:
    name: str
    colour: str
    y: float
    marks: tuple[Happening, ...]


@dataclass(frozen=True)
class Growth:
    """How a number grew: its points, and where its name stands."""

    name: str
    colour: str
    y: int
    points: tuple[tuple[float, float], ...]


class Timeline:
    """`quiet`: where the storm ends, which has one ground, and the way to rest begins, which has another."""

    width, left, right = WIDTH, LEFT, WIDTH - RIGHT
    height = LANE * len(LANES) + CHART + 50
    chart_top = CHART_TOP

    def __init__(self, result: Result) -> None:
        self._events, self._samples = result.events, result.samples
        self._end = max([1.0, *(at for at, _, _ in self._events), *(sample[0] for sample in self._samples)])
        self.most = max([1, *(max(sample[1:]) for sample in self._samples)])
        quiet = (at for at, lane, what in self._events if (lane, what) == ("act", "quiet"))
        self.quiet = self._x(next(quiet, self._end))

    @property
    def acts(self) -> tuple[Happening, ...]:
        return self._marks("act")

    @property
    def lanes(self) -> tuple[LaneOfMarks, ...]:
        return tuple(
            LaneOfMarks(name, colour, row * LANE + LANE / 2 + 4, self._marks(name))
            for row, (name, colour) in enumerate(LANES.items())
        )

    @property
    def growths(self) -> tuple[Growth, ...]:
        return tuple(
            Growth(
                name,
                colour,
                CHART_TOP + 12 + row * 15,
                tuple(
                    (self._x(sample[0]), round(CHART_TOP + CHART * (1 - sample[row + 1] / self.most), 1))
                    for sample in self._samples
                ),
            )
            for row, (name, colour) in enumerate(LINES)
        )

    @property
    def ticks(self) -> Iterator[tuple[float, str]]:
        """Where on the axis, and how many seconds that is: fifteen at the most."""
        step = next(s for s in (5, 10, 30, 60, 120, 300, 600, 1800, 1e9) if self._end / s <= 15)
        at = 0.0
        while at <= self._end:
            yield self._x(at), f"{at:.0f} s"
            at += step

    def _marks(self, lane: str) -> tuple[Happening, ...]:
        return tuple(
            Happening(self._x(at), f"{at:.1f} s: {what}") for at, named, what in self._events if named == lane
        )

    def _x(self, at: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * at / self._end, 1)
