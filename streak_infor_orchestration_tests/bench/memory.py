"""How much memory the writing of a large table takes. As dictionaries alone so many boxes take more."""

import json
import subprocess
import sys

from streak_infor_orchestration_tests.bench.growth import __name__ as growth
from streak_infor_orchestration_tests.bench.row import Row

BUDGET_MB = 256
ROWS = 100_000
"""What 300,000 and a million take stands in docs/decisions.md."""


def rows() -> list[Row]:
    measured = json.loads(subprocess.check_output([sys.executable, "-m", growth, str(ROWS)]))
    what = f"writing {ROWS:,} boxes and merging a change of all, MB grown"
    return [Row(what, measured["grown_mb"], at_most=BUDGET_MB)]
