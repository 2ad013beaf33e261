"""The crash matrix: die at every commit and every call of the story, and find one of everything afterwards."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import judge, tell
from streak_infor_orchestration_tests.world import World

KNOWN_POINTS = 100
SHARDS = 8


@pytest.fixture
def rehearsal(world: World) -> list[str]:
    """The points of a story in which nobody dies, in their order."""
    mortality = Mortality()
    judge(world, tell(world, mortality))
    return mortality.points


def test_the_story_has_no_fewer_points_than_before(
    rehearsal: list[str], record_property: Callable[[str, object], None]
) -> None:
    record_property("crash points", len(rehearsal))
    print(f"\ncrash matrix: {len(rehearsal)} points")
    assert len(rehearsal) >= KNOWN_POINTS
