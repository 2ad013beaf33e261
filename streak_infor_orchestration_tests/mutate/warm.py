"""A process that has loaded pytest and the libraries it is told, but nothing of ours: each run of tests is its fork.

A script, run in the copy it serves, with the libraries' names. Each line of stdin is a JSON list: how many seconds may
be computed, and pytest's arguments. For each it writes a line with the fork's id, and when that has ended one with
pytest's exit code and the first test that went red, null where none did. A fork leads a group of its own: whoever does
not want to wait any longer ends it.
"""

import importlib
import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

sys.path[0] = str(Path.cwd())

import pytest  # noqa: E402


class Witness:
    """Remembers the first test that went red, or the first file that could not be loaded."""

    first: str | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.first is None:
            self.first = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.first is None:
            self.first = report.nodeid


def _serve() -> None:
    for line in sys.stdin:
        seconds, arguments = json.loads(line)
        told, tells = os.pipe()
        child = os.fork()
        if not child:
            os.close(told)
            _forked(seconds, arguments, tells)
        os.close(tells)
        print(child, flush=True)
        with os.fdopen(told) as pipe:
            end = pipe.readline()  # also ends where a group is killed, or a fork ends without a word
        os.waitpid(child, 0)
        print(end.strip() or "[null, null]", flush=True)


def _forked(seconds: int, arguments: list[str], tells: int) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.set_inheritable(tells, False)
    witness, code = Witness(), None
    try:
        code = int(pytest.main(arguments, plugins=[witness]))
    finally:
        with suppress(OSError):
            os.write(tells, (json.dumps([code, witness.first]) + "\n").encode())
        os._exit(0)


if __name__ == "__main__":
    for library in sys.argv[1:]:
        importlib.import_module(library)
    _serve()
