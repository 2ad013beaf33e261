"""A pytest plugin: which test runs which line, and how long each takes. `MUTATE_MAP` is the folder its parts go to."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

PACKAGE = Path(__file__).parents[2] / "streak_infor_orchestration"

_COVERAGE = coverage.Coverage(data_file=None, source=[str(PACKAGE)], config_file=False)
_COVERAGE.start()  # before anything of ours is imported


class WhoRuns:
    def __init__(self, folder: Path, worker: str) -> None:
        self._file = folder / f"{worker}.json"
        self._seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        _COVERAGE.switch_context(item.nodeid)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        report = yield
        self._seconds[item.nodeid] = self._seconds.get(item.nodeid, 0.0) + report.duration  # type: ignore[attr-defined]  # pluggy's result
        return report

    def pytest_sessionfinish(self) -> None:
        _COVERAGE.stop()
        data = _COVERAGE.get_data()
        ran = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        self._file.write_text(json.dumps({"seconds": self._seconds, "ran": ran}))


def pytest_configure(config: pytest.Config) -> None:
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if worker or not config.getoption("numprocesses", None):
        config.pluginmanager.register(WhoRuns(Path(os.environ["MUTATE_MAP"]), worker or "alone"))
