"""One deal, one order: whatever becomes of the call that makes it, on every ERP and both databases."""

from decimal import Decimal

import pytest

from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.status import show
from streak_infor_orchestration.defs.operations.checks import unsettled_result
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.sync.effects.sending import CALL_SECONDS
from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.effects.orders import EVERY_WRITE, code, effect, status, the_order
from streak_infor_orchestration_tests.effects.rigs import WRITES, Rig, nothing
from streak_infor_orchestration_tests.world import World


def test_a_clear_answer_confirms_and_links(world: World, rig: Rig, deal: str) -> None:
    work = world.look(deal)
    assert status(work) is Status.CONVERGED
    order = the_order(world, rig, deal)
    assert (work.order and work.order.id, rig.watched.creates) == (order.id, 1)


def test_looking_again_makes_nothing(world: World, rig: Rig, deal: str) -> None:
    world.look(deal)
    world.look(deal)
    the_order(world, rig, deal)
    assert rig.watched.creates == 1


def test_never_connected_is_not_done_and_tried_again(world: World, rig: Rig, deal: str) -> None:
    rig.lose(1, "refused")
    work = world.look(deal)
    assert status(work) is Status.WAITING
    assert (rig.booked(), effect(world, deal).state) == ([], "planned")
    world.run_until_quiet()
    the_order(world, rig, deal)


@pytest.mark.parametrize("fault", ["before", "after"])
@pytest.mark.parametrize(("product", "nth"), EVERY_WRITE)
def test_a_lost_answer_ends_in_one_order(world: World, rig: Rig, deal: str, nth: int, fault: str) -> None:
    rig.lose(nth, fault)
    work = world.look(deal)
    assert (status(work), effect(world, deal).state) == (Status.WAITING, "unknown")
    world.run_until_quiet()
    the_order(world, rig, deal)
    assert rig.begun() == 1, "resumed where it was left, not begun anew"


@pytest.mark.parametrize(("product", "nth"), EVERY_WRITE)
def test_a_deal_edited_while_its_order_was_in_doubt_has_one_order(
    world: World, rig: Rig, deal: str, nth: int
) -> None:
    rig.lose(nth, "before")
    world.company.edit(deal, {"Qty 1": "9"})
    world.look(deal)
    world.company.edit(deal, {"Qty 1": "2"})
    world.webhook(deal)
    world.run_until_quiet()
    if rig.resumes and nth > 1:  # what is half-made pins its request; then the edit is one of the order
        (order,) = rig.booked()
        assert order.lines[0] == ("BRK-1001", Decimal(9), Decimal("180.00"))
        assert (effect(world, deal).state, code(world, deal)) == ("confirmed", "edited_after_order")
    else:
        the_order(world, rig, deal)


def test_a_refusal_is_told_once_and_not_sent_again(world: World, rig: Rig, deal: str) -> None:
    rig.refuse()
    assert status(world.look(deal)) is Status.PERSON
    assert status(world.look(deal)) is Status.PERSON
    assert (rig.booked(), rig.watched.creates) == ([], 1)
    assert effect(world, deal).state == "failed"
    assert len(world.company.comments(deal)) == 1
    letter = world.ports.store.dead_letters.of("deal", deal)
    assert letter is not None and letter.occurrences == 2


def test_a_refused_deal_that_was_edited_is_sent_again(world: World, rig: Rig, deal: str) -> None:
    rig.refuse()
    world.company.edit(deal, {"Qty 1": "3"})
    world.look(deal)
    rig.relent()
    world.company.edit(deal, {"Qty 1": "2"})
    assert status(world.look(deal)) is Status.CONVERGED
    the_order(world, rig, deal)
    assert world.ports.store.dead_letters.count_open() == 0


def test_a_refused_deal_is_sent_again_when_a_person_asks(world: World, rig: Rig, deal: str) -> None:
    """What refused it was cured in the ERP: nothing on the deal changes."""
    rig.refuse()
    world.look(deal)
    rig.relent()
    world.ask(deal)
    (work,) = world.run().items
    assert status(work) is Status.CONVERGED
    the_order(world, rig, deal)
    assert rig.begun() == 1, "what was done of it before the refusal is not done again"


def test_a_write_the_client_refuses_to_send_is_not_in_doubt(world: World, rig: Rig, deal: str) -> None:
    """It is mended in the configuration, and the deal goes on when somebody asks, with no settle time between."""

    def misconfigured() -> None:
        raise Misconfigured("no such field", system="infor")

    rig.watched.before_create = misconfigured
    assert status(world.look(deal)) is Status.ADMINISTRATOR
    assert (rig.booked(), effect(world, deal).state) == ([], "planned")
    rig.watched.before_create = nothing
    world.ask(deal)
    assert [status(work) for work in world.run().items] == [Status.CONVERGED]
    the_order(world, rig, deal)


@pytest.mark.parametrize("product", ["facade"])
def test_of_a_write_in_doubt_it_is_known_when_it_is_looked_for_next(
    world: World, rig: Rig, product: str, deal: str
) -> None:
    rig.lose(WRITES[product], "before")
    world.look(deal)
    for _ in range(3):
        at = effect(world, deal).next_probe_at
        pending = world.ports.store.inbox.pending("deal", deal)
        assert pending is not None and at == pending.due_at
        world.wait_for_next()
        world.run()


@pytest.mark.parametrize("product", ["facade"])
def test_a_write_in_doubt_is_shown_with_its_age_and_when_it_is_looked_for_next(
    world: World, rig: Rig, product: str, deal: str
) -> None:
    """On the command line and as an asset; the gateway's metrics have a test of their own."""
    rig.lose(WRITES[product], "before")
    world.look(deal)
    world.clock.advance(1)
    screen = Screen()
    with screen.capture() as captured:
        show(world.ports.store, screen)
    shown, result = captured.get(), unsettled_result(world.ports.store)
    for text in (f"deal:{deal}:sales_order:1", "unknown", "1 s", "in 1 s"):
        assert text in shown
    (write,) = result.metadata["first"].value
    at = effect(world, deal).next_probe_at
    assert at is not None
    assert (write["state"], write["age"], write["next probe"]) == ("unknown", "1 s", at.isoformat())
    assert result.passed
    world.clock.advance(CALL_SECONDS + rig.settle_seconds + 301)
    assert not unsettled_result(world.ports.store).passed, "nobody has looked for it when it was time"
