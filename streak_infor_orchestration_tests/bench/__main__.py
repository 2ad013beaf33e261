"""`python -m streak_infor_orchestration_tests.bench [--quick] [--figures FILE]`: the budget; 1 when a bar is missed."""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from streak_infor_orchestration_tests.bench import (
    backlog,
    imports,
    memory,
    reconciliation,
    throughput,
    webhooks,
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--quick", action="store_true", help="one short round of each: to see that it runs")
    parser.add_argument("--figures", metavar="FILE", help="keep the figures here too, as JSON")
    asked = parser.parse_args()
    quick = asked.quick
    print(
        f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {_load()}",
        flush=True,
    )
    rows = [
        *webhooks.rows(seconds=1.0 if quick else 5.0, rounds=1 if quick else 3),
        *throughput.rows(deals=20 if quick else 100, rounds=1 if quick else 3),
        *backlog.rows(),
        *imports.rows(),
        *memory.rows(),
        *reconciliation.rows(records=20_000 if quick else reconciliation.RECORDS, rounds=1 if quick else 2),
    ]
    print("\n".join(str(row) for row in rows))
    print(_load())
    if asked.figures:
        Path(asked.figures).write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    return int(not all(row.met for row in rows))


def _load() -> str:
    """Other work on the machine weighs on every figure that is no ratio."""
    return f"load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted: no figure is kept", file=sys.stderr)
        sys.exit(130)
