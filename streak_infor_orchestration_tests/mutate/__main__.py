"""`python -m streak_infor_orchestration_tests.mutate`: how many small changes the tests notice, room by room."""

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from streak_infor_orchestration_tests.mutate.map import Map, measured, read
from streak_infor_orchestration_tests.mutate.operators import Mutant, mutants
from streak_infor_orchestration_tests.mutate.quick_list import only, quick_tests
from streak_infor_orchestration_tests.mutate.trial import Copy, End, Trial

PACKAGE = "streak_infor_orchestration"
BAR = 0.9
ROOT = Path(__file__).parents[2]
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")

Figure = dict[str, Any]


def possible(room: str) -> list[Mutant]:
    """Every change to the room, without those that are known to change nothing."""
    known = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    place = ROOT / PACKAGE / room
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    return [mutant for file in files for mutant in mutants(file, ROOT) if mutant.name not in known]


def drawn(changes: Iterable[Mutant], count: int, seed: int) -> list[Mutant]:
    """The same as long as nobody edits their own pieces of code: what else is edited does not move the draw."""
    return sorted(changes, key=lambda change: hashlib.sha256(f"{seed} {change.name}".encode()).digest())[
        :count
    ]


def all_rooms() -> list[str]:
    """Every room and every file beside them that holds behaviour of the product."""
    beside = [path.stem for path in (ROOT / PACKAGE).glob("*.py") if mutants(path, ROOT)]
    rooms = [path.name for path in (ROOT / PACKAGE).iterdir() if any(path.rglob("*.py"))]
    return sorted(rooms + beside)


class Bench:
    """Copies of the repository in which changes are tried side by side."""

    def __init__(self, folder: Path, jobs: int) -> None:
        self._jobs = jobs
        self._copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(jobs):
            self._copies.put(Copy(ROOT, folder / f"tree-{number}"))

    def tried(self, changes: list[Mutant], map_: Map) -> list[Trial]:
        ended = []
        with ThreadPoolExecutor(self._jobs) as pool:
            for trial in pool.map(lambda change: self._tried(change, map_), changes):
                ended.append(trial)
                line = f"{trial.mutant.name} (line {trial.mutant.lines[0]}, {trial.tests} tests)"
                print(f"{len(ended)}/{len(changes)} {trial.end}: {line} {trial.witness}", flush=True)
        return ended

    def _tried(self, change: Mutant, map_: Map) -> Trial:
        copy = self._copies.get()
        try:
            return copy.tried(change, map_)
        finally:
            self._copies.put(copy)

    def close(self) -> None:
        while not self._copies.empty():
            self._copies.get().close()


def told(trials: list[Trial]) -> Figure:
    """At first; `unnoticed` names what no test saw."""
    unnoticed = [trial.mutant.name for trial in trials if trial.end is not End.NOTICED]
    noticed = len(trials) - len(unnoticed)
    return _figure(len(trials), noticed, noticed, unnoticed)


def told_again(figure: Figure, trials: list[Trial]) -> Figure:
    """After tests were written: the trials are those of what was unnoticed and is still there. What nobody could see,
    and what is gone with its code, is no change any more."""
    again = told(trials)
    before = len(figure["unnoticed"])
    return _figure(
        figure["changes"] - before + again["changes"],
        figure["noticed"] + again["noticed"],
        figure["at_first"],
        again["unnoticed"],
    )


def _figure(changes: int, noticed: int, at_first: int, unnoticed: list[str]) -> Figure:
    return {
        "changes": changes,
        "at_first": at_first,
        "noticed": noticed,
        "share": round(noticed / max(changes, 1), 3),
        "unnoticed": unnoticed,
        "commit": _commit(),
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
    }


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
    parser.add_argument(
        "--unnoticed", action="store_true", help="only what the kept figures say was unnoticed"
    )
    parser.add_argument(
        "--as-measured", action="store_true", help="by what is known of the tests, measuring none"
    )
    parser.add_argument(
        "--quick", action="store_true", help="what the tests of `make quick` notice by themselves; has no bar"
    )
    parser.add_argument("--figures", type=Path, help="keep the figures here, as JSON: one file for each seed")
    asked = parser.parse_args()
    folder = ROOT / ".mutate"
    map_ = (read if asked.as_measured else measured)(folder / "map", ROOT)
    if asked.quick:
        map_ = only(map_, quick_tests(ROOT))
    figures: dict[str, Figure] = {}
    kept = {"kind": "quick" if asked.quick else "mutation", "seed": asked.seed, "rooms": figures}
    if asked.figures and asked.figures.exists():
        figures |= json.loads(asked.figures.read_text(encoding="utf-8"))["rooms"]
    bench = Bench(folder, asked.jobs)
    rooms = asked.rooms or all_rooms()
    for room in rooms:
        changes = possible(room)
        if asked.unnoticed:
            left = [change for change in changes if change.name in figures[room]["unnoticed"]]
            figures[room] = told_again(figures[room], bench.tried(left, map_))
        else:
            figures[room] = told(bench.tried(drawn(changes, asked.per_room, asked.seed), map_))
        print(f"{room:14} {figures[room]['noticed']:3} of {figures[room]['changes']:3}", flush=True)
        if asked.figures:
            asked.figures.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    bench.close()
    for name in (name for room in rooms for name in figures[room]["unnoticed"]):
        print(f"unnoticed: {name}")
    return int(not asked.quick and any(figures[room]["share"] < BAR for room in rooms))


if __name__ == "__main__":
    sys.exit(main())
