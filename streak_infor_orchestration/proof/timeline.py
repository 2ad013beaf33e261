"""A round as a picture: disturbances in lanes above the deals asked for and the orders and invoices that came."""

from collections.abc import Iterator, Sequence
from html import escape

from streak_infor_orchestration.proof.diary import Event, Result, Sample

WIDTH, LEFT, RIGHT = 1180, 90, 20
LANE, CHART = 26, 190
LANES = {"kill": "#c62828", "stop": "#ef6c00", "fault": "#6a1b9a", "webhook": "#00838f", "people": "#4e342e"}
LINES = (("asked for", "#9e9e9e"), ("orders", "#1565c0"), ("invoices", "#2e7d32"))


def draw(result: Result) -> str:
    """An SVG element, self-contained; every mark tells on hover what it was."""
    end = max([1.0, *(at for at, _, _ in result.events), *(sample[0] for sample in result.samples)])
    height = LANE * len(LANES) + CHART + 50
    parts = [
        *_acts(result.events, end, height),
        *_marks(result.events, end),
        *_curves(result.samples, end),
        *_axis(end, height),
    ]
    style = 'font-family="sans-serif" font-size="11"'
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" {style}>{"".join(parts)}</svg>'


def _x(at: float, end: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * at / end, 1)


def _acts(events: Sequence[Event], end: float, height: int) -> Iterator[str]:
    quiet = next((at for at, lane, what in events if lane == "act" and what == "quiet"), end)
    left, right = _x(0, end), _x(quiet, end)
    yield f'<rect x="{left}" y="0" width="{right - left}" height="{height - 30}" fill="#fff3e0"/>'
    yield f'<rect x="{right}" y="0" width="{_x(end, end) - right}" height="{height - 30}" fill="#e8f5e9"/>'
    for at, lane, what in events:
        if lane == "act":
            yield _mark(
                f'<line x1="{_x(at, end)}" x2="{_x(at, end)}" y1="0" y2="{height - 30}" stroke="#555"',
                at,
                what,
            )


def _marks(events: Sequence[Event], end: float) -> Iterator[str]:
    for row, (lane, colour) in enumerate(LANES.items()):
        y = row * LANE + LANE / 2 + 4
        count = sum(name == lane for _, name, _ in events)
        yield f'<text x="4" y="{y + 4}">{lane} ({count})</text>'
        for at, name, what in events:
            if name == lane:
                yield _mark(f'<circle cx="{_x(at, end)}" cy="{y}" r="4" fill="{colour}"', at, what, "circle")


def _mark(start: str, at: float, what: str, element: str = "line") -> str:
    return f"{start}><title>{at:.1f} s: {escape(what)}</title></{element}>"


def _curves(samples: Sequence[Sample], end: float) -> Iterator[str]:
    top = LANE * len(LANES) + 15
    most = max([1, *(max(sample[1:]) for sample in samples)])
    for row, (name, colour) in enumerate(LINES):
        points = " ".join(
            f"{_x(sample[0], end)},{top + CHART * (1 - sample[row + 1] / most):.1f}" for sample in samples
        )
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="4" y="{top + 12 + row * 15}" fill="{colour}">{name}</text>'
    yield f'<text x="{LEFT - 6}" y="{top + 6}" text-anchor="end">{most}</text>'


def _axis(end: float, height: int) -> Iterator[str]:
    step = next(s for s in (5, 10, 30, 60, 120, 300, 600, 1800, 1e9) if end / s <= 15)
    at = 0.0
    while at <= end:
        yield f'<text x="{_x(at, end)}" y="{height - 12}" text-anchor="middle">{at:.0f} s</text>'
        at += step
