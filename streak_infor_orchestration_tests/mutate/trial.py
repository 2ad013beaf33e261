"""One change put into a copy of the repository, and the nearest tests that run its lines."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Timer

from streak_infor_orchestration_tests.mutate.map import Map
from streak_infor_orchestration_tests.mutate.operators import Mutant

PATIENCE = 30.0
"""Seconds beyond what the tests compute: a change that makes something go on for ever has been noticed."""
WAITING = 4
"""Times as long may a run take that computes nothing, or that other work on the machine holds up."""
FIRST_TESTS = 12
"""So many run before the others: most changes are noticed by the first, and each file of tests takes time to load."""
LIBRARIES = [
    "babel.numbers",
    "dagster",
    "execnet",
    "h11",
    "httpcore",
    "hypothesis.stateful",
    "httpx",
    "oauthlib.oauth2",
    "pydantic",
    "ruamel.yaml",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
    "starlette.testclient",
    "tenacity",
    "uvicorn",
    "xdist.plugin",
]
"""That take long to load, and start no thread by that."""

_NOT_FOUND = 4
"""pytest's exit code where a test it was asked for is not there, or a file of tests cannot be loaded."""


class End(StrEnum):
    NOTICED = "noticed"
    SURVIVED = "survived"
    NOT_RUN = "run by no test"


@dataclass(frozen=True)
class Trial:
    """`witness` is the test that went red, a file of tests that could not be loaded, or "time" where it ran out."""

    mutant: Mutant
    end: End
    tests: int
    witness: str = ""


class Copy:
    """Of everything tracked; changed and put right in place."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._folder = folder
        self._green: set[str] = set()
        self._red: set[str] = set()
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
        temporary = folder.parent / f"{folder.name}.tmp"
        temporary.mkdir(exist_ok=True)
        self._warm = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("warm.py"), *LIBRARIES],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(folder),
                "PYTHONDONTWRITEBYTECODE": "",  # each fork would compile everything anew
                "TMPDIR": str(temporary),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self._warm.communicate()

    def tried(self, mutant: Mutant, map_: Map) -> Trial:
        """Tests that are red here without the change too are no witnesses and left out."""
        while True:
            tests = [test for test in map_.tests_for(mutant) if test not in self._red]
            if not tests:
                return Trial(mutant, End.NOT_RUN, 0)
            witness = self._witness(mutant, tests, map_)
            if witness is None:
                return Trial(mutant, End.SURVIVED, len(tests))
            if self._is_green(witness, map_):
                return Trial(mutant, End.NOTICED, len(tests), witness)

    def _witness(self, mutant: Mutant, tests: list[str], map_: Map) -> str | None:
        file = self._folder / mutant.path
        source = file.read_bytes()
        _write(file, mutant.applied(source))
        try:
            for some in (tests[:FIRST_TESTS], tests[FIRST_TESTS:]):
                if some and (witness := self._red_one(some, map_)):
                    return witness
        finally:
            _write(file, source)
        return None

    def _is_green(self, witness: str, map_: Map) -> bool:
        """Once for each file of tests: what makes one red here, such as a file that is missing, does so each time."""
        file = witness.split("::")[0]
        if witness not in map_.seconds or file in self._green:
            return True
        if self._red_one([witness], map_):
            self._red.add(witness)
            print(f"red without a change: {witness}", flush=True)
            return False
        self._green.add(file)
        return True

    def _red_one(self, tests: list[str], map_: Map) -> str | None:
        seconds = int(3 * sum(map_.seconds.get(test, 0) for test in tests) + PATIENCE)
        code, witness = self._run(tests, seconds)
        if code == _NOT_FOUND:  # where tests are named after what the code declares, their names have changed
            code, witness = self._run(functions(tests), seconds)
        return None if code == 0 else witness or ("time" if code is None else f"pytest's exit code {code}")

    def _run(self, tests: list[str], seconds: int) -> tuple[int | None, str | None]:
        """pytest's exit code, None where it did not end in time; and the first test that was red."""
        chosen = self._folder / "chosen-tests"
        chosen.write_text("\n".join(tests))
        assert self._warm.stdin and self._warm.stdout
        arguments = ["-x", "-p", "no:xdist", "--timeout", str(WAITING * seconds), f"@{chosen}"]
        print(json.dumps([seconds, arguments]), file=self._warm.stdin, flush=True)
        group = int(self._warm.stdout.readline())
        patience = Timer(WAITING * seconds, _end, [group])
        patience.start()
        try:
            code, witness = json.loads(self._warm.stdout.readline())
        finally:
            patience.cancel()
            _end(group)
        return code, witness


def _write(file: Path, source: bytes) -> None:
    """What was compiled of it is told by its second and its size, which the next change may share."""
    file.write_bytes(source)
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
        compiled.unlink()


def functions(tests: Iterable[str]) -> list[str]:
    """Those of the tests, with whatever parameters."""
    return list(dict.fromkeys(test.split("[")[0] for test in tests))


def _end(group: int) -> None:
    """With whatever a test left running."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
