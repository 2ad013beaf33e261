"""What the tests of orders share: the deal's content, and what must have come of it."""

from decimal import Decimal

from streak_infor_orchestration.ledger.effects import Effect
from streak_infor_orchestration.ledger.links import Link
from streak_infor_orchestration.sync.row.work import Status, Work
from streak_infor_orchestration_tests.effects.rigs import WRITES, Booked, Rig
from streak_infor_orchestration_tests.world import World

LINES = [("BRK-1001", "2", "180.00"), ("BRK-1001", "3", "4.45")]
ORDERED = (("BRK-1001", Decimal("2"), Decimal("180.00")), ("BRK-1001", Decimal("3"), Decimal("4.45")))
TOTAL = Decimal("373.35")
EVERY_WRITE = [(product, nth) for product, writes in WRITES.items() for nth in range(1, writes + 1)]


def the_order(world: World, rig: Rig, deal: str) -> Booked:
    """The one there is, right to the cent, linked to the deal and to no other; nothing is in doubt."""
    (order,) = rig.booked()
    assert (order.lines, order.total) == (ORDERED, TOTAL)
    links = world.ports.store.links
    assert links.all("order") == [Link("order", deal, order.id)]
    assert effect(world, deal).state == "confirmed"
    assert world.ports.store.effects.unsettled() == []
    return order


def effect(world: World, deal: str) -> Effect:
    found = world.ports.store.effects.get(f"deal:{deal}:sales_order:1")
    assert found is not None
    return found


def status(work: Work) -> Status:
    return work.verdict.status if work.verdict else Status.CONVERGED


def code(world: World, deal: str) -> str:
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None
    return letter.code


def cancel(rig: Rig, order_id: str) -> None:
    order = rig.erp.order(order_id)
    assert order is not None
    rig.erp.cancel_order(order)
