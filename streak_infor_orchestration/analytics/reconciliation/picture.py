"""The drift of the last runs as a picture: a bar a run, taller where there was more."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

WIDTH, HEIGHT, FOOT = 480, 96, 16
MOST_RUNS = 48


class RunCount(NamedTuple):
    """How much drift a run found that began at `at`."""

    at: datetime
    found: int


def trend(runs: Sequence[RunCount]) -> str:
    """As SVG, of the last runs, the oldest first. The first, the last and the worst are said in words too."""
    shown = runs[-MOST_RUNS:]
    most = max((run.found for run in shown), default=0)
    step = WIDTH / max(len(shown), 1)
    bars = []
    for place, run in enumerate(shown):
        tall = HEIGHT * run.found / most if most else 0
        title = f"<title>{run.at:%Y-%m-%d %H:%M}: {run.found}</title>"
        bars.append(
            f'<rect x="{place * step:.1f}" y="{HEIGHT - tall:.1f}" width="{step * 0.8:.1f}" height="{tall:.1f}">'
            f"{title}</rect>"
        )
    words = "no run yet"
    if shown:
        first, last = shown[0], shown[-1]
        words = f"{first.at:%m-%d %H:%M} to {last.at:%m-%d %H:%M} UTC: {most} at most, {last.found} now"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="drift: {words}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT + FOOT}" width="{WIDTH}" height="{HEIGHT + FOOT}">'
        f'<g fill="#b3261e">{"".join(bars)}</g>'
        f'<path d="M0 {HEIGHT}H{WIDTH}" stroke="#777"/>'
        f'<text x="0" y="{HEIGHT + FOOT - 3}" font-family="sans-serif" font-size="11" fill="#555">{words}</text></svg>'
    )
