"""What webhooks lost is found by looking; what they told is not called lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from streak_infor_orchestration.domain.errors import Transient
from streak_infor_orchestration.streak.client import StreakClient
from streak_infor_orchestration.sync.watch.sweep import UNDER_WAY, WATERMARK, Swept, sweep
from streak_infor_orchestration_tests.world.world import World


def settled_down(world: World) -> None:
    world.clock.advance(UNDER_WAY.total_seconds() + 1)


def test_a_lost_webhook_is_repaired(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    settled_down(world)
    assert sweep(world.ports).repaired == (box,)
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_what_was_announced_is_no_repair_nor_is_what_we_wrote_ourselves(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.webhook(box, version=world.company.box(box)["lastUpdatedTimestamp"])
    world.run_until_quiet()
    assert world.company.box(box)["fieldsByName"]["ERP order"], "we wrote to the box, which moved its version"
    settled_down(world)
    assert sweep(world.ports).repaired == ()


def test_a_change_whose_webhook_may_be_under_way_is_left_to_it(world: World) -> None:
    world.company.deal("Northwind", stage="Proposal Accepted")
    assert sweep(world.ports).repaired == ()
    settled_down(world)
    assert len(sweep(world.ports).repaired) == 1, "the next sweep overlaps, and finds it"


def test_an_edit_that_was_lost_after_others_arrived_is_found(world: World) -> None:
    box = world.company.deal("Northwind")
    world.webhook(box, version=world.company.box(box)["lastUpdatedTimestamp"])
    world.run_until_quiet()
    settled_down(world)
    sweep(world.ports)
    world.company.edit(box, stage="Closed-Won")
    settled_down(world)
    assert sweep(world.ports).repaired == (box,)


def test_pages_and_ties_lose_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streak_infor_orchestration.streak.box_pages.PAGE", 3)
    boxes = {world.company.deal(f"Deal {n}") for n in range(10)}
    settled_down(world)
    assert set(sweep(world.ports).repaired) == boxes


def test_a_sweep_that_broke_off_does_not_move_the_watermark(world: World) -> None:
    world.company.deal("Northwind")
    settled_down(world)
    sweep(world.ports)
    before = world.ports.store.watermarks.get(WATERMARK)
    world.company.streak_twin.post("/faults", json={"kind": "status", "status": 500, "times": None})
    with pytest.raises(Transient):
        sweep(world.ports)
    world.company.streak_twin.delete("/faults")
    assert world.ports.store.watermarks.get(WATERMARK) == before


def test_what_is_lost_while_a_sweep_takes_long_is_found_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one goes back to where this one began, not to where it ended."""
    box = world.company.deal("Northwind")
    world.webhook(box, version=world.company.box(box)["lastUpdatedTimestamp"])
    world.run_until_quiet()
    settled_down(world)
    listed = StreakClient.box_version_pages

    def slowly(*args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from list(listed(*args, **kwargs))
        world.clock.advance(60)
        world.company.edit(box, stage="Closed-Won")
        world.clock.advance(3600)

    with monkeypatch.context() as patch:
        patch.setattr(StreakClient, "box_version_pages", slowly)
        assert sweep(world.ports).repaired == ()
    assert sweep(world.ports).repaired == (box,)


def test_a_deleted_deal_with_an_order_is_told_to_a_person_once(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.webhook(box)
    world.run_until_quiet()
    world.company.delete(box)
    assert sweep(world.ports, full=True).gone == (box,)
    world.run_until_quiet()
    (letter,) = world.ports.store.dead_letters.listing()
    assert letter.key == box and "deleted" in letter.message
    assert sweep(world.ports, full=True).gone == ()


def test_a_box_that_was_only_missed_is_not_remembered_as_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shifted while it was read. When it is really deleted later, that is still told."""
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.webhook(box)
    world.run_until_quiet()
    with monkeypatch.context() as patch:
        patch.setattr(StreakClient, "box_version_pages", lambda *_, **__: iter([()]))
        assert sweep(world.ports, full=True).gone == ()
    world.company.delete(box)
    assert sweep(world.ports, full=True).gone == (box,)


@pytest.mark.parametrize("status", [500, 403])
def test_a_box_that_cannot_be_read_is_not_taken_for_gone(world: World, status: int) -> None:
    """Nor forgotten: when Streak says that it is not there, that is told."""
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(box)
    world.company.delete(box)
    only_this = {"kind": "status", "status": status, "times": None, "path": f"/boxes/{box}$"}
    world.company.streak("/faults", only_this)
    assert sweep(world.ports, full=True).gone == ()
    world.company.streak_twin.delete("/faults").raise_for_status()
    assert sweep(world.ports, full=True).gone == (box,)


def test_a_box_that_was_moved_to_another_pipeline_is_noticed(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(box)
    world.company.move_elsewhere(box)
    assert sweep(world.ports, full=True).gone == (box,)
    world.run_until_quiet()
    (letter,) = world.ports.store.dead_letters.listing()
    assert (letter.key, letter.code) == (box, "box_moved")


def test_only_the_full_sweep_can_see_what_is_gone(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.webhook(box)
    world.run_until_quiet()
    world.company.delete(box)
    assert sweep(world.ports).gone == ()


def test_a_box_that_cannot_be_read_hides_no_other(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    version = world.company.box(box)["lastUpdatedTimestamp"]
    settled_down(world)
    poisoned = [
        {"key": "poison", "lastUpdatedTimestamp": version, "stageKey": 7, "fields": "none"},
        {"key": box, "lastUpdatedTimestamp": version},
    ]
    world.company.streak("/faults", {"kind": "garbage", "body": poisoned, "path": "/pipelines/.*/boxes$"})
    assert set(sweep(world.ports).repaired) == {box, "poison"}
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 1


def test_a_backlog_goes_behind_what_comes_in_live(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streak_infor_orchestration.sync.watch.sweep._FEW", 2)
    for n in range(3):
        world.company.deal(f"Deal {n}")
    settled_down(world)
    sweep(world.ports)
    assert {row.lane for row in world.ports.store.inbox.counts()} == {"bulk"}


def told(world: World, key: str) -> list[tuple[str, str, str, int]]:
    """Source, name, lane and version of what the event log keeps, newest first."""
    events = world.ports.store.inbox.events("deal", key)
    return [(event.source, event.name, event.lane, event.version) for event in events]


def test_what_a_sweep_keeps_of_what_it_finds(world: World) -> None:
    lost = world.company.deal("Lost", stage="Proposal Accepted")
    version = world.company.box(lost)["lastUpdatedTimestamp"]
    settled_down(world)
    began = world.clock.now()
    assert sweep(world.ports) == Swept(1, (lost,))
    assert told(world, lost) == [("sweep", "MISSED", "live", version)]
    assert world.ports.store.watermarks.get(WATERMARK) == began
    world.run_until_quiet()
    world.company.delete(lost)
    assert sweep(world.ports, full=True) == Swept(0, (), gone=(lost,))
    assert told(world, lost)[0] == ("sweep", "GONE", "live", 0)


def test_a_sweep_goes_back_ten_minutes_before_the_last_one_and_a_full_one_to_the_beginning(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    listed = StreakClient.box_version_pages

    def listening(client: StreakClient, pipeline: str, *, since: Any = None) -> Any:
        asked.append(since)
        return listed(client, pipeline, since=since)

    monkeypatch.setattr(StreakClient, "box_version_pages", listening)
    first = world.clock.now()
    sweep(world.ports)
    world.clock.advance(3600)
    sweep(world.ports)
    sweep(world.ports, full=True)
    assert asked == [None, first - timedelta(minutes=10), None]


def test_a_young_change_is_no_repair_but_a_full_sweep_takes_it_too(world: World) -> None:
    deal = world.company.deal("Northwind")
    assert sweep(world.ports).repaired == ()
    assert sweep(world.ports, full=True).repaired == (deal,)
