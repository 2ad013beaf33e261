"""The crash matrix: die at every commit and every call of the story, and find one of everything afterwards."""

from collections.abc import Callable
from contextlib import closing

import pytest

from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import judge, tell
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

KNOWN_POINTS = 284
"""May only rise: a commit or a call that is no longer numbered is one whose crash nobody tries."""

SHARDS = 24


@pytest.fixture(scope="session")
def points(acme: Acme, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The points of a story in which nobody dies, in their order."""
    mortality = Mortality()
    with closing(World(*acme, tmp_path_factory.mktemp("rehearsal"))) as world:
        judge(world, tell(world, mortality))
    return mortality.points


def test_the_story_has_no_fewer_points_than_it_had(
    points: list[str], record_property: Callable[[str, object], None]
) -> None:
    record_property("crash points", len(points))
    print(f"crash matrix: {len(points)} points")
    assert len(points) >= KNOWN_POINTS


@pytest.mark.parametrize("shard", range(SHARDS))
def test_after_any_death_there_is_one_of_everything(points: list[str], world: World, shard: int) -> None:
    for number in range(shard, len(points), SHARDS):
        world.forget()
        mortality = Mortality(fatal=number)
        told = tell(world, mortality, f"Deal {number}")
        assert mortality.points[: number + 1] == points[: number + 1], "a story is the same up to its death"
        judge(world, told)
