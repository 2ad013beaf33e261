"""What some tests need of the system, which only root can install: `@pytest.mark.needs("redis-server")`.

Root installs it (`make unit`), and for root such a test runs whatever is there. Where somebody else runs the tests and
the program is missing they are left out, and one line at the end says so.
"""

import os
import shutil
from collections import Counter
from typing import Any

import pytest

MARK = "needs"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(program): runs a program that root installs")
    config.pluginmanager.register(LeftOut(config))


class LeftOut:
    """Counts what is left out, by program. Of xdist's workers, which all collect the same, it hears at their end."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.counts: Counter[str] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        lacking = [(item, program) for item in items if (program := missing(item)) is not None]
        self.counts = Counter(program for _, program in lacking)
        left_out = [item for item, _ in lacking]
        items[:] = [item for item in items if item not in left_out]
        if left_out:
            self._config.hook.pytest_deselected(items=left_out)

    def pytest_sessionfinish(self) -> None:
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[MARK] = dict(self.counts)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.counts = Counter(getattr(node, "workeroutput", {}).get(MARK, {})) or self.counts

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for program, tests in self.counts.items():
            line = (
                f"NOT SHOWN: {tests} tests need {program}, which is missing and which only root can install"
            )
            terminalreporter.write_line(line, yellow=True)


def missing(item: pytest.Item) -> str | None:
    """The first program that the test needs, is not there, and is not demanded."""
    if os.geteuid() == 0:
        return None
    needed = [str(mark.args[0]) for mark in item.iter_markers(MARK)]
    return next((program for program in needed if shutil.which(program) is None), None)
