"""Every stage asks for exactly one thing."""

import pytest

from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration_tests.unit.config.minimal import integration


@pytest.mark.parametrize(
    ("stage", "milestone"),
    [
        ("Lead", Milestone.BEFORE),
        ("Accepted", Milestone.ORDER),
        (" accepted ", Milestone.ORDER),
        ("WON", Milestone.INVOICE),
        ("Lost", Milestone.LOST),
        ("Archive", None),
        ("", None),
    ],
)
def test_a_stage_is_classed_by_name(stage: str, milestone: Milestone | None) -> None:
    assert integration().stages.classify(stage) is milestone


def test_stages_that_the_file_forgets_are_found() -> None:
    assert integration().stages.unclassed(["Lead", "Archive", "won"]) == ("Archive",)
