"""Streak's twin, served once for all tests of a worker and reset for each."""

from collections.abc import Iterator

import pytest

from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.streak import create_app
from streak_infor_orchestration_tests.api_coverage.performed import assert_performed
from streak_infor_orchestration_tests.conformance.control import Control
from streak_infor_orchestration_tests.conformance.streak.lab import USERS, StreakLab


@pytest.fixture(scope="session")
def streak_twin() -> Iterator[Control]:
    with serve(create_app(USERS)) as base_url:
        control = Control(base_url)
        yield control
        control.close()


@pytest.fixture
def lab(streak_twin: Control, request: pytest.FixtureRequest) -> Iterator[StreakLab]:
    """Ends with the demand that nothing was sent against the contract, and all that the test claims to cover was."""
    streak_twin.reset()
    lab = StreakLab(streak_twin)
    yield lab
    lab.close()
    assert {rule for rule, _ in streak_twin.violations()} == lab.expected_violations
    assert_performed(request.node, lab.calls_of_client(), "/api")
