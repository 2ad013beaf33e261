"""What only some work needs is not loaded with our definitions. What the rest costs, `make bench` holds."""

import subprocess
import sys

from streak_infor_orchestration.stack.dagster_services import CodeLocation
from streak_infor_orchestration_tests.bench.imports import cost

_WARMED = """
import sys
from importlib import import_module
module, _, function = sys.argv[1].partition(":")
getattr(import_module(module), function)()
before = set(sys.modules)
from streak_infor_orchestration.sync.row.rows import ROWS
print([name for row in ROWS for name in (row.home, "streak_infor_orchestration.wiring") if name not in before])
"""


def test_loading_our_definitions_loads_nothing_heavy() -> None:
    assert cost().heavy == []


def test_a_child_of_a_warm_worker_has_nothing_left_to_load() -> None:
    warmed_by = CodeLocation().warmed_by
    assert subprocess.check_output([sys.executable, "-c", _WARMED, warmed_by], text=True).strip() == "[]"
