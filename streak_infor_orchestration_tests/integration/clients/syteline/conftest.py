"""SyteLine's client against its twin, with a section of the test's own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.syteline import create_app
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.erp.syteline_lab import SytelineLab


@pytest.fixture(scope="session")
def twin() -> Iterator[Control]:
    with serve(create_app()) as base_url:
        control = Control(base_url)
        yield control
        control.close()


@pytest.fixture
def make_lab(twin: Control, tmp_path: Path) -> Iterator[Callable[..., SytelineLab]]:
    """`make_lab("direct", orders={…})`: of the emptied twin, through the gateway where nothing else is said. Ends with
    the demand that nothing was sent against the contract."""
    twin.reset()
    labs: list[SytelineLab] = []
    with ExitStack() as stack:

        def opened(access: str = "gateway", **said: object) -> SytelineLab:
            lab = SytelineLab(twin, tmp_path, access, **said)  # type: ignore[arg-type]  # one of the two
            stack.callback(lab.http.close)
            labs.append(lab)
            return lab

        yield opened
    expected = {rule for lab in labs for rule in lab.expected_violations}
    assert {rule for rule, _ in twin.violations()} == expected


@pytest.fixture
def lab(make_lab: Callable[..., SytelineLab]) -> SytelineLab:
    return make_lab()
