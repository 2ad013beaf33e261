"""One figure of the budget, its bar, and whether it is met."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Without `at_least` and `at_most` the figure is only told."""

    what: str
    figure: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool:
        enough = self.at_least is None or self.figure >= self.at_least
        return enough and (self.at_most is None or self.figure <= self.at_most)

    def __str__(self) -> str:
        bars = [
            f"{sign} {bar:g}" for sign, bar in (("≥", self.at_least), ("≤", self.at_most)) if bar is not None
        ]
        verdict = ("met" if self.met else "MISSED") if bars else ""
        return f"{self.what:62} {self.figure:10.2f}  {' '.join(bars):8} {verdict}".rstrip()
