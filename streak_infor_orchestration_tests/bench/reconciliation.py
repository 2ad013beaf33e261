"""How fast two large sides are reconciled beside a bare DuckDB join of the same files, in how much memory, and whether
what was planted is found and nothing else."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from streak_infor_orchestration_tests.bench.row import Row
from streak_infor_orchestration_tests.bench.sides import __name__ as sides
from streak_infor_orchestration_tests.bench.sides import generate, planted

RECORDS = 1_000_000
BUDGET_MB = 500
BAR = 0.5


def rows(records: int = RECORDS, rounds: int = 2) -> list[Row]:
    """CPU seconds of the best round, so that other work on the machine does not count."""
    with TemporaryDirectory() as folder:
        generate(Path(folder), records)
        measured = {
            what: [_measured(what, folder) for _ in range(rounds)] for what in ("reconcile", "bare", "roomy")
        }
    ours, bare, roomy = (min(one["cpu_seconds"] for one in measured[what]) for what in measured)
    found, wanted = measured["reconcile"][0]["found"], planted(records)
    missed = sum(max(0, count - found.get(kind, 0)) for kind, count in wanted.items())
    false = sum(max(0, count - wanted.get(kind, 0)) for kind, count in found.items())
    pair = f"{records:,} × {records:,}"
    return [
        Row(f"reconciling {pair}, CPU s", ours),
        Row("a bare DuckDB join of them, CPU s", bare),
        Row("the same with 2 GB of memory, CPU s", roomy),
        Row("reconciling, of the bare join's speed", bare / ours, at_least=BAR),
        Row("reconciling, of the speed of the one with 2 GB", roomy / ours, at_least=BAR),
        Row(f"reconciling {pair}, MB at most", max(_peaks(measured["reconcile"])), at_most=BUDGET_MB),
        Row(f"planted differences ({sum(wanted.values()):,}) that were missed", missed, at_most=0),
        Row("differences that nobody planted", false, at_most=0),
    ]


def _measured(what: str, folder: str) -> dict[str, Any]:
    done = subprocess.check_output([sys.executable, "-m", sides, what, folder])
    return dict(json.loads(done))


def _peaks(measured: list[dict[str, Any]]) -> list[float]:
    return [one["peak_mb"] for one in measured]
