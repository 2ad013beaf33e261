"""The picture of a deal's way shows the way that a deal takes."""

import pytest

from streak_infor_orchestration_tests.pictures.picture import PICTURE, picture
from streak_infor_orchestration_tests.pictures.way import ROOMS, Visited, follow


@pytest.fixture(scope="module")
def visited() -> list[Visited]:
    return follow()


def test_no_room_calls_one_above_it(visited: list[Visited]) -> None:
    calls = {call for one in visited for call in one.calls}
    assert calls and all(ROOMS.index(caller) < ROOMS.index(entered) for caller, entered in calls)


def test_a_phase_has_one_room_of_its_own(visited: list[Visited]) -> None:
    """Called by the row itself is `sync/customers` for who buys, and `sync/deals` for everything else."""
    rooms = ("sync/deals", "sync/customers")
    deciding = {one.phase: {room for room in rooms if ("", room) in one.entries} for one in visited}
    assert deciding.pop("settle") == set(), "it closes what the others have decided"
    assert deciding.pop("resolve_customers") == {"sync/customers"}
    assert set(map(frozenset, deciding.values())) == {frozenset({"sync/deals"})}


def test_systems_are_written_to_by_the_phases_that_say_so(visited: list[Visited]) -> None:
    for system, phases in {
        "infor": {"resolve_customers", "create_orders"},
        "streak": {"write_back"},
    }.items():
        assert {one.phase for one in visited if ("sync/effects", system) in one.calls} == phases


def test_the_picture_is_the_one_that_is_shown(visited: list[Visited]) -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(visited), "make pictures"
