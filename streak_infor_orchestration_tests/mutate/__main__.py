"""`python -m streak_infor_orchestration_tests.mutate`: how many small changes the tests notice, room by room."""

import argparse
import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from random import Random
from typing import Any

from streak_infor_orchestration_tests.mutate.map import Map, measured
from streak_infor_orchestration_tests.mutate.operators import Mutant, mutants
from streak_infor_orchestration_tests.mutate.trial import Copy, End, Trial

PACKAGE = "streak_infor_orchestration"
BAR = 0.9
ROOT = Path(__file__).parents[2]
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")


def drawn(rooms: Iterable[str], per_room: int, seed: int) -> dict[str, list[Mutant]]:
    """By room, without those that are known to change nothing."""
    known = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    chosen = {}
    for room in rooms:
        place = ROOT / PACKAGE / room
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
        possible = [mutant for file in files for mutant in mutants(file, ROOT) if mutant.name not in known]
        dice = Random(f"{seed} {room}")
        chosen[room] = dice.sample(possible, min(per_room, len(possible)))
    return chosen


def all_rooms() -> list[str]:
    """Every room and every file beside them that holds behaviour of the product."""
    found = [path for path in (ROOT / PACKAGE).iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    return sorted([path.name for path in found] + ["wiring"])


def run(chosen: dict[str, list[Mutant]], map_: Map, folder: Path, jobs: int) -> dict[str, list[Trial]]:
    copies: SimpleQueue[Copy] = SimpleQueue()
    for number in range(jobs):
        copies.put(Copy(ROOT, folder / f"tree-{number}"))
    total, done = sum(map(len, chosen.values())), 0
    ended: defaultdict[str, list[Trial]] = defaultdict(list)

    def tried(mutant: Mutant) -> Trial:
        copy = copies.get()
        try:
            return copy.tried(mutant, map_)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(jobs) as pool:
        for room, mutants_ in chosen.items():
            for trial in pool.map(tried, mutants_):
                done += 1
                ended[room].append(trial)
                line = trial.mutant.lines[0]
                print(
                    f"{done}/{total} {trial.end} ({trial.tests} tests), line {line}: {trial.mutant.name}",
                    flush=True,
                )
    return ended


def told(ended: dict[str, list[Trial]]) -> dict[str, dict[str, Any]]:
    figures: dict[str, dict[str, Any]] = {}
    for room, trials in ended.items():
        unnoticed = [trial for trial in trials if trial.end is not End.NOTICED]
        noticed = len(trials) - len(unnoticed)
        figures[room] = {
            "changes": len(trials),
            "noticed": noticed,
            "share": round(noticed / max(len(trials), 1), 3),
            "unnoticed": [trial.mutant.name for trial in unnoticed],
        }
        for trial in unnoticed:
            print(f"{trial.end}: {trial.mutant.name}")
    for room, figure in figures.items():
        print(f"{room:14} {figure['noticed']:3.0f} of {figure['changes']:3.0f}  {figure['share']:4.0%}")
    return figures


def _commit() -> str:
    """The one that was measured, marked where files differ from it."""
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", help="all unless named")
    parser.add_argument("--per-room", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="measure anew which test runs which line")
    parser.add_argument("--figures", type=Path, help="keep the figures here, as JSON")
    asked = parser.parse_args()
    folder = ROOT / ".mutate"
    map_ = measured(folder / "map", ROOT, jobs=asked.jobs, again=asked.again)
    figures = told(
        run(drawn(asked.rooms or all_rooms(), asked.per_room, asked.seed), map_, folder, asked.jobs)
    )
    if asked.figures:
        kept = {
            "kind": "mutation",
            "seed": asked.seed,
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
            "commit": _commit(),
            "rooms": figures,
        }
        asked.figures.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return int(any(figure["share"] < BAR for figure in figures.values()))


if __name__ == "__main__":
    sys.exit(main())
