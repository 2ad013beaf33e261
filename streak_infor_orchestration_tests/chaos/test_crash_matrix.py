"""The crash matrix: die at every commit and every call of the story, and find one of everything afterwards."""

from collections.abc import Callable
from contextlib import closing

import pytest

from streak_infor_orchestration_tests.chaos.mortality import Mortality
from streak_infor_orchestration_tests.chaos.story import judge, tell
from streak_infor_orchestration_tests.world import World
from streak_infor_orchestration_tests.world.fixtures import Acme

KNOWN_POINTS = 324
"""May only rise: a commit or a call that is no longer numbered is one whose crash nobody tries."""

SHARDS = 24

BEGINNING = 40
"""Points of an installation's first story: there names are pinned, and what Streak calls things is read."""


@pytest.fixture(scope="session")
def points(acme: Acme, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The points of a story in which nobody dies, in their order, where another was told before."""
    with closing(World(*acme, tmp_path_factory.mktemp("rehearsal"))) as world:
        judge(world, tell(world, Mortality(), "The first"))
        world.forget()
        mortality = Mortality()
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
    tell(world, Mortality(), f"The first of {shard}")
    for number in range(shard, len(points), SHARDS):
        world.forget()
        mortality = Mortality(fatal=number)
        told = tell(world, mortality, f"Deal {number}")
        assert mortality.points[: number + 1] == points[: number + 1], "a story is the same up to its death"
        judge(world, told)


def test_the_first_story_of_all_survives_a_death_anywhere_in_its_beginning(
    acme: Acme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for number in range(BEGINNING):
        mortality = Mortality(fatal=number)
        with closing(World(*acme, tmp_path_factory.mktemp("beginning"))) as world:
            judge(world, tell(world, mortality, f"Beginning {number}"))
        assert len(mortality.points) > number
