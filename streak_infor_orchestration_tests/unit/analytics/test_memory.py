"""A million boxes do not need memory for a million."""

import json
import subprocess
import sys

BUDGET_MB = 256
ROWS = 100_000


def test_reading_and_merging_stays_within_its_budget_of_memory() -> None:
    """As dictionaries alone so many boxes take more. What 300,000 and a million take stands in docs/decisions.md."""
    argv = [sys.executable, "-m", "streak_infor_orchestration_tests.unit.analytics.growth", str(ROWS)]
    measured = json.loads(subprocess.check_output(argv))
    print(measured)
    assert measured["grown_mb"] <= BUDGET_MB
