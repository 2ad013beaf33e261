"""One change put into a copy of the repository, and the tests that run its lines."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from streak_infor_orchestration_tests.mutate.map import Map
from streak_infor_orchestration_tests.mutate.operators import Mutant

PATIENCE = 120.0
"""Seconds beyond what the tests take: a change that makes something wait for ever has been noticed."""


class End(StrEnum):
    NOTICED = "noticed"
    SURVIVED = "survived"
    NOT_RUN = "run by no test"


@dataclass(frozen=True)
class Trial:
    mutant: Mutant
    end: End
    tests: int


class Copy:
    """Of everything tracked; changed and put right in place."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True
        ).stdout
        for name in listed.splitlines():
            if (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, folder / name)
        for made in root.glob("streak_infor_orchestration_tests/integration/oauth/node_modules"):
            (folder / made.relative_to(root)).symlink_to(made)

    def tried(self, mutant: Mutant, map_: Map) -> Trial:
        tests = map_.tests_for(mutant)
        if not tests:
            return Trial(mutant, End.NOT_RUN, 0)
        file = self._folder / mutant.path
        source = file.read_bytes()
        file.write_bytes(mutant.applied(source))
        try:
            noticed = self._are_red(tests, sum(map_.seconds.get(test, 0) for test in tests))
        finally:
            file.write_bytes(source)
        return Trial(mutant, End.NOTICED if noticed else End.SURVIVED, len(tests))

    def _are_red(self, tests: list[str], seconds: float) -> bool:
        chosen = self._folder / "chosen-tests"
        chosen.write_text("\n".join(tests))
        temporary = self._folder.parent / f"{self._folder.name}.tmp"
        temporary.mkdir(exist_ok=True)
        env = {
            **os.environ,
            "PYTHONPATH": str(self._folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(temporary),
        }
        command = [sys.executable, "-m", "pytest", "-x", "-p", "no:xdist", f"@{chosen}"]
        with subprocess.Popen(
            command,
            cwd=self._folder,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                return process.wait(timeout=3 * seconds + PATIENCE) != 0
            except subprocess.TimeoutExpired:
                return True
            finally:
                _end(process.pid)


def _end(group: int) -> None:
    """With whatever a test left running."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
