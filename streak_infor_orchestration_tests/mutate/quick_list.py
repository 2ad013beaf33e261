"""What `make quick` notices by itself: of what was measured only its tests, as pytest lists them."""

import os
import subprocess
import sys
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from streak_infor_orchestration_tests.mutate.map import TESTS, Map


def quick_tests(root: Path) -> frozenset[str]:
    """Raises CalledProcessError where they cannot be collected."""
    command = [sys.executable, "-m", f"{TESTS}.suite.quick", "--collect-only"]
    # with which pytest may list them in another way
    plain = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    listed = subprocess.run(command, cwd=root, env=plain, capture_output=True, text=True, check=True).stdout
    return frozenset(line for line in listed.splitlines() if "::" in line)


def only(map_: Map, tests: Set[str]) -> Map:
    """As if there were no others: what none of these runs is noticed by none."""
    return replace(
        map_,
        seconds={test: seconds for test, seconds in map_.seconds.items() if test in tests},
        ran={
            path: {line: kept for line, of in lines.items() if (kept := of & tests)}
            for path, lines in map_.ran.items()
        },
    )
