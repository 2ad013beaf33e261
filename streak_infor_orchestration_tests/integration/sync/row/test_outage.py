"""An hour without one of the systems: everything waits, nothing is blamed, and it goes on by itself."""

from datetime import timedelta

import pytest

from streak_infor_orchestration_tests.world.world import World

OUTAGES = {
    "down": {"kind": "status", "status": 503},
    "cut": {"kind": "cut_before"},
    "an error": {"kind": "status", "status": 500},
    "too many calls": {"kind": "status", "status": 429},
    "a login page": {"kind": "garbage", "body": "<html>Sign in</html>", "content_type": "text/html"},
}


@pytest.mark.parametrize("fault", OUTAGES.values(), ids=OUTAGES.keys())
@pytest.mark.parametrize("system", ["streak", "infor"])
def test_an_hours_outage_leaves_no_dead_letter_and_burns_no_attempt(
    world: World, system: str, fault: dict[str, object]
) -> None:
    boxes = [world.company.deal(f"Deal {n}", stage="Closed-Won") for n in range(3)]
    twin = world.company.streak_twin if system == "streak" else world.company.infor_twin
    twin.post("/faults", json={**fault, "times": None, "path": "^/(api|infor)/"}).raise_for_status()
    for box in boxes:
        world.webhook(box)
    end = world.clock.now() + timedelta(hours=1)
    while world.clock.now() < end:
        world.run()
        assert world.ports.store.dead_letters.count_open() == 0
        assert {world.ports.store.inbox.pending("deal", box).attempts for box in boxes} == {0}
        world.clock.advance(300)
        world.lease_clock.advance(300)
    twin.delete("/faults")
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == len(boxes)
    assert len(world.company.found_in_erp("invoices")) == len(boxes)
    assert world.ports.store.dead_letters.count_open() == 0
    assert world.ports.store.pauses.all() == []


def test_while_a_system_is_paused_one_deal_at_a_time_asks_whether_it_is_back(world: World) -> None:
    for n in range(5):
        world.webhook(world.company.deal(f"Deal {n}", stage="Proposal Accepted"))
    world.company.infor_twin.post("/faults", json={"kind": "status", "status": 503, "times": None})
    world.run()
    assert world.ports.store.pauses.state("infor") is not None
    assert world.run().items == (), "paused: nothing is taken"
    world.clock.advance(16)
    assert len(world.run().items) == 1


def test_wrong_credentials_pause_the_system_instead_of_blaming_the_deals(world: World) -> None:
    box = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.infor_twin.post("/faults", json={"kind": "status", "status": 401, "times": None})
    world.webhook(box)
    world.run()
    paused = world.ports.store.pauses.state("infor")
    assert paused is not None and world.ports.store.dead_letters.count_open() == 0
    world.company.infor_twin.delete("/faults")
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 1
