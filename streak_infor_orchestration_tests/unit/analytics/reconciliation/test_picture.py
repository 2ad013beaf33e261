"""The trend as a picture: a bar a run, the last runs only, and the same in words."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

from streak_infor_orchestration.analytics.reconciliation.picture import MOST_RUNS, RunCount, trend

FIRST = datetime(2026, 3, 1, tzinfo=UTC)
_SVG = "{http://www.w3.org/2000/svg}"


def runs(*found: int) -> list[RunCount]:
    return [RunCount(FIRST + timedelta(hours=n), count) for n, count in enumerate(found)]


def heights(svg: str) -> list[float]:
    return [float(bar.get("height", "")) for bar in ET.fromstring(svg).iter(f"{_SVG}rect")]


def test_a_bar_is_as_tall_as_there_was_drift() -> None:
    svg = trend(runs(0, 2, 4, 1))
    assert heights(svg) == [0.0, 48.0, 96.0, 24.0]
    assert "03-01 00:00 to 03-01 03:00 UTC: 4 at most, 1 now" in svg


def test_no_run_and_no_drift_are_pictures_too() -> None:
    assert heights(trend([])) == [] and "no run yet" in trend([])
    assert heights(trend(runs(0, 0))) == [0.0, 0.0]


def test_only_the_last_runs_are_shown() -> None:
    svg = trend(runs(*range(MOST_RUNS + 5)))
    assert len(heights(svg)) == MOST_RUNS and heights(svg)[-1] == 96.0
    assert len(svg) < 10_000
