"""Bars as SVG, drawn here: no script, no font, no file from elsewhere."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_LABEL, _WIDTH, _VALUE, _HEIGHT, _GAP = 190, 320, 150, 18, 6
_COLOURS = {"plain": "#4f6bd8", "good": "#2f9e62", "bad": "#d0483e", "quiet": "#9aa4b5"}


class Bar(NamedTuple):
    """`value` decides the length; `shown` stands beside it. `tone`: plain, good, bad or quiet."""

    label: str
    value: float
    shown: str
    tone: str = "plain"


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Each from zero to the right, the longest over the whole width; one below zero is hollow."""
    most = max((abs(row.value) for row in rows), default=0.0) or 1.0
    height = 30 + len(rows) * (_HEIGHT + _GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LABEL + _WIDTH + _VALUE}" height="{height}" '
        f'font-family="sans-serif" font-size="12" role="img"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<text x="8" y="18" font-weight="bold" fill="#1c2333">{escape(title)}</text>'
    ]
    for n, row in enumerate(rows):
        top = 28 + n * (_HEIGHT + _GAP)
        length = max(abs(row.value) / most * _WIDTH, 1.0)
        colour = _COLOURS[row.tone]
        fill = colour if row.value >= 0 else "none"
        parts.append(
            f'<text x="{_LABEL - 8}" y="{top + 13}" text-anchor="end" fill="#1c2333">{escape(row.label)}</text>'
            f'<rect x="{_LABEL}" y="{top}" width="{length:.1f}" height="{_HEIGHT}" rx="2" fill="{fill}" '
            f'stroke="{colour}"/>'
            f'<text x="{_LABEL + length + 8:.1f}" y="{top + 13}" fill="#1c2333">{escape(row.shown)}</text>'
        )
    return "".join([*parts, "</svg>"])
