"""Somebody is made on either side, changed and moved: the process dies after every commit and every call.

Before one the world is as it was after the one before: nothing is committed yet, and nothing sent.
"""

from collections.abc import Callable

import pytest

from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration_tests.chaos.mortality import Mortality, mortal
from streak_infor_orchestration_tests.erps.wire import Killed
from streak_infor_orchestration_tests.world import World

PEOPLE = {"lines:\n": "contacts: {create: both, gone: close}\nlines:\n"}
FEWEST_POINTS = {"made in the ERP": 27, "made in Streak": 28, "moved": 38}
"""As many as there are to die at today; fewer would mean that some are no longer looked at."""


class Office:
    """Two organizations with their customers, and somebody nobody else is like."""

    def __init__(self, world: World, round_: int) -> None:
        self.world, self.round = world, round_
        self.keys, self.numbers = [], []
        for name in (f"Northwind {round_}", f"Contoso {round_}"):
            key = world.company.organization(name)
            number = world.company.book("customers", {"Name": name, "Currency": "EUR"})["CustomerID"]
            world.ports.store.links.add(Link("customer", f"organization:{key}", number))
            self.keys.append(key)
            self.numbers.append(number)
        world.clock.advance(5)
        world.run_customers(*self.parties)

    @property
    def parties(self) -> list[str]:
        return [f"organization:{key}" for key in self.keys]

    def hire(self) -> str:
        address = f"jane@{self.round}.example"
        key = self.world.company.contact("Jane", f"Roe {self.round}", emailAddresses=[address])
        self.employ(0, key)
        return key

    def book(self) -> None:
        person = {"CustomerID": self.numbers[0], "GivenName": "John", "FamilyName": f"Doe {self.round}"}
        self.world.company.book("contacts", {**person, "Email": f"john@{self.round}.example"})

    def employ(self, where: int, *people: str) -> None:
        links = [{"key": key} for key in people]
        self.world.company.edit_party(self.parties[where], contactLinks=links)

    def at(self, where: int) -> tuple[int, int]:
        """How many work there, in Streak and in the ERP."""
        ours = self.world.company.party(self.parties[where])["contactLinks"]
        theirs = self.world.company.found_in_erp("contacts", CustomerID=self.numbers[where], Active=True)  # type: ignore[arg-type]
        return len(ours), len(theirs)


def made_in_erp(office: Office) -> None:
    office.hire()


def made_in_streak(office: Office) -> None:
    office.book()


def moved(office: Office) -> None:
    key = office.hire()
    office.world.run_customers(office.parties[0])
    office.employ(0)
    office.employ(1, key)


STORIES: dict[str, tuple[Callable[[Office], None], list[tuple[int, int]]]] = {
    "made in the ERP": (made_in_erp, [(1, 1), (0, 0)]),
    "made in Streak": (made_in_streak, [(1, 1), (0, 0)]),
    "moved": (moved, [(0, 0), (1, 1)]),
}


@pytest.mark.parametrize("story", STORIES)
def test_nobody_is_there_twice_whenever_the_process_dies(
    make_world: Callable[..., World], story: str
) -> None:
    world = make_world(settings=PEOPLE)
    happens, ends = STORIES[story]
    rehearsal = Mortality()
    office = Office(world, 0)
    happens(office)
    with mortal(rehearsal):
        world.run_customers(*office.parties)
    fatal_ones = [n for n, point in enumerate(rehearsal.points) if point.startswith("after")]
    print(f"{story}: {len(fatal_ones)} points to die at")
    assert len(fatal_ones) >= FEWEST_POINTS[story]
    for fatal in fatal_ones:
        office = Office(world, fatal + 1)
        happens(office)
        point = "alive"
        try:
            with mortal(Mortality(fatal)):
                world.run_customers(*office.parties)
        except Killed as death:
            point = str(death)
        world.restart()
        for _ in range(3):  # what is still in doubt is looked at again when its time has come
            world.clock.advance(400)
            world.run_customers(*office.parties)
        assert [office.at(0), office.at(1)] == ends, point
        assert world.ports.store.effects.unsettled() == [], point
        assert world.ports.store.dead_letters.count_open() == 0, point
