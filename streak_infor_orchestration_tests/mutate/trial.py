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


_NOT_FOUND = 4
"""pytest's exit code where a test it was asked for is not there, or a file of tests cannot be loaded."""


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
        seconds = sum(map_.seconds.get(test, 0) for test in tests)
        try:
            ended = self._ended(tests, seconds)
            if (
                ended == _NOT_FOUND
            ):  # where tests are named after what the code declares, their names have changed
                ended = self._ended(functions(tests), seconds)
        finally:
            file.write_bytes(source)
        return Trial(mutant, End.SURVIVED if ended == 0 else End.NOTICED, len(tests))

    def _ended(self, tests: list[str], seconds: float) -> int | None:
        """pytest's exit code, None where it did not end in time."""
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
                return process.wait(timeout=3 * seconds + PATIENCE)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _end(process.pid)


def functions(tests: list[str]) -> list[str]:
    """Those of the tests, with whatever parameters."""
    return list(dict.fromkeys(test.split("[")[0] for test in tests))


def _end(group: int) -> None:
    """With whatever a test left running."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
