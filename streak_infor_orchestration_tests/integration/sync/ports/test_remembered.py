"""What the ERP sells is asked for once and remembered: prices for five minutes, stock for half a minute."""

from collections.abc import Callable

import pytest

from streak_infor_orchestration_tests.world import World


def asked(world: World, what: str, act: Callable[[], object]) -> int:
    before = sum(what in call for call in world.company.calls())
    act()
    return sum(what in call for call in world.company.calls()) - before


@pytest.mark.parametrize(
    ("read", "what", "seconds"),
    [
        (lambda world: world.ports.catalogue.products(["BRK-1001"]), "/products", 300),
        (lambda world: world.ports.catalogue.stock(["BRK-1001"]), "/inventory", 30),
    ],
    ids=["products", "stock"],
)
def test_it_is_asked_for_again_when_its_time_is_over(
    world: World, read: Callable[[World], object], what: str, seconds: float
) -> None:
    counts = []
    for wait in (0.0, seconds - 0.5, 0.5, 1.0):
        world.clock.advance(wait)
        counts.append(asked(world, what, lambda: read(world)))
    assert counts == [1, 0, 1, 0]


def test_what_the_erp_does_not_have_is_asked_for_every_time(world: World) -> None:
    """Somebody may just be making it."""
    catalogue = world.ports.catalogue
    assert [asked(world, "/products", lambda: catalogue.products(["NEW-1"])) for _ in range(2)] == [1, 1]
    world.company.erp("/products", {"ProductID": "NEW-1", "UnitPrice": "9.00"})
    assert set(catalogue.products(["NEW-1", "BRK-1001"])) == {"NEW-1", "BRK-1001"}
