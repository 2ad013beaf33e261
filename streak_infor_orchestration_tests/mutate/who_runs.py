"""A pytest plugin: which test runs which line, and how long each computes; a part for each file of tests.

`MUTATE_MAP` is the folder the parts go to. A file of tests that has its part there already is left out.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "streak_infor_orchestration"
QUICK = ("/unit/", "/integration/ledger/")
"""Folders of tests that take little time each."""


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def part_of(folder: Path, tests: Path, root: Path) -> Path:
    """Named by what stands in the file: who edits it has it measured anew."""
    return (
        folder
        / f"{tests.relative_to(root).with_suffix('').as_posix().replace('/', '.')}-{digest(tests)}.json"
    )


class WhoRuns:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: Path | None = None
        self._coverage = coverage.Coverage()
        self._seconds: dict[str, float] = {}
        self._red: set[str] = set()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Not what Postgres alone does, nor twice what runs on both databases. Outside of `QUICK` a test with
        parameters is run once for each ERP: to know its lines takes several times as long as the test itself."""
        chosen: dict[object, pytest.Item] = {}
        for item in items:
            params = _params(item)
            on_sqlite = "sqlite" in params.values() or "postgres" not in getattr(item, "fixturenames", ())
            if not on_sqlite or "postgres" in params.values():
                continue
            if part_of(self._folder, item.path, ROOT).exists():
                continue
            once = not any(folder in item.nodeid for folder in QUICK)
            chosen.setdefault(
                (item.nodeid.split("[")[0], params.get("product")) if once else item.nodeid, item
            )
        kept = set(chosen.values())
        left_out = [item for item in items if item not in kept]
        items[:] = [item for item in items if item in kept]
        config.hook.pytest_deselected(items=left_out)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if item.path != self._file:
            self._kept()
            self._file, self._seconds, self._red = item.path, {}, set()
            self._coverage = coverage.Coverage(data_file=None, source=[str(PACKAGE)], config_file=False)
            self._coverage.start()
        self._coverage.switch_context(item.nodeid)
        begun = _computed()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = _computed() - begun

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Iterator[None]:
        report = yield
        if report.outcome != "passed":  # type: ignore[attr-defined]  # pluggy's result
            self._red.add(item.nodeid)
        return report

    def pytest_sessionfinish(self) -> None:
        self._kept()

    def _kept(self) -> None:
        """Tests are told by their place in `seconds`, lines by the text of their file, which is kept beside.
        A test that is red as things are notices nothing."""
        if self._file is None:
            return
        self._coverage.stop()
        data = self._coverage.get_data()
        green = [test for test in self._seconds if test not in self._red]
        number = {test: place for place, test in enumerate(green)}
        ran: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
        for name in data.measured_files():
            file = Path(name)
            if not file.is_file() or file.suffix != ".py":
                continue
            of = digest(file)
            (self._folder / "sources").mkdir(exist_ok=True)
            (self._folder / "sources" / of).write_bytes(file.read_bytes())
            for line, tests in data.contexts_by_lineno(name).items():
                if found := [number[test] for test in tests if test in number]:
                    ran[f"{file.relative_to(ROOT).as_posix()} {of}"][line] = found
        part = {"seconds": {test: round(self._seconds[test], 3) for test in green}, "ran": ran}
        part_of(self._folder, self._file, ROOT).write_text(json.dumps(part))


def _params(item: pytest.Item) -> dict[str, object]:
    return item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}


def _computed() -> float:
    """Seconds, with those of processes that have ended; whatever else the machine does, they stay the same."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(WhoRuns(Path(os.environ["MUTATE_MAP"])))
