"""What an event is worth: the version it names must be readable, and our own is no news."""

from streak_infor_orchestration.sync.row.work import Status
from streak_infor_orchestration_tests.world import World


def test_an_older_read_than_the_event_told_of_is_made_again_soon(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    version = world.company.box(deal)["lastUpdatedTimestamp"]
    world.webhook(deal, version=version + 1)
    (work,) = world.run().items
    assert work.verdict is not None and work.verdict.status is Status.WAITING
    assert work.verdict.due_at is not None
    assert (work.verdict.due_at - world.clock.now()).total_seconds() == 2
    assert world.company.found_in_erp("salesorders") == []

    world.company.edit(deal, {"Qty 1": "7"})
    world.run_until_quiet()
    (order,) = world.company.found_in_erp("salesorders")
    assert order["LineItems"][0]["Quantity"] == "7"


def test_a_version_that_never_becomes_readable_holds_nobody_up_for_ever(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.webhook(deal, version=world.company.box(deal)["lastUpdatedTimestamp"] + 10**9)
    began = world.clock.now()
    world.run_until_quiet()
    assert len(world.company.found_in_erp("salesorders")) == 1
    assert (world.clock.now() - began).total_seconds() <= 70


def test_our_own_write_is_no_news_and_a_persons_edit_is(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.look(deal)
    world.webhook(deal, version=world.company.box(deal)["lastUpdatedTimestamp"])
    assert world.run_until_quiet() == []
    world.company.edit(deal, {"Qty 1": "7"})
    world.webhook(deal, version=world.company.box(deal)["lastUpdatedTimestamp"])
    assert len(world.run_until_quiet()) == 1


def test_an_edit_between_our_read_and_our_write_is_not_taken_for_our_own(world: World) -> None:
    """Its version is lower than the one our write returned."""
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.company.edit(deal, notes="called them")
    edited = world.company.box(deal)["lastUpdatedTimestamp"]
    world.look(deal)
    world.webhook(deal, version=edited)
    assert len(world.run_until_quiet()) == 1


def test_a_minute_is_waited_for_it_and_no_longer(world: World) -> None:
    deals = [world.company.deal(name, stage="Proposal Accepted") for name in ("Northwind", "Tailspin")]
    version = world.company.box(deals[1])["lastUpdatedTimestamp"] + 10**9
    for deal in deals:
        world.webhook(deal, version=version)
    world.clock.advance(60)
    (work,) = world.run(only=(deals[0],)).items
    assert work.verdict is not None and work.verdict.status is Status.WAITING
    world.clock.advance(0.5)
    (work,) = world.run(only=(deals[1],)).items
    assert work.verdict is None and work.order is not None
