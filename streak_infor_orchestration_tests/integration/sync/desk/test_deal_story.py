"""The story of a deal as the desk tells it, whole, before and after anything has happened."""

from streak_infor_orchestration.sync.desk.story import story
from streak_infor_orchestration_tests.world import World


def test_of_a_deal_that_nobody_mentioned(world: World) -> None:
    told = story(world.ports.store, "nobody")
    assert (told.box_key, told.order, told.invoices, told.pending, told.letter) == (
        "nobody",
        None,
        (),
        None,
        None,
    )
    assert (told.is_known, told.name) == (False, "")


def test_of_a_deal_that_is_done(world: World) -> None:
    deal = world.company.deal("Northwind", stage="Proposal Accepted")
    world.webhook(deal)
    store = world.ports.store
    waiting = story(store, deal)
    assert waiting.pending is not None and waiting.pending.due_at is not None
    assert (waiting.is_known, waiting.name, waiting.order) == (True, "", None)
    world.run()
    world.company.edit(deal, stage="Closed-Won")
    world.look(deal)
    told = story(store, deal)
    (order,), (invoice,) = world.company.found_in_erp("salesorders"), world.company.found_in_erp("invoices")
    assert (told.order, told.invoices) == (order["OrderID"], (invoice["InvoiceID"],))
    assert (told.name, told.pending, told.letter) == ("Northwind", None, None)
    assert [outcome.summary["invoices"] for outcome in told.outcomes] == [[invoice["InvoiceID"]], []]
    assert [event.name for event in told.events] == ["BOX_EDIT", "BOX_EDIT"]
    made = {effect.key.partition(":")[0] for effect in told.effects}
    assert made == {"customer", "deal", "order", "box", "comment"}


def test_of_a_deal_that_a_person_has_to_mend(world: World) -> None:
    deal = world.company.deal("Northwind", lines=[("NO-SUCH", "1", "5.00")], stage="Proposal Accepted")
    world.look(deal)
    told = story(world.ports.store, deal)
    assert told.letter is not None and told.letter.code == "unknown_product"
    assert (told.pending, told.order, told.name) == (None, None, "Northwind")
