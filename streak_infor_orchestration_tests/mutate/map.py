"""Which tests could notice a change: those that run its lines, the nearest first."""

import difflib
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from streak_infor_orchestration_tests.mutate.operators import Mutant
from streak_infor_orchestration_tests.mutate.who_runs import part_of

TESTS = "streak_infor_orchestration_tests"
SECONDS_PER_MUTANT = 12.0
"""Of more tests than this the nearest and the fastest are run: a share that is noticed is a lower bound."""
LEAST = 0.02
"""Seconds that pytest spends on the smallest test."""


@dataclass(frozen=True)
class Map:
    """`seconds` of each test; for each file below the repository the tests that run each line, and its text."""

    seconds: dict[str, float]
    ran: dict[str, dict[int, set[str]]]
    sources: dict[str, str]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """Those that run its lines, then those that run anything in its file (what remembers what it once worked out
        is known to be run by the first that asks): as many as may take `SECONDS_PER_MUTANT`. Those with most of its
        path's words in their own come first, and of a test with parameters one before the second.

        What no test runs in its own process may be declared when the file is imported, or run by a process that a test
        starts: it is held against the tests that run a line with a name it declares, and where the file only declares
        against those of the room.
        """
        lines = self.ran.get(mutant.path, {})
        first, last = mutant.lines
        found = set().union(*(lines.get(line, set()) for line in range(first, last + 1)))
        of_file = set().union(*lines.values())
        if found:
            return self._nearest(mutant, found, of_file)
        room = mutant.path.split("/")[1].removesuffix(".py")
        of_room = {test for test in self.seconds if f"/{room}/" in test}
        if not of_file:
            of_room |= set().union(
                *(tests for path in self._files_of(room) for tests in self.ran[path].values())
            )
        return self._nearest(mutant, self._using(mutant.declares), of_file | of_room, share=0.5)

    def _nearest(self, mutant: Mutant, found: set[str], beside: set[str], share: float = 1) -> list[str]:
        """Of `found` as many as may take this share of the time, then of those `beside`."""
        chosen: dict[str, None] = {}
        spent = 0.0
        for tests, until in ((found, share * SECONDS_PER_MUTANT), (beside, SECONDS_PER_MUTANT)):
            for test in _spread(tests, set(_words(mutant.path)), self.seconds):
                took = max(self.seconds.get(test, 0), LEAST)
                if test not in chosen and (not chosen or spent + took <= until):
                    chosen[test] = None
                    spent += took
        return list(chosen)

    def _using(self, name: str) -> set[str]:
        if not name:
            return set()
        there = re.compile(rf"\b{re.escape(name)}\b")
        return {
            test
            for path, source in self.sources.items()
            if name in source
            for number, line in enumerate(source.splitlines(), 1)
            if there.search(line)
            for test in self.ran[path].get(number, ())
        }

    def _files_of(self, room: str) -> list[str]:
        return [path for path in self.ran if path.split("/")[1].removesuffix(".py") == room]


def _words(path: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", path.split("::")[0].partition("/")[2].removesuffix(".py"))


def _spread(tests: Iterable[str], words: set[str], seconds: dict[str, float]) -> list[str]:
    places: defaultdict[str, int] = defaultdict(int)
    ranked = []
    for test in sorted(tests, key=lambda test: (seconds.get(test, 0), test)):
        function = test.split("[")[0]
        ranked.append((-len(words.intersection(_words(test))), places[function], seconds.get(test, 0), test))
        places[function] += 1
    return [test for *_, test in sorted(ranked)]


def measured(folder: Path, root: Path) -> Map:
    """From the parts in `folder`; files of tests that have none, or were edited since, are measured first."""
    files = sorted((root / TESTS).rglob("test_*.py"))
    parts = {part_of(folder, file, root): file for file in files}
    missing = [str(file) for part, file in parts.items() if not part.exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        print(f"measuring which of the tests in {len(missing)} files run which line", flush=True)
        command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-m", "not e2e"]
        done = subprocess.run(
            [*command, "-p", f"{TESTS}.mutate.who_runs", *missing],
            cwd=root,
            env={**os.environ, "MUTATE_MAP": str(folder)},
        )
        if done.returncode in {
            0,
            1,
            5,
        }:  # all green, some red, none left to run: those left have nothing to tell
            for part in parts:
                if not part.exists():
                    part.write_text(json.dumps({"seconds": {}, "ran": {}}))
    return read(folder, root)


def read(folder: Path, root: Path) -> Map:
    """What has been measured so far."""
    now = {part_of(folder, file, root) for file in (root / TESTS).rglob("test_*.py")}
    seconds: dict[str, float] = {}
    ran: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    moved: dict[str, dict[int, set[int]]] = {}
    for part in sorted(now & set(folder.glob("*.json"))):
        found = json.loads(part.read_text())
        tests = list(found["seconds"])
        seconds |= found["seconds"]
        for name, lines in found["ran"].items():
            path, of = name.split(" ")
            if not (root / path).exists():
                continue
            if name not in moved:
                moved[name] = _moved(folder / "sources" / of, root / path)
            for line, numbers in lines.items():
                for new in moved[name].get(int(line), ()):
                    ran[path][new].update(tests[number] for number in numbers)
    sources = {path: (root / path).read_text(encoding="utf-8") for path in ran}
    return Map(seconds, {path: dict(lines) for path, lines in ran.items()}, sources)


def _moved(before: Path, after: Path) -> dict[int, set[int]]:
    """Where each line stands today. What replaced a line counts as it, what was put in as the line before."""
    olds, news = (file.read_text(encoding="utf-8").splitlines() for file in (before, after))
    into: defaultdict[int, set[int]] = defaultdict(set)
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if kind == "equal":
            for old, new in zip(range(i1, i2), range(j1, j2), strict=True):
                into[old + 1].add(new + 1)
        elif kind == "replace":
            for old in range(i1, i2):
                into[old + 1].update(range(j1 + 1, j2 + 1))
        elif kind == "insert":
            into[i1].update(range(j1 + 1, j2 + 1))
    return into
