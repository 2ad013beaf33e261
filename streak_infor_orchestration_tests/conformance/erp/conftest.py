"""The façade's twin, served once for all tests of a worker and reset for each."""

from collections.abc import Iterator

import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app
from streak_infor_orchestration_tests.api_coverage.performed import assert_performed
from streak_infor_orchestration_tests.conformance.control import Control

from .facade_lab import FacadeLab


@pytest.fixture(scope="session")
def facade_twin() -> Iterator[Control]:
    with serve(create_app()) as base_url:
        control = Control(base_url)
        yield control
        control.close()


@pytest.fixture
def facade(facade_twin: Control, request: pytest.FixtureRequest) -> Iterator[FacadeLab]:
    """Ends with the demand that nothing was sent against the contract, and all that the test claims to cover was."""
    facade_twin.reset()
    lab = FacadeLab(facade_twin)
    yield lab
    lab.http.close()
    assert {rule for rule, _ in facade_twin.violations()} == lab.expected_violations
    assert_performed(request.node, facade_twin.calls())
