"""A customer that changed on both sides: the process dies after every commit and every call.

Before one the world is as it was after the one before: nothing is committed yet, and nothing sent.
"""

from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World

FEWEST_POINTS = 23
"""As many as there are to die at today; fewer would mean that some are no longer looked at."""


def changed(world: World, party: str, number: str, round_: int) -> tuple[str, str]:
    """A new phone in Streak and a new name in the ERP."""
    phone, name = f"+4930{100_000 + round_}", f"Northwind {round_} GmbH"
    world.clock.advance(5)
    world.company.edit_party(party, phoneNumbers=[phone])
    world.company.correct("customers", number, {"Name": name})
    return phone, name


def test_it_ends_the_same_on_both_sides_whenever_its_process_dies(world: World) -> None:
    key = world.company.organization("Northwind GmbH", phoneNumbers=["+4930100000"])
    world.look(world.company.deal("Northwind", organization=key, stage="Proposal Accepted"))
    party = f"organization:{key}"
    (customer,) = world.company.found_in_erp("customers")
    number = customer["CustomerID"]
    world.run_customers()

    changed(world, party, number, 0)
    world.run_customers(party)  # what is written for the first time is written in fewer steps

    rehearsal = Mortality()
    changed(world, party, number, 1)
    with mortal(rehearsal):
        world.run_customers(party)
    fatal_ones = [n for n, point in enumerate(rehearsal.points) if point.startswith("after")]
    print(f"{len(fatal_ones)} points to die at")
    assert len(fatal_ones) >= FEWEST_POINTS

    for fatal in fatal_ones:
        phone, name = changed(world, party, number, fatal + 2)
        try:
            with mortal(Mortality(fatal)):
                world.run_customers(party)
        except Killed as death:
            point = str(death)
        else:
            raise AssertionError(f"nobody died at {fatal}")
        world.restart()
        for _ in range(2):  # what is still in doubt is looked at again when its time has come
            world.clock.advance(400)
            world.run_customers(party)
        (customer,) = world.company.found_in_erp("customers")
        organization = world.company.party(party)
        ours, theirs = (
            (organization["name"], organization["phoneNumbers"]),
            (customer["Name"], [customer["Phone"]]),
        )
        assert ours == theirs == (name, [phone]), point
        assert world.ports.store.effects.unsettled() == [], point
        assert world.ports.store.dead_letters.count_open() == 0, point
