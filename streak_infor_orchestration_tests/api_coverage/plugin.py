"""A whole run fails unless every test that claims a row of the API table ran and passed in it."""

import inspect
from pathlib import Path

import pytest

from streak_infor_orchestration_tests.api_coverage.claims import MARK, TESTS, Claim, claim, claims
from streak_infor_orchestration_tests.api_coverage.page import PAGE, complaints

_PROPERTY = "api_coverage"  # user properties of a report cross from an xdist worker to its controller


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}(row, by=operation): shows a row of the API table")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Passed(config), "api_coverage_passed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.user_properties += [(_PROPERTY, tuple(made)) for made in claims_of(item)]


def claims_of(item: pytest.Item) -> list[Claim]:
    """Raises ValueError for a row that the table does not have."""
    marks = list(item.iter_markers(MARK))
    if not marks or not isinstance(item, pytest.Function):
        return []
    file = Path(inspect.getsourcefile(inspect.unwrap(item.function)) or "").relative_to(TESTS).as_posix()
    return [claim(file, item.originalname, *mark.args, **mark.kwargs) for mark in marks]


class Passed:
    """Notes what passed, and at the end of a whole run complains of what did not."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._passed: set[Claim] = set()
        self._failed: set[Claim] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, made in report.user_properties:
            if name == _PROPERTY:
                if not report.passed:
                    self._failed.add(Claim(*made))  # type: ignore[misc]
                elif report.when == "call":
                    self._passed.add(Claim(*made))  # type: ignore[misc]

    def complaints(self) -> list[str]:
        claimed = claims()
        shown = self._passed - self._failed
        lacking = [f"{c.file}: {c.test} covers {c.row} and did not pass" for c in claimed if c not in shown]
        return lacking + complaints(claimed, PAGE.read_text(encoding="utf-8") if PAGE.exists() else "")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if is_whole(self._config) and self.complaints():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for complaint in self.complaints() if is_whole(self._config) else ():
            terminalreporter.write_line(f"API COVERAGE: {complaint}", red=True)


def is_whole(config: pytest.Config) -> bool:
    """All tests but the end-to-end ones: as `make unit` asks for them."""
    option = config.option
    narrowed = option.keyword or option.collectonly or option.deselect or option.ignore or option.ignore_glob
    everything = all((config.invocation_params.dir / arg).resolve() == TESTS for arg in config.args)
    return everything and not narrowed and option.markexpr in ("", "not e2e")
