"""Which tests could notice a change: those that run its lines."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from streak_infor_orchestration_tests.mutate.operators import Mutant

TESTS = "streak_infor_orchestration_tests"
SECONDS_PER_MUTANT = 60.0
"""Of more tests than this the nearest and the fastest are run."""


@dataclass(frozen=True)
class Map:
    """`seconds` of each test; for each file below the repository the tests that run each line, "" for its import."""

    seconds: dict[str, float]
    ran: dict[str, dict[int, set[str]]]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Those that run its lines, its room's first, then the fastest: as many as may take `SECONDS_PER_MUTANT`.

        What happens when a file is imported is held against all that run anything in the file (or, where it only
        declares, anything in its room), and besides, as a line that no test runs in its own process, against the tests
        of its room: a test may read what is declared, or start a process that runs the line.
        """
        lines = self.ran.get(mutant.path, {})
        first, last = mutant.lines
        found = set().union(*(lines.get(line, set()) for line in range(first, last + 1)))
        room = mutant.path.split("/")[1].removesuffix(".py")
        beside: set[str] = set()
        if "" in found:
            if found == {""}:
                beside.update(*(of for path in self._files_of(room) for of in self.ran[path].values()))
            found = set().union(*lines.values())
        if "" in found or not found:
            beside.update(test for test in self.seconds if f"/{room}/" in test)
        chosen: list[str] = []
        spent = 0.0
        for test in sorted(
            (found | beside) - {""},
            key=lambda test: (test not in found, f"/{room}/" not in test, self.seconds.get(test, 0)),
        ):
            spent += self.seconds.get(test, 0)
            if chosen and spent > SECONDS_PER_MUTANT:
                continue
            chosen.append(test)
        return chosen

    def _files_of(self, room: str) -> list[str]:
        return [path for path in self.ran if path.split("/")[1].removesuffix(".py") == room]


def measured(folder: Path, root: Path, *, jobs: int, again: bool = False) -> Map:
    """From the parts in `folder`, which are made anew where there are none or code or tests are younger. Raises
    RuntimeError when the tests are red to begin with."""
    parts = sorted(folder.glob("*.json"))
    youngest = max(file.stat().st_mtime for file in tracked(root))
    if again or not parts or min(part.stat().st_mtime for part in parts) < youngest:
        folder.mkdir(parents=True, exist_ok=True)
        for part in parts:
            part.unlink()
        print("measuring which test runs which line", flush=True)
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-n",
                str(jobs),
                "-m",
                "not e2e",
                "-p",
                f"{TESTS}.mutate.who_runs",
                TESTS,
            ],
            cwd=root,
            env={**os.environ, "MUTATE_MAP": str(folder)},
        )
        if done.returncode:
            raise RuntimeError("the tests are red as they are")
    return _read(sorted(folder.glob("*.json")), root)


def tracked(root: Path) -> list[Path]:
    """The files of package and tests that make up their behaviour."""
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout
    return [file for name in listed.splitlines() if (file := root / name).is_file() and name.endswith(".py")]


def _read(parts: list[Path], root: Path) -> Map:
    seconds: dict[str, float] = {}
    ran: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in parts:
        found = json.loads(part.read_text())
        seconds |= found["seconds"]
        for file, lines in found["ran"].items():
            for line, tests in lines.items():
                ran[Path(file).relative_to(root).as_posix()][int(line)] |= set(tests)
    return Map(seconds, {file: dict(lines) for file, lines in ran.items()})
